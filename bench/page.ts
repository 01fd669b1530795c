/* npm run bench:page [-- --resources 20000]: report.html of a large estate in a browser, beside the page of 200. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import type { DailyReport } from '../src/reports/backup-compliance/model/daily-report.js';
import { backupPage } from '../test/support/backup-renderers.js';
import { noJobs } from '../test/support/job-lines.js';
import { launchBrowser } from '../test/support/launch-browser.js';
import { failedResource, reportOf, sampleResource } from '../test/support/sample-report.js';
import { englishTheme } from '../test/support/theme.js';
import { median } from './measure.js';

/* Times vary with the machine and with what else runs on it: the ratios to the small page are what counts. */

const small = 200;
const turns = 5;
const widths = [375, 1280] as const;
const frames = 120;

interface PageFigures {
  readonly resources: number;
  readonly renderMs: number;
  readonly heapMegabytes: number;
  readonly bytes: number;
  readonly views: readonly ViewFigures[];
}

interface ViewFigures {
  readonly width: number;
  readonly nodes: number;
  readonly loadMs: number;
  readonly medianFrameMs: number;
  readonly longFrames: number;
}

const large = Number(process.argv[process.argv.indexOf('--resources') + 1] ?? Number.NaN) || 20_000;
const directory = await mkdtemp(join(tmpdir(), 'bench-page-'));
const browser = await launchBrowser();
try {
  const figures = [await figuresOf(small), await figuresOf(large)];
  process.stdout.write(resultText(figures));
} finally {
  await browser.close();
  await rm(directory, { recursive: true });
}

/** One in ten failed, as on a bad day; each has a name, an identifier and an owner of its own length. */
function estate(count: number): DailyReport {
  return reportOf(
    Array.from({ length: count }, (_, index) => {
      const resourceName = `DATABASE-${index}`;
      const resourceId = `ocid1.database.oc1.phx.${String(index).padStart(60, 'anyhqljt')}`;
      const owner = `team-${index % 41}@example.com`;
      const make = index % 10 === 0 ? failedResource : sampleResource;
      return make({ resourceName, resourceId, owner });
    }),
  );
}

async function figuresOf(resources: number): Promise<PageFigures> {
  const path = join(directory, `${resources}.html`);
  const report = estate(resources);
  const before = process.memoryUsage().heapUsed;
  const from = performance.now();
  await backupPage(englishTheme).render({ report, lines: noJobs }, path);
  const renderMs = performance.now() - from;
  const heapMegabytes = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  const { size } = await stat(path);
  const views: ViewFigures[] = [];
  for (const width of widths) views.push(await viewOf(pathToFileURL(path).href, width));
  return { resources, renderMs, heapMegabytes, bytes: size, views };
}

async function viewOf(address: string, width: number): Promise<ViewFigures> {
  const loads: number[] = [];
  let last = { nodes: 0, medianFrameMs: 0, longFrames: 0 };
  for (let turn = 0; turn < turns; turn += 1) {
    const page = await visit(browser, width);
    loads.push(await loadMs(page, address));
    if (turn === turns - 1) last = { nodes: await nodesOf(page), ...(await scrolled(page)) };
    await page.close();
  }
  return { width, loadMs: median(loads), ...last };
}

async function visit(from: Browser, width: number): Promise<Page> {
  const page = await from.newPage();
  page.setDefaultTimeout(600_000);
  await page.setViewport({ width, height: 844 });
  return page;
}

/** From the start of the navigation until the frame after the load event has been laid out and painted. */
async function loadMs(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'load' });
  return Number(
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))',
    ),
  );
}

async function nodesOf(page: Page): Promise<number> {
  return Number(await page.evaluate("document.querySelectorAll('*').length"));
}

/** Scrolls through the list, a third of a screen in each frame, and tells how long the frames take. */
async function scrolled(page: Page): Promise<Pick<ViewFigures, 'medianFrameMs' | 'longFrames'>> {
  const times = (await page.evaluate(`new Promise((done) => {
    const list = document.getElementById('all').closest('.scroll');
    list.scrollIntoView();
    const isInner = list.scrollHeight > list.clientHeight + 50;
    const times = [];
    let last = performance.now();
    const step = (now) => {
      times.push(now - last);
      last = now;
      if (times.length > ${frames}) return done(times.slice(1));
      (isInner ? list : window).scrollBy(0, 280);
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })`)) as number[];
  return { medianFrameMs: median(times), longFrames: times.filter((each) => each > 50).length };
}

function resultText(figures: readonly PageFigures[]): string {
  const rows = figures.flatMap(({ resources, renderMs, heapMegabytes, bytes, views }) =>
    views.map(({ width, nodes, loadMs: load, medianFrameMs, longFrames }) =>
      [
        resources,
        width,
        (bytes / 1e6).toFixed(2),
        renderMs.toFixed(0),
        heapMegabytes.toFixed(0),
        nodes,
        load.toFixed(0),
        (load / loadOf(figures[0], width)).toFixed(1),
        medianFrameMs.toFixed(1),
        longFrames,
      ].join(' | '),
    ),
  );
  return [
    `Medians of ${turns} loads; ${frames} frames of scrolling.`,
    '',
    '| resources | width | MB | render ms | heap MB | elements | load ms | / small page | frame ms | frames over 50 ms |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}

function loadOf(figures: PageFigures | undefined, width: number): number {
  return figures?.views.find((view) => view.width === width)?.loadMs ?? Number.NaN;
}
