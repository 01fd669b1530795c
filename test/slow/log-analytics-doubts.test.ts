import { afterEach, describe, expect, it } from 'vitest';
import { hourMs, minuteMs, secondMs } from '../../src/base/time-units.js';
import type { LogAnalyticsProfile } from '../../src/oci/service-profile.js';
import { ExportPacer } from '../../src/sources/log-analytics/export-pacer.js';
import { logSource } from '../support/oci-project.js';
import {
  logSource as logSourceColumn,
  originalContent,
  parsedColumns,
  timeColumn,
} from '../support/oci/backup-event-columns.js';
import { serviceProfiles } from '../support/oci/service-profiles.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { databaseEvent } from '../support/raw-event.js';
import { sleeplessClock } from '../support/sleepless-clock.js';
import { addLogEvents, idsUpTo, readLogAnalytics, readWindow } from '../support/read-log-analytics.js';
import { sliceOf } from '../support/share-of.js';

const standIns: StandIn[] = [];

afterEach(async () => {
  for (const each of standIns.splice(0)) await each.close();
});

async function start(profile: LogAnalyticsProfile = {}): Promise<StandIn> {
  const standIn = await startStandIn({ profile: { logAnalytics: profile } });
  standIns.push(standIn);
  return standIn;
}

function isSelect({ body }: { readonly body: Buffer }): boolean {
  return body.includes('| fields');
}

/** Of synchronous queries and exports. */
function selectsOf(standIn: StandIn): number {
  return standIn.requests.filter(({ json }) => String(json?.['queryString']).includes('| fields')).length;
}

/** Of all time filters, as they were sent. */
function edgesOf({ requests }: StandIn): string[] {
  return requests
    .flatMap(({ json }) => Object.values((json?.['timeFilter'] ?? {}) as object).map(String))
    .filter((text) => text !== 'UTC');
}

describe('edges of slices', () => {
  it.each(sliceOf(serviceProfiles))('lose no record and give none twice: %s', async (_name, profile) => {
    const standIn = await startStandIn({ profile });
    standIns.push(standIn);
    // Four a second for 12 minutes: every edge of every slice has records on it and just beside it.
    addLogEvents(standIn, 3_000, (index) => readWindow.fromMs + 10 * hourMs + index * 250);
    const { ids, outcome } = await readLogAnalytics(standIn);
    expect(outcome.reasons).toEqual([]);
    expect(ids).toEqual(idsUpTo(3_000));
    expect(edgesOf(standIn).filter((time) => Date.parse(time) % secondMs !== 0)).toEqual([]);
  });

  it.each([
    ['milliseconds', true],
    ['milliseconds', false],
    ['seconds', true],
    ['seconds', false],
  ] as const)(
    'are on whole seconds, also those of the whole: %s, end in it: %s',
    async (timeEdges, endIncluded) => {
      const standIn = await start({ timeEdges, endIncluded });
      addLogEvents(standIn, 3, (index) => readWindow.toMs + 6 * hourMs - 1 - index);
      // The second after the end belongs to it for some services: both counts have it, or none has.
      addLogEvents(standIn, 2, () => readWindow.toMs + 6 * hourMs, 3);
      const { ids, outcome } = await readLogAnalytics(standIn);
      expect(outcome.reasons).toEqual([]);
      expect(ids).toEqual(expect.arrayContaining(idsUpTo(3)));
      expect(edgesOf(standIn).length).toBeGreaterThan(3);
      expect(edgesOf(standIn).filter((time) => Date.parse(time) % secondMs !== 0)).toEqual([]);
    },
  );
});

describe('pages', () => {
  it.each(['opc-next-page-id', 'opc-next-page'] as const)(
    'are followed, whichever header names the next one: %s',
    async (pageHeader) => {
      const standIn = await start({ pageHeader });
      // Two slices, and all records in the first: it has two pages.
      addLogEvents(standIn, 1500, (index) => readWindow.fromMs + index * secondMs);
      const { ids } = await readLogAnalytics(standIn);
      expect([ids, selectsOf(standIn)]).toEqual([idsUpTo(1500), 3]);
      standIn.logs.syncLimitRows = 0;
      const slow = await readLogAnalytics(standIn);
      expect([slow.ids, slow.outcome.reasons]).toEqual([idsUpTo(1500), []]);
      const results = standIn.requests.filter(
        ({ method, path }) => method === 'GET' && path.includes('/query?'),
      );
      // Of the results of jobs, only that slice has a second page.
      expect(results.filter(({ path }) => path.includes('page='))).toHaveLength(1);
    },
  );
});

describe('a doubt that stays', () => {
  it.each([
    ['a percentage', 'unfinished', 'the query was 60 % complete'],
    ['partial results', 'partial', 'the service calls its results partial'],
  ] as const)('is not halved for ever, and what came is kept: %s', async (_what, kind, words) => {
    const standIn = await start();
    addLogEvents(standIn, 3000);
    standIn.faults.next(isSelect, { kind }, 1_000_000);
    standIn.faults.next('search/actions/export', { status: 404 }, 1_000_000);
    const { ids, outcome, clock } = await readLogAnalytics(standIn);
    expect(outcome.complete).toBe(false);
    expect(outcome.reasons.join()).toContain(words);
    expect(outcome.reasons.join()).toContain('the budget of 3 halvings that lessen nothing is used up');
    expect(selectsOf(standIn)).toBeLessThan(120);
    expect(ids.length).toBeGreaterThan(1000);
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(5 * minuteMs);
  });

  it('is no doubt if an export has what the queries do not have', async () => {
    const standIn = await start();
    addLogEvents(standIn, 100);
    standIn.faults.next(isQueryOfRows, { kind: 'unfinished' }, 1_000_000);
    const { ids, outcome } = await readLogAnalytics(standIn);
    expect([ids, outcome.reasons]).toEqual([idsUpTo(100), []]);
  });

  it('that passes is asked for again, of a count as of rows', async () => {
    const standIn = await start();
    addLogEvents(standIn, 100);
    standIn.faults.next('search/actions/query', { kind: 'partial' }, 2);
    standIn.faults.next(isSelect, { kind: 'unfinished' }, 2);
    const { ids, outcome } = await readLogAnalytics(standIn);
    expect([ids, outcome.reasons]).toEqual([idsUpTo(100), []]);
    expect(standIn.faults.pending()).toBe(0);
    expect(selectsOf(standIn)).toBe(3);
  });

  it('about the count makes it incomplete, but the records are read', async () => {
    const standIn = await start();
    addLogEvents(standIn, 100);
    standIn.faults.next(({ body }) => body.includes('stats count'), { kind: 'partial' }, 1_000_000);
    const { ids, outcome } = await readLogAnalytics(standIn);
    expect(ids).toEqual(idsUpTo(100));
    expect(outcome.reasons).toEqual([expect.stringContaining('the answer to "stats count" is no proof')]);
  });
});

function isQueryOfRows({ target, body }: { readonly target: string; readonly body: Buffer }): boolean {
  return target.endsWith('/query') && body.includes('| fields');
}

describe('a budget', () => {
  it('of calls ends a reading, with what was read until then', async () => {
    const standIn = await start();
    addLogEvents(standIn, 8000);
    const { ids, outcome } = await readLogAnalytics(standIn, { options: { budget: { calls: 10 } } });
    expect(outcome.reasons).toEqual([expect.stringContaining('the budget of 10 calls for a day is used up')]);
    expect(outcome.reasons.join()).toContain('budget.calls');
    expect(standIn.requests.length).toBeLessThanOrEqual(10);
    expect(ids.length).toBeGreaterThan(1000);
  });

  it('of calls counts attempts that fail', async () => {
    const standIn = await start();
    standIn.faults.next('search', { status: 503 }, 1_000_000);
    const http = { timeoutMs: 60_000, attempts: 20, firstDelayMs: 1, deadlineMs: 600_000 };
    const { outcome } = await readLogAnalytics(standIn, { http, options: { budget: { calls: 4 } } });
    expect(outcome.reasons).toEqual([expect.stringContaining('the budget of 4 calls for a day is used up')]);
    expect(standIn.requests).toHaveLength(4);
  });

  it('of minutes ends the wait for a job that never ends', async () => {
    const standIn = await start();
    addLogEvents(standIn, 10);
    standIn.logs.syncLimitRows = 0;
    standIn.logs.pollsUntilDone = 1_000_000;
    const { outcome, clock } = await readLogAnalytics(standIn, { options: { budget: { minutes: 12 } } });
    expect(outcome.reasons).toEqual([
      expect.stringContaining('the budget of 12 minutes for a day is used up'),
    ]);
    expect(clock.nowMs() - (readWindow.toMs + 6 * hourMs)).toBeLessThan(13 * minuteMs);
  });
});

describe('a tenancy that lacks a column', () => {
  const names = parsedColumns.map(({ displayName }) => displayName);
  const all = [logSourceColumn, originalContent, timeColumn]
    .map(({ displayName }) => displayName)
    .concat(names);

  it.each(names)('gives the same records: %s', async (missing) => {
    const standIn = await start({ columns: all.filter((name) => name !== missing) });
    addLogEvents(standIn, 5);
    const { ids, outcome } = await readLogAnalytics(standIn);
    expect([ids, outcome.reasons]).toEqual([idsUpTo(5), []]);
  });

  it('is not asked for what its profile does not have', async () => {
    const columns = all.filter((name) => name !== 'volumeName');
    const standIn = await start({ columns });
    addLogEvents(standIn, 5);
    const { ids, outcome } = await readLogAnalytics(standIn, { options: { profile: { columns } } });
    expect([ids, outcome.reasons]).toEqual([idsUpTo(5), []]);
    expect(standIn.requests.map(({ status }) => status)).not.toContain(400);
    const select = outcome.requests.find(({ operation }) => operation === 'query');
    expect(select?.['query']).toContain("'volumeId'");
  });

  it('is asked without any name if it refuses even the content', async () => {
    const standIn = await start();
    addLogEvents(standIn, 5);
    standIn.faults.next(isSelect, { status: 400 }, 1_000_000);
    const { ids, outcome } = await readLogAnalytics(standIn);
    expect([ids, outcome.reasons]).toEqual([idsUpTo(5), []]);
  });
});

describe('exports', () => {
  it.each([
    ['array', 1],
    ['object', 1],
    ['lines', 1],
    ['array', 1000],
    ['object', 1000],
    ['lines', 1000],
  ] as const)('are read as %s, with %d rows', async (exportShape, count) => {
    const standIn = await start({ exportShape });
    addLogEvents(standIn, count);
    const { ids, outcome } = await readLogAnalytics(standIn, { options: { exportAbove: 0 } });
    expect([ids, outcome.reasons]).toEqual([idsUpTo(count), []]);
  });

  it('are made again when they break off, or miss rows once', async () => {
    const standIn = await start();
    addLogEvents(standIn, 500);
    standIn.faults.next('search/actions/export', { kind: 'torn' });
    expect((await readLogAnalytics(standIn, { options: { exportAbove: 0 } })).ids).toEqual(idsUpTo(500));
    standIn.faults.next('search/actions/export', { kind: 'short' });
    const { ids, outcome } = await readLogAnalytics(standIn, { options: { exportAbove: 0 } });
    expect([ids, outcome.reasons]).toEqual([idsUpTo(500), []]);
    expect(standIn.faults.pending()).toBe(0);
  });

  it('begin one a second, and seven a minute, whatever the reading', async () => {
    const clock = sleeplessClock(0);
    const pacer = new ExportPacer(clock);
    const begun: number[] = [];
    for (let number = 0; number < 9; number += 1) {
      await pacer.turn();
      begun.push(clock.nowMs() / secondMs);
    }
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 60, 61]);
    clock.advance(hourMs);
    await pacer.turn();
    expect(clock.nowMs()).toBe(61 * secondMs + hourMs);
  });

  it('wait for their turn', async () => {
    const standIn = await start();
    addLogEvents(standIn, 4200, (index) => readWindow.fromMs + (index % 2) * hourMs + 500);
    const { ids, outcome, clock } = await readLogAnalytics(standIn);
    expect([ids.length, outcome.reasons]).toEqual([4200, []]);
    expect(clock.slept.filter((ms) => ms === secondMs)).toHaveLength(1);
  });
});

it('gives every record of a burst that crosses the end of a shortest slice', async () => {
  const standIn = await start({ timeEdges: 'seconds', endIncluded: true });
  for (let index = 0; index < 4500; index += 1) {
    const timeMs = readWindow.fromMs + hourMs + Math.floor(index / 3);
    const event = databaseEvent('end', new Date(timeMs).toISOString(), { id: `e${index}` });
    standIn.logs.add({ source: logSource, timeMs, event });
  }
  const { ids, outcome } = await readLogAnalytics(standIn);
  expect([ids, outcome.reasons]).toEqual([idsUpTo(4500), []]);
});
