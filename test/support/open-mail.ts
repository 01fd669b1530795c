import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'puppeteer-core';
import type { MailContent } from '../../src/ports/mail-renderer.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { Theme } from '../../src/renderers/theme.js';
import { backupMail } from './backup-renderers.js';
import { type MailOfDay, mailOfDay } from './mail-days.js';
import { mailFleet } from './mail-fleet.js';
import { makeTheme } from './theme.js';

export interface MailWindow {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** The mail of a report in a window as wide as a client's. */
export async function openMail(
  browser: Browser,
  { width, scheme }: MailWindow,
  report: DailyReport = mailFleet('en'),
): Promise<Page> {
  return openMailOf(browser, { width, scheme }, await makeTheme(report.language), { report });
}

/** The same in a theme, and with what the delivery adds. */
export async function openMailOf(
  browser: Browser,
  { width, scheme }: MailWindow,
  theme: Theme,
  { report, ...over }: Pick<MailOfDay, 'report'> & Partial<MailOfDay>,
): Promise<Page> {
  const mail = await backupMail(theme).renderMail(mailOfDay(report, over));
  const page = await browser.newPage();
  page.setDefaultTimeout(300_000);
  await page.setViewport({ width, height: 844 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setContent(shown(mail), { waitUntil: 'load' });
  return page;
}

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

/** What axe finds in it, and the colour of the ground that its text is on. */
export async function inspectMail(
  page: Page,
): Promise<{ readonly violations: unknown; readonly ground: unknown }> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return {
    violations: await page.evaluate(
      // Landmarks are for pages; mail clients put a mail into a page of their own.
      "axe.run({ rules: { region: { enabled: false }, 'landmark-one-main': { enabled: false } } })" +
        '.then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))',
    ),
    ground: await page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor"),
  };
}

/** Of the card. */
export const groundColours = { dark: 'rgb(27, 34, 44)', light: 'rgb(255, 255, 255)' } as const;
