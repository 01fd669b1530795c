import { describe, expect, it } from 'vitest';
import { parseMemorable } from '../../../../src/reports/backup-compliance/memory/parse-memorable.js';
import { isJsonObject } from '../../../../src/records/json.js';
import { sampleReport } from '../../../support/sample-report.js';

const report = sampleReport();

/** The value with one that is of no type that a report has in the place of the path. */
function damaged(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return [[]];
  if (Array.isArray(value)) {
    return value.map((each: unknown, at) => (String(at) === key ? damaged(each, rest) : each));
  }
  return isJsonObject(value) ? { ...value, [key]: damaged(value[key], rest) } : value;
}

const facts = [
  'resourceId',
  'resourceType',
  'resourceName',
  'compartmentId',
  'compartmentName',
  'tags',
  'owner',
  'lastSuccessTime',
  'lastFailure',
  'lastRestoreTime',
  'lastKnown',
  'volumeGroup',
];
const standing = [
  'outcome',
  'compliance',
  'consecutiveBadDays',
  'badSince',
  'recentOutcomes',
  'firstReported',
  'controls.retention.verdict',
  'controls.retention.reason',
];
/** All that a later day computes with. */
const computed: Readonly<Record<string, readonly string[]>> = {
  '': [
    'schemaVersion',
    'plan',
    'reportDay',
    'knownSince',
    'generatedAt',
    'status',
    'formerFacts',
    'lifeCycles',
  ],
  'sources.0.': ['name', 'complete', 'windowStart', 'pulse'],
  'resources.0.': [...facts, ...standing],
  'notInInventory.0.': facts,
  'excludedResources.0.': facts,
  'formerResources.0.': ['resourceId', 'lastDay', 'terminatedTime'],
  'incidents.0.': ['resourceId', 'condition', 'state', 'openedAt', 'lastSeenAt', 'clearedAt', 'eventIds'],
  'runningAttempts.0.': ['eventId', 'eventType', 'time', 'endedTime', 'resource'],
  'trend.0.': ['date', 'jobs', 'totals', 'totals.expected'],
};

describe('an archived report', () => {
  const expected = { plan: report.plan, date: '2026-11-19' };
  const bytesOf = (over: object): Uint8Array => Buffer.from(JSON.stringify({ ...report, ...over }));

  it.each<[string, Uint8Array, object, string]>([
    ['that is no JSON', Buffer.from('{'), { kind: 'not-json' }, 'it is not JSON'],
    [
      'of another plan',
      bytesOf({ plan: 'other' }),
      { kind: 'of-another', plan: 'other', date: '2026-11-19' },
      'it is the report of other, 2026-11-19',
    ],
    [
      'of another day',
      bytesOf({ reportDay: { ...report.reportDay, date: '2026-11-18' } }),
      { kind: 'of-another', plan: report.plan, date: '2026-11-18' },
      `it is the report of ${report.plan}, 2026-11-18`,
    ],
  ])('%s is not gone on from', (_words, bytes, fault, reason) => {
    expect(parseMemorable(bytes, expected)).toEqual({ ok: false, fault, reason });
  });

  const paths = Object.entries(computed).flatMap(([from, fields]) =>
    fields.map((field) => `${from}${field}`),
  );

  it.each(paths)('whose %s is damaged is not gone on from, and the place is told', (path) => {
    const whole: unknown = JSON.parse(JSON.stringify(report));
    const bytes = Buffer.from(JSON.stringify(damaged(whole, path.split('.'))));
    const read = parseMemorable(bytes, expected);
    expect(read).toMatchObject({ ok: false, fault: { kind: 'malformed' } });
    expect(read.ok ? '' : read.reason.slice(0, path.length)).toBe(path);
  });

  it.each([
    'knownSince',
    'generatedAt',
    'sources',
    'resources',
    'notInInventory',
    'excludedResources',
    'formerResources',
    'incidents',
    'runningAttempts',
    'trend',
    'reportDay',
    'status',
  ])('without %s is not gone on from', (field) => {
    expect(parseMemorable(bytesOf({ [field]: undefined }), expected)).toMatchObject({
      ok: false,
      fault: { kind: 'malformed', issue: expect.stringContaining(`${field}: `) },
    });
  });

  it('is gone on from without what no later day computes with', () => {
    const over = { findings: undefined, jobTotals: undefined, policies: undefined, followUp: undefined };
    expect(parseMemorable(bytesOf(over), expected)).toMatchObject({ ok: true });
  });
});
