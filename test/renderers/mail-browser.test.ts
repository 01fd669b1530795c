import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'puppeteer-core';
import type { MailContent } from '../../src/ports.js';
import { backupMail } from '../support/backup-renderers.js';
import { launchBrowser } from '../support/launch-browser.js';
import { mailFleet } from '../support/mail-fleet.js';
import { incompleteParts, sampleReport } from '../support/sample-report.js';
import { makeTheme } from '../support/theme.js';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

/** The HTML part as a client shows it, with the pictures in their places. */
function shown({ html, inline }: MailContent): string {
  let page = html;
  for (const { cid, contentType, bytes } of inline) {
    page = page.replaceAll(
      `cid:${cid}`,
      `data:${contentType};base64,${Buffer.from(bytes).toString('base64')}`,
    );
  }
  return page;
}

async function open(width: number, scheme: 'light' | 'dark', report = mailFleet('en')): Promise<Page> {
  const theme = await makeTheme(report.language);
  const location = 'https://archive.example.com/report.html';
  const mail = await backupMail(theme).renderMail({ report, revision: 1, location, attached: true });
  const page = await browser.newPage();
  page.setDefaultTimeout(300_000);
  await page.setViewport({ width, height: 844 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setContent(shown(mail), { waitUntil: 'load' });
  return page;
}

describe('the mail in a browser', () => {
  it.each([320, 390, 700])('never scrolls sideways at %i pixels, whatever the names', async (width) => {
    for (const report of [mailFleet('de'), sampleReport(incompleteParts())]) {
      const page = await open(width, 'light', report);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
  });

  it('shows the status picture whole', async () => {
    const page = await open(390, 'light');
    const size = await page.evaluate(
      '(({ naturalWidth, width, height }) => [naturalWidth, width, height])(document.images[0])',
    );
    expect(size).toEqual([240, 120, 120]);
  });

  it('says on the first screen of a phone that it is incomplete, the verdict and the counts', async () => {
    const page = await open(390, 'light');
    const bottom = await page.evaluate("document.querySelector('.tile').getBoundingClientRect().bottom");
    expect(bottom).toBeLessThan(664);
  });

  it('shows nothing of the preheader', async () => {
    const page = await open(390, 'light');
    expect(await page.evaluate("document.querySelector('.preheader').getBoundingClientRect().height")).toBe(
      0,
    );
  });

  it.each([
    [390, 'light'],
    [390, 'dark'],
    [700, 'light'],
    [700, 'dark'],
  ] as const)('can be read by everybody: %i pixels, %s', async (width, scheme) => {
    const page = await open(width, scheme);
    await page.evaluate(
      await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
    );
    const violations = (await page.evaluate(
      // Landmarks are for pages; mail clients put a mail into a page of their own.
      "axe.run({ rules: { region: { enabled: false }, 'landmark-one-main': { enabled: false } } })" +
        '.then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))',
    )) as readonly unknown[];
    expect(violations).toEqual([]);
    const ground = await page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor");
    expect(ground).toBe(scheme === 'dark' ? 'rgb(27, 34, 44)' : 'rgb(255, 255, 255)');
  });
});
