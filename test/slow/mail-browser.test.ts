import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'puppeteer-core';
import { launchBrowser } from '../support/launch-browser.js';
import { mailFleet } from '../support/mail-fleet.js';
import { groundColours, inspectMail, openMail } from '../support/open-mail.js';
import { incompleteParts, sampleReport } from '../support/sample-report.js';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

describe('the mail in a browser', () => {
  it.each([320, 390, 700])('never scrolls sideways at %i pixels, whatever the names', async (width) => {
    for (const report of [mailFleet('de'), sampleReport(incompleteParts())]) {
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
    const page = await openMail(browser, { width, scheme });
    expect(await inspectMail(page)).toEqual({ violations: [], ground: groundColours[scheme] });
  });
});
