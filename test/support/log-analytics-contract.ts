import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/time-units.js';
import type { SourceRequest } from '../../src/model/manifest.js';
import { type LoggedLine, quickHttp } from './oci-connection.js';
import { logSource } from './oci-project.js';
import type { StandInProfile } from './oci/service-profiles.js';
import { type StandIn, startStandIn } from './oci/stand-in.js';
import { databaseEvent } from './raw-event.js';
import { addLogEvents, idsUpTo, overTheDay, readLogAnalytics, readWindow } from './read-log-analytics.js';

const query = 'search/actions/query';

/** How long a call waits for its answer where none ever comes. */
const shortMs = 500;

let standIn: StandIn;

function modesOf(requests: readonly SourceRequest[]): unknown[] {
  return [...new Set(requests.filter(({ operation }) => operation === 'query').map(({ mode }) => mode))];
}

function isSelect(body: Buffer): boolean {
  return body.toString().includes('| fields');
}

/**
 * What reading Log Analytics must do, whatever Oracle's documents leave open.
 *
 * @param many events of a day that has many
 */
export function describeLogAnalytics(name: string, profile: StandInProfile, many = 15_000): void {
  describe(`of a service ${name}:`, () => {
    beforeEach(async () => {
      standIn = await startStandIn({ profile });
    });
    afterEach(() => standIn.close());

    describe('many events behind the cap of a query', () => {
      it(`come back exactly once: ${many} of them`, async () => {
        addLogEvents(standIn, many);
        const { ids, outcome } = await readLogAnalytics(standIn);
        expect(outcome.reasons).toEqual([]);
        expect(ids).toEqual(idsUpTo(many));
      });

      it('come by an export where a burst fills the shortest slice', async () => {
        addLogEvents(standIn, 3000, overTheDay(3000));
        addLogEvents(standIn, 5000, () => readWindow.fromMs + 40_000_000, 3000);
        const { ids, outcome } = await readLogAnalytics(standIn);
        expect(outcome.reasons).toEqual([]);
        expect(ids).toEqual(idsUpTo(8000));
        expect(modesOf(outcome.requests)).toContain('export');
      });

      it('are said to be incomplete where the export of a burst fails, too', async () => {
        addLogEvents(standIn, 5000, () => readWindow.fromMs + 40_000_000);
        standIn.faults.next('search/actions/export', { status: 404 }, 100);
        const { outcome } = await readLogAnalytics(standIn);
        expect(outcome.complete).toBe(false);
        expect(outcome.reasons.join()).toContain('exportQueryResult answered 404');
      });

      it('come by exports when they are very many', async () => {
        addLogEvents(standIn, many);
        const { ids, outcome } = await readLogAnalytics(standIn, { options: { exportAbove: many - 1 } });
        expect(outcome.reasons).toEqual([]);
        expect(ids).toEqual(idsUpTo(many));
        expect(modesOf(outcome.requests)).toEqual(['export']);
      });

      it('come by a job where a query was not answered in time', async () => {
        addLogEvents(standIn, 10, overTheDay(10));
        // Where the first select is refused for its columns, the second must be slow, too.
        standIn.faults.next(
          ({ body }) => isSelect(body) && !body.includes('"shouldRunAsync":true'),
          { kind: 'slow', ms: 600_000 },
          2,
        );
        const { ids, outcome } = await readLogAnalytics(standIn, {
          http: { ...quickHttp, timeoutMs: shortMs },
        });
        expect(outcome.reasons).toEqual([]);
        expect(ids).toEqual(idsUpTo(10));
        expect(modesOf(outcome.requests)).toEqual(['asynchronous']);
      });

      it('come by jobs where the service is too slow to answer at once', async () => {
        addLogEvents(standIn, 1500, overTheDay(1500));
        standIn.logs.syncLimitRows = 100;
        const { ids, outcome } = await readLogAnalytics(standIn);
        expect(outcome.reasons).toEqual([]);
        expect(ids).toEqual(idsUpTo(1500));
        expect(modesOf(outcome.requests)).toContain('asynchronous');
      });
    });

    describe('a window wider than the day', () => {
      it('finds an event whose record came hours later', async () => {
        const event = databaseEvent('end', '2026-11-19T23:59:00Z', { id: 'late' });
        standIn.logs.add({ source: logSource, timeMs: readWindow.toMs + 5 * hourMs, event });
        expect((await readLogAnalytics(standIn)).ids).toEqual(['late']);
      });

      it.each(['internalName', 'displayName'] as const)('reads rows with keys by %s', async (keyRowsBy) => {
        standIn.logs.keyRowsBy = keyRowsBy;
        standIn.logs.timeFormat = 'iso';
        addLogEvents(standIn, 10, overTheDay(10));
        expect((await readLogAnalytics(standIn)).ids).toEqual(idsUpTo(10));
      });
    });

    describe('faults', () => {
      it.each([
        ['429 with Retry-After', { status: 429, retryAfterSeconds: 0 }],
        ['500', { status: 500 }],
        ['a reset connection', { kind: 'reset' }],
        ['a torn body', { kind: 'torn' }],
        ['one 401', { status: 401 }],
        ['partial results', { kind: 'partial' }],
        ['fewer rows than counted', { kind: 'short' }],
      ] as const)('that pass change nothing: %s', async (_what, fault) => {
        addLogEvents(standIn, 2500, overTheDay(2500));
        const lines: LoggedLine[] = [];
        standIn.faults.next((request) => isSelect(request.body), fault);
        const { ids, outcome } = await readLogAnalytics(standIn, { lines });
        expect(outcome.reasons).toEqual([]);
        expect(ids).toEqual(idsUpTo(2500));
        expect(standIn.faults.pending()).toBe(0);
      });

      it.each([
        ['500', { status: 500 }, 'answered 500'],
        ['404', { status: 404 }, 'answered 404'],
        ['no answer in time', { kind: 'slow', ms: 600_000 }, 'no answer for 0.5 s'],
        ['hidden content', { kind: 'hidden' }, 'content is hidden'],
        ['partial results', { kind: 'partial' }, 'partial'],
      ] as const)('that stay are told: %s', async (_what, fault, words) => {
        addLogEvents(standIn, 10, overTheDay(10));
        standIn.faults.next(query, fault, 1_000_000);
        const { outcome } = await readLogAnalytics(standIn, {
          options: { ingestionDelayMs: 0, exportAbove: 1000, parallel: 2 },
          http: { ...quickHttp, timeoutMs: shortMs },
        });
        expect(outcome.complete).toBe(false);
        expect(outcome.reasons.join()).toContain(words);
      });

      it('logs each retry once, with the id that support asks for', async () => {
        addLogEvents(standIn, 10, overTheDay(10));
        const lines: LoggedLine[] = [];
        standIn.faults.next(query, { status: 503 }, 2);
        await readLogAnalytics(standIn, { lines });
        expect(lines).toHaveLength(2);
        expect(lines[0]?.fields).toMatchObject({
          service: 'LogAnalytics',
          operation: 'query',
          attempt: 1,
          reason: expect.stringMatching(/answered 503.*opc-request-id/),
        });
      });

      it('says so when rows stay short of their count', async () => {
        addLogEvents(standIn, 10, overTheDay(10));
        standIn.faults.next((request) => isSelect(request.body), { kind: 'short' }, 1_000_000);
        const { outcome } = await readLogAnalytics(standIn);
        expect(outcome.complete).toBe(false);
        expect(outcome.reasons.join()).toContain('the export has 0 rows, the service counts 1');
      });
    });

    describe('a query', () => {
      it('takes no name of a log source that could end its literal', async () => {
        await expect(
          readLogAnalytics(standIn, { options: { logSource: "x' or 'Log Source' != 'y" } }),
        ).rejects.toThrow('cannot be quoted');
      });

      it('asks for the original content alone where the tenancy does not know all columns', async () => {
        addLogEvents(standIn, 5, overTheDay(5));
        standIn.faults.next(
          (request) => request.body.toString().includes('volumeName'),
          { status: 400 },
          100,
        );
        const { ids, outcome } = await readLogAnalytics(standIn);
        expect([ids, outcome.reasons]).toEqual([idsUpTo(5), []]);
        expect(outcome.requests).toContainEqual(
          expect.objectContaining({
            query: "'Log Source' = 'OCI_Backup_Event_Source' | fields 'Time', 'Original Log Content'",
          }),
        );
      });

      it('reads only its log source', async () => {
        addLogEvents(standIn, 5, overTheDay(5));
        standIn.logs.add({ source: 'Other', timeMs: readWindow.fromMs + 1000, event: { eventID: 'other' } });
        expect((await readLogAnalytics(standIn)).ids).toEqual(idsUpTo(5));
      });
    });
  });
}
