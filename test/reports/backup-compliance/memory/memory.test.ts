import { describe, expect, it } from 'vitest';
import { memoryOf } from '../../../../src/reports/backup-compliance/memory/memory.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { sampleReport, sampleResource, unjudged } from '../../../support/sample-report.js';

const report = sampleReport();
const { start, cutOff } = report.reportDay;
const startMs = Date.parse(start);
const cutOffMs = Date.parse(cutOff);

describe('what a report passes on of resources', () => {
  it('has their standing only where they were judged', () => {
    const { resources } = memoryOf({
      ...report,
      resources: [
        sampleResource({
          resourceName: 'JUDGED',
          compliance: 'UNKNOWN',
          consecutiveBadDays: 3,
          badSince: '2026-11-17',
        }),
      ],
      notInInventory: [unjudged({ resourceName: 'STRANGER' })],
      excludedResources: [unjudged({ resourceName: 'EXCLUDED' })],
    });
    expect([...resources.values()].map(({ resourceName, standing }) => [resourceName, standing])).toEqual([
      ['STRANGER', null],
      ['EXCLUDED', null],
      [
        'JUDGED',
        {
          outcome: 'SUCCEEDED',
          compliance: 'UNKNOWN',
          words: '',
          consecutiveBadDays: 3,
          badSince: '2026-11-17',
          recentOutcomes: sampleResource().recentOutcomes,
          firstReported: '2026-03-02',
        },
      ],
    ]);
  });

  it('has their last backup and restore as instants', () => {
    const never = sampleResource({ resourceName: 'NEVER', lastSuccessTime: null, lastRestoreTime: null });
    const once = sampleResource({ resourceName: 'ONCE', lastSuccessTime: start, lastRestoreTime: cutOff });
    const { resources } = memoryOf({ ...report, resources: [never, once] });
    expect(resources.get(never.resourceId)).toMatchObject({ lastSuccessMs: null, lastRestoreMs: null });
    expect(resources.get(once.resourceId)).toMatchObject({ lastSuccessMs: startMs, lastRestoreMs: cutOffMs });
  });

  it('has nothing of backups that name no resource', () => {
    const unknown = sampleResource({ resourceId: 'unknown:database:b1@2026-11-19T02:00:00.000Z' });
    expect([...memoryOf({ ...report, resources: [unknown] }).resources.keys()]).not.toContain(
      unknown.resourceId,
    );
  });

  it('has their last success as the only backup where the report has no list of backups', () => {
    const never = sampleResource({ resourceName: 'NEVER', lastSuccessTime: null });
    const once = sampleResource({ resourceName: 'ONCE', lastSuccessTime: start });
    const parts = { ...report, resources: [never, once], notInInventory: [], excludedResources: [] };
    const { points } = memoryOf(parts);
    expect([...points.keys()]).toEqual([once.resourceId]);
    expect(points.get(once.resourceId)).toMatchObject({
      resourceType: 'database',
      resourceName: 'ONCE',
      points: [{ id: null, result: 'succeeded', endMs: startMs }],
    });
    // A list that is empty says that there is none.
    expect(memoryOf(parts, new Map()).points).toEqual(new Map());
  });

  it('has what was known of one that has left, where the report tells it', () => {
    const [terminated, left] = report.formerResources;
    const {
      outcome: _outcome,
      attempts: _attempts,
      resourceType: _type,
      resourceName: _name,
      reason: _reason,
      ...facts
    } = unjudged({ resourceName: 'OLD_TEST' });
    const { former } = memoryOf({ ...report, formerFacts: [facts] });
    expect([...former.values()]).toStrictEqual([{ ...terminated, before: facts }, left]);
  });
});

describe('what a report passes on of incidents', () => {
  it('is those that are open, but not of what was terminated', () => {
    const [open] = report.incidents;
    if (open === undefined) throw new Error('the sample has an incident');
    const of = (resourceId: string): typeof open => ({ ...open, resourceId });
    const [terminated, left] = report.formerResources.map(({ resourceId }) => resourceId);
    const incidents = [open, { ...open, state: 'cleared' as const }, of(terminated ?? ''), of(left ?? '')];
    expect(memoryOf({ ...report, incidents }).incidents).toEqual([open, of(left ?? '')]);
  });
});

type Source = DailyReport['sources'][number];

function source(over: Partial<Source>): Source {
  const [first] = report.sources;
  if (first === undefined) throw new Error('the sample has a source');
  return { ...first, complete: true, ...over };
}

const unread = (windowStart: string): Source => source({ complete: false, windowStart });
const early = '2026-11-12T05:00:00.000Z';

describe('the next report', () => {
  it.each<[string, string, Partial<DailyReport>]>([
    ['at the cut-off', cutOff, { generatedAt: '2026-11-20T06:00:00.000Z' }],
    ['at the cut-off of a report of that very instant', cutOff, { generatedAt: cutOff }],
    ['at the start of a day that was not over', start, { generatedAt: '2026-11-20T04:59:59.999Z' }],
    ['where the window of an unread source starts', early, { sources: [source({}), unread(early)] }],
    ['at the earliest of two such', early, { sources: [unread(start), unread(early)] }],
    [
      'before the start of a day that was not over, if a source was not read',
      early,
      { sources: [unread(early)], generatedAt: start },
    ],
  ])('reads on %s', (_words, from, over) => {
    const sources = [source({ windowStart: early })];
    const parts = { ...report, sources, generatedAt: '2026-11-20T06:00:00.000Z', ...over };
    expect(memoryOf(parts)).toMatchObject({ cutOffMs, resumeMs: Date.parse(from) });
  });

  it.each([
    ['only those that run', 'where all was read', source({}), ['runs']],
    ['ended ones as well', 'where ends are read again', unread(early), ['runs', 'ended']],
  ])('gets %s of attempts %s', (_words, _where, from, expected) => {
    const [attempt] = report.runningAttempts;
    if (attempt === undefined) throw new Error('the sample has an attempt');
    const runningAttempts = [
      { ...attempt, eventId: 'runs', endedTime: null },
      { ...attempt, eventId: 'ended', endedTime: start },
    ];
    const { running } = memoryOf({ ...report, sources: [from], runningAttempts });
    expect(running.map(({ eventId }) => eventId)).toEqual(expected);
  });

  it('knows how much a source told where that was counted', () => {
    const pulse = { days: [{ date: '2026-11-19', records: 7, comparable: true }], regions: [] };
    const { pulse: _pulse, ...uncounted } = source({ name: '1:uncounted' });
    const { pulses } = memoryOf({ ...report, sources: [uncounted, source({ name: '2:counted', pulse })] });
    expect(pulses).toEqual(new Map([['2:counted', pulse]]));
  });

  it('is not made from a report with a time that is none', () => {
    const reportDay = { ...report.reportDay, cutOff: 'noon' };
    expect(() => memoryOf({ ...report, reportDay })).toThrow(new TypeError('not an instant: noon'));
  });
});
