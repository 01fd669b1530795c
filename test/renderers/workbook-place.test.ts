import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WorkbookThreads } from '../../src/renderers/xlsx/workbook-threads.js';
import { backupWorkbook } from '../support/backup-renderers.js';
import { noJobs } from '../support/job-lines.js';
import { reportOf } from '../support/sample-report.js';
import { englishTheme } from '../support/theme.js';
import { workbookHere } from '../support/workbook-here.js';

const minute = 60_000;
let directory: string;
let started: Worker[];

const note = (worker: Worker): void => void started.push(worker);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workbook-place-'));
});

beforeEach(() => {
  started = [];
  process.on('worker', note);
});

afterEach(() => void process.off('worker', note));

afterAll(() => rm(directory, { recursive: true }));

describe('a thread for a workbook', () => {
  it('is worth it from the third on, where two are made without', () => {
    const threads = new WorkbookThreads(minute, 2);
    expect([1, 2, 3, 4].map(() => threads.isWorthOne(false))).toEqual([false, false, true, true]);
  });

  it('is worth it for a large day', () => {
    expect(new WorkbookThreads(minute, 2).isWorthOne(true)).toBe(true);
  });

  it('is not worth it for the next day of a schedule', async () => {
    const threads = new WorkbookThreads(0, 1);
    expect(threads.isWorthOne(false)).toBe(false);
    await setTimeout(2);
    expect(threads.isWorthOne(false)).toBe(false);
  });
});

it('a small workbook starts no thread, and is the same', async () => {
  const report = reportOf([]);
  const [here, place] = [join(directory, 'here.xlsx'), join(directory, 'place.xlsx')];
  await workbookHere(englishTheme.data).render({ report, lines: noJobs }, here);
  const renderer = backupWorkbook(englishTheme.data, undefined, new WorkbookThreads(minute, 1));
  await renderer.render({ report, lines: noJobs }, place);
  expect((await readFile(place)).equals(await readFile(here))).toBe(true);
  expect(started).toEqual([]);
});
