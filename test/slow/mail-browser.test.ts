import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { noBranding, openTheme } from '../../src/renderers/theme.js';
import type { Branding } from '../../src/renderers/view/branding.js';
import { launchBrowser } from '../support/launch-browser.js';
import { mailDays, sampleSuperseding } from '../support/mail-days.js';
import { mailFleet } from '../support/mail-fleet.js';
import { groundColours, inspectMail, openMail, openMailOf } from '../support/open-mail.js';
import { pngOfSize } from '../support/png.js';
import { incompleteParts, sampleReport } from '../support/sample-report.js';
import { makeTheme } from '../support/theme.js';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

const phone = { width: 375, scheme: 'light' } as const;
const logo = { mediaType: 'image/png', base64: pngOfSize(800, 192).toString('base64') };
const company: Branding = { ...noBranding, company: 'Example Corporation', logo, accent: '#c74634' };
const second = { revision: 2, supersedes: sampleSuperseding };
const completeFleet = {
  ...mailFleet('en'),
  previousReport: sampleReport().previousReport,
  status: 'COMPLETE',
  statusReasons: [],
} as const;

describe('the first exception on a phone', () => {
  it.each(
    Object.entries(mailDays).filter(
      ([, { totals }]) => totals.nonCompliant + totals.unknown > totals.waivedBad,
    ),
  )('stands within 420 pixels: %s', async (_day, report) => {
    const page = await openMail(browser, phone, report);
    expect(await page.evaluate(topOfFirst)).toBeLessThan(420);
  });

  it.each([
    ['a second revision', noBranding, second],
    ['a company and its logo', company, {}],
  ])('stands within 420 pixels: %s', async (_what, branding, over) => {
    const theme = openTheme({ ...(await makeTheme('en')).data, branding });
    const page = await openMailOf(browser, phone, theme, { report: completeFleet, ...over });
    expect(await page.evaluate(topOfFirst)).toBeLessThan(420);
  });
});

const topOfFirst = "document.querySelector('.exception').getBoundingClientRect().top";

describe('the mail in a browser', () => {
  it.each([320, 390, 700])('never scrolls sideways at %i pixels, whatever the names', async (width) => {
    const days = [mailFleet('de'), sampleReport(incompleteParts()), mailDays['one cause']];
    for (const report of days) {
      const page = await openMail(browser, { width, scheme: 'light' }, report);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
  });

  it.each([
    [390, 'light'],
    [390, 'dark'],
    [700, 'light'],
    [700, 'dark'],
  ] as const)('can be read by everybody: %i pixels, %s', async (width, scheme) => {
    for (const report of [mailFleet('en'), mailDays['one cause'], mailDays['all well'], mailDays['slice']]) {
      const page = await openMail(browser, { width, scheme }, report);
      expect(await inspectMail(page)).toEqual({ violations: [], ground: groundColours[scheme] });
    }
  });

  it('has no picture that a reader waits for', async () => {
    const page = await openMail(browser, { ...phone, width: 390 });
    expect(await page.evaluate('document.images.length')).toBe(0);
  });

  it('shows nothing of the preheader', async () => {
    const page = await openMail(browser, { ...phone, width: 390 });
    expect(await page.evaluate("document.querySelector('.preheader').getBoundingClientRect().height")).toBe(
      0,
    );
  });

  it('can be read by everybody, of a small day, too: 390 pixels, dark', async () => {
    const page = await openMail(browser, { width: 390, scheme: 'dark' });
    expect(await inspectMail(page)).toEqual({ violations: [], ground: groundColours.dark });
  });
});
