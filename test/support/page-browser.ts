import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import type { Theme } from '../../src/renderers/theme.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { backupPage } from './backup-renderers.js';
import { launchBrowser } from './launch-browser.js';

export interface Visit {
  readonly page: Page;
  /** What the console and the page complained of. */
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

export interface VisitOptions {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly script?: boolean;
  /** What follows the address: `#r-1f3a9c0b2d4e`. */
  readonly fragment?: string;
}

/** Jobs as they stand in jobs.ndjson.gz, as far as the page reads them. */
export const someJobs = async function* (): AsyncIterable<string> {
  const types = ['database', 'database', 'volume', 'autonomous-database', '<b>odd</b>'];
  const names = ['orders', 'orders', 'payroll', 'archive', '\\"odd'];
  for (const [index, resourceType] of types.entries()) {
    const startTime = `2026-11-19T0${5 + index}:10:00.000Z`;
    const resourceId = `ocid1.database.oc1.iad.${names[index]}`;
    yield `${JSON.stringify({ family: 'database', resourceId, resourceType, startTime, endTime: null })}\n`;
  }
};

/** Pages of reports on disk, and a real browser that opens them as a person does: by a file: address. */
export async function openPages() {
  const directory = await mkdtemp(join(tmpdir(), 'pages-'));
  const browser = await launchBrowser();
  return {
    directory,
    /** Renders a report and gives the address of its page. */
    write: async (name: string, report: DailyReport, theme: Theme): Promise<string> => {
      const path = join(directory, name);
      await backupPage(theme).render({ report, lines: someJobs }, path);
      return pathToFileURL(path).href;
    },
    visit: async (address: string, options: VisitOptions = {}): Promise<Visit> =>
      visit(browser, address, options),
    close: async (): Promise<void> => {
      await browser.close();
      await rm(directory, { recursive: true });
    },
  };
}

async function visit(browser: Browser, address: string, options: VisitOptions): Promise<Visit> {
  const { width = 1280, scheme = 'light', script = true, fragment = '' } = options;
  const page = await browser.newPage();
  page.setDefaultTimeout(300_000);
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => requests.push(request.url()));
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height: 844 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(`${address}${fragment}`, { waitUntil: 'load' });
  return { page, complaints, requests };
}

/** Keeps a picture of a page where SCREENSHOTS names a folder; it is not committed. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined || folder === '') return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.png`), await page.screenshot({ fullPage: true }));
}
