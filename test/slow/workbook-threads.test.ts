import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TemplateFailure } from '../../src/model/template-fault.js';
import { noBranding } from '../../src/renderers/theme.js';
import { backupReportViews } from '../../src/reports/backup-compliance/views/report-views.js';
import { WorkbookThreads } from '../../src/renderers/xlsx/workbook-threads.js';
import { backupWorkbook } from '../support/backup-renderers.js';
import { noJobs } from '../support/job-lines.js';
import { reportOf } from '../support/sample-report.js';
import { englishTheme } from '../support/theme.js';
import { workbookHere } from '../support/workbook-here.js';

const report = reportOf([]);
let directory: string;
/** Every thread that was started, in order. */
let started: Worker[];

const note = (worker: Worker): void => void started.push(worker);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workbook-threads-'));
});

beforeEach(() => {
  started = [];
  process.on('worker', note);
});

afterEach(async () => {
  process.off('worker', note);
  await Promise.all(started.map((worker) => worker.terminate()));
});

afterAll(() => rm(directory, { recursive: true }));

/** Lines of jobs during which the thread that wants them dies. */
async function* dying(): AsyncGenerator<string> {
  await started[0]?.terminate();
  yield '';
}

function openRenderer(
  threads = new WorkbookThreads(),
  theme = englishTheme.data,
): (name: string, lines?: typeof noJobs) => Promise<Buffer> {
  const renderer = backupWorkbook(theme, undefined, threads);
  return async (name, lines = noJobs) => {
    const path = join(directory, name);
    await renderer.render({ report, lines }, path);
    return readFile(path);
  };
}

async function exitOf(worker: Worker | undefined): Promise<void> {
  if (worker !== undefined && worker.threadId !== -1) await once(worker, 'exit');
}

/** What keeps the process alive and has to do with threads. */
function threadsAlive(): number {
  return process.getActiveResourcesInfo().filter((name) => /worker|port/i.test(name)).length;
}

/** At this very moment: a turn later it might be closed. */
function openFiles(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      // The one of this listing.
      return [];
    }
  });
}

describe('the thread of a renderer', () => {
  it('makes one workbook after the other, and one that fails harms none', async () => {
    const render = openRenderer();
    const first = await render('a.xlsx');
    expect((await render('b.xlsx')).equals(first)).toBe(true);
    expect(started).toHaveLength(1);
    await expect(render('nowhere/c.xlsx')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(started.map(({ threadId }) => threadId)).toEqual([-1]);
    expect((await render('d.xlsx')).equals(first)).toBe(true);
    expect(started).toHaveLength(2);
  });

  it('has another for two at once; the one that stays keeps no process alive, and ends', async () => {
    const before = threadsAlive();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const render = openRenderer();
      const [one, two] = await Promise.all([render('a.xlsx'), render('b.xlsx')]);
      expect(two.equals(one)).toBe(true);
      expect(started).toHaveLength(2);
      const [waiting, ...others] = started.filter(({ threadId }) => threadId !== -1);
      expect(others).toEqual([]);
      // The ports of the workbooks close in a later turn.
      while (threadsAlive() > before) await setImmediate();
      vi.advanceTimersByTime(59_999);
      expect(waiting?.threadId).not.toBe(-1);
      const exit = exitOf(waiting);
      vi.advanceTimersByTime(1);
      await exit;
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a thread that was prepared', () => {
  const lists = backupReportViews.workbookLists;

  it('makes the next workbook, the same as any, and keeps no process alive until then', async () => {
    const plain = await openRenderer()('plain.xlsx');
    await Promise.all(started.splice(0).map((worker) => worker.terminate()));
    const before = threadsAlive();
    const threads = new WorkbookThreads();
    threads.prepare(lists);
    threads.prepare(lists);
    // Node tells of a thread in the next turn.
    await setImmediate();
    expect(started).toHaveLength(1);
    expect(threadsAlive()).toBe(before);
    expect((await openRenderer(threads)('prepared.xlsx')).equals(plain)).toBe(true);
    expect(started).toHaveLength(1);
    threads.prepare(lists);
    await setImmediate();
    expect(started).toHaveLength(1);
  });

  it('is prepared by its renderer', async () => {
    const threads = new WorkbookThreads();
    const renderer = backupWorkbook(englishTheme.data, undefined, threads);
    renderer.prepare?.();
    await setImmediate();
    expect(started).toHaveLength(1);
    await openRenderer(threads)('by-renderer.xlsx');
    expect(started).toHaveLength(1);
  });

  it('makes a workbook even where what was to be loaded is not there', async () => {
    const threads = new WorkbookThreads();
    threads.prepare('file:///nowhere/lists.js');
    await expect(openRenderer(threads)('after.xlsx')).resolves.toBeInstanceOf(Buffer);
    expect(started).toHaveLength(1);
  });
});

describe('a thread of several renderers', () => {
  it('is the same for all of a process', async () => {
    const own = { ...englishTheme.data, branding: { ...noBranding, company: 'Ours' } };
    for (const theme of [englishTheme.data, own]) {
      await backupWorkbook(theme).render({ report, lines: noJobs }, join(directory, 'shared.xlsx'));
    }
    // An earlier suite may have left one.
    expect(started.length).toBeLessThan(2);
  });

  it('is used again after a fault of a template', async () => {
    const threads = new WorkbookThreads();
    const first = await openRenderer(threads)('a.xlsx');
    const folder = await mkdtemp(join(directory, 'own-'));
    await writeFile(join(folder, 'report.xlsx'), 'no workbook');
    const faulty = { ...englishTheme.data, folders: [...englishTheme.data.folders, folder] };
    await expect(openRenderer(threads, faulty)('b.xlsx')).rejects.toBeInstanceOf(TemplateFailure);
    expect((await openRenderer(threads)('c.xlsx')).equals(first)).toBe(true);
    expect(started).toHaveLength(1);
  });

  it('fails its workbook with words where it dies, and no other', async () => {
    const threads = new WorkbookThreads();
    const render = openRenderer(threads);
    await expect(render('a.xlsx', dying)).rejects.toMatchObject({
      name: 'Failure',
      kind: 'storage',
      message: 'report.xlsx: the thread that makes it ended before it was done (exit code 1)',
      hints: [expect.stringContaining('memory')],
    });
    const path = join(directory, 'c.xlsx');
    await workbookHere(englishTheme.data).render({ report, lines: noJobs }, path);
    expect((await render('b.xlsx')).equals(await readFile(path))).toBe(true);
  });
});

describe('a thread that waits', () => {
  it('is not missed where it is gone', async () => {
    const threads = new WorkbookThreads();
    const worker = threads.take();
    await threads.giveBack(worker, 0);
    await worker.terminate();
    const next = threads.take();
    await next.terminate();
    expect(next).not.toBe(worker);
  });

  it('does not hold the heap of a large fleet', async () => {
    const threads = new WorkbookThreads();
    const worker = threads.take();
    await threads.giveBack(worker, 500 * 1024 * 1024);
    expect(worker.threadId).toBe(-1);
  });
});

describe('a finished workbook', () => {
  it.runIf(process.platform === 'linux')('is closed: a thread that ends would leave it open', async () => {
    for (const name of ['a.xlsx', 'b.xlsx', 'c.xlsx']) {
      const path = join(directory, name);
      await workbookHere(englishTheme.data).render({ report, lines: noJobs }, path);
      expect(openFiles()).not.toContain(path);
    }
  });
});

it('a thread that has waited long enough and is about to end is not taken again', async () => {
  const threads = new WorkbookThreads(0);
  const first = threads.take();
  await threads.giveBack(first, 0);
  // Its timer was set first, so it has fired by then; the thread itself takes longer to end.
  await new Promise((resolve) => setTimeout(resolve, 2));
  const second = threads.take();
  expect(second).not.toBe(first);
  await Promise.all([first.terminate(), second.terminate()]);
});
