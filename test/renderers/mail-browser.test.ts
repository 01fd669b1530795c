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

const phone = { width: 390, scheme: 'light' } as const;

/* slow/mail-browser has the other widths and schemes. */

describe('the mail in a browser', () => {
  it('never scrolls sideways at 320 pixels, whatever the names', async () => {
    for (const report of [mailFleet('de'), sampleReport(incompleteParts())]) {
      const page = await openMail(browser, { width: 320, scheme: 'light' }, report);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    }
  });

  it('has no picture that a reader waits for', async () => {
    const page = await openMail(browser, phone);
    expect(await page.evaluate('document.images.length')).toBe(0);
  });

  it('shows nothing of the preheader', async () => {
    const page = await openMail(browser, phone);
    expect(await page.evaluate("document.querySelector('.preheader').getBoundingClientRect().height")).toBe(
      0,
    );
  });

  it('can be read by everybody: 390 pixels, dark', async () => {
    const page = await openMail(browser, { width: 390, scheme: 'dark' });
    expect(await inspectMail(page)).toEqual({ violations: [], ground: groundColours.dark });
  });
});
