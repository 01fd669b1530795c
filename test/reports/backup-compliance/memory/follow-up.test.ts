import { describe, expect, it } from 'vitest';
import {
  badReason,
  followUpOf,
  standingFields,
  trendOf,
} from '../../../../src/reports/backup-compliance/memory/follow-up.js';
import { memoryOf } from '../../../../src/reports/backup-compliance/memory/memory.js';
import type { JudgedControls } from '../../../../src/reports/backup-compliance/model/control-reason.js';
import type { DayMemory, Standing } from '../../../../src/reports/backup-compliance/model/day-memory.js';
import type { JudgedResource } from '../../../../src/reports/backup-compliance/model/judged-resource.js';
import type {
  ControlResult,
  ResourceCompliance,
} from '../../../../src/reports/backup-compliance/model/resource-compliance.js';
import type {
  ControlName,
  Outcome,
  Verdict,
} from '../../../../src/reports/backup-compliance/model/verdict.js';
import { sampleReport, sampleResource } from '../../../support/sample-report.js';

type Verdicts = Partial<Record<ControlName, Verdict>>;

function resource(
  name: string,
  over: Partial<Omit<ResourceCompliance, 'controls'>> = {},
  verdicts: Verdicts = {},
): JudgedResource {
  const { byBackupType = [], ...reported } = sampleResource({ resourceName: name, ...over });
  const of = (control: ControlName): { code: 'not-judged.unattributed'; verdict: Verdict } => ({
    code: 'not-judged.unattributed',
    verdict: verdicts[control] ?? 'COMPLIANT',
  });
  const controls: JudgedControls = {
    'recovery-point-age': of('recovery-point-age'),
    'backup-succeeded': of('backup-succeeded'),
    'no-open-incident': of('no-open-incident'),
    retention: of('retention'),
    'protection-enabled': of('protection-enabled'),
    duration: of('duration'),
    'no-early-deletion': of('no-early-deletion'),
    'restore-tested': of('restore-tested'),
  };
  const recoveryPoints = { count: 1, newest: null, oldest: null };
  return { ...reported, controls, findings: [], byBackupType, recoveryPoints };
}

const bad = { compliance: 'NON_COMPLIANT', outcome: 'FAILED', consecutiveBadDays: 2 } as const;
const failing = { ...bad, badSince: '2026-11-18' };

/** What a report with these resources passes on. */
function memoryWith(...resources: readonly ResourceCompliance[]): DayMemory {
  return memoryOf({ ...sampleReport(), resources });
}

function checked(verdict: Verdict, reason: string): ControlResult {
  return { ...sampleResource().controls.duration, verdict, reason };
}

/** `S`: SUCCEEDED, `F`: FAILED, `-`: none. */
function strip(letters: string): readonly (Outcome | null)[] {
  return [...letters].map((letter) => (letter === 'S' ? 'SUCCEEDED' : letter === 'F' ? 'FAILED' : null));
}

const names = (list: readonly { readonly resourceName: string }[]): readonly string[] =>
  list.map(({ resourceName }) => resourceName);

describe('the standing of a resource', () => {
  const before: Standing = {
    outcome: 'FAILED',
    compliance: 'NON_COMPLIANT',
    words: '',
    consecutiveBadDays: 2,
    badSince: '2026-11-17',
    recentOutcomes: ['FAILED', 'FAILED'],
    firstReported: '2026-11-01',
  };

  it.each<[Verdict, Standing | null, number, string | null]>([
    ['NON_COMPLIANT', before, 3, '2026-11-17'],
    ['UNKNOWN', before, 3, '2026-11-17'],
    ['COMPLIANT', before, 0, null],
    ['NOT_APPLICABLE', before, 0, null],
    ['NON_COMPLIANT', null, 1, '2026-11-19'],
    ['UNKNOWN', { ...before, consecutiveBadDays: 0, badSince: null }, 1, '2026-11-19'],
    ['COMPLIANT', null, 0, null],
  ])('that is %s has bad days in a row, and since when', (compliance, earlier, badDays, since) => {
    const today = { outcome: 'FAILED', compliance } as const;
    expect(standingFields(earlier, today, '2026-11-19', 1)).toMatchObject({
      consecutiveBadDays: badDays,
      badSince: since,
      firstReported: earlier === null ? '2026-11-19' : '2026-11-01',
    });
  });

  it.each<[string, string | null, number, string]>([
    ['the day is the first', null, 1, '-------------F'],
    ['a day was before', 'S', 1, '------------SF'],
    ['thirteen were before', 'SSSSSSSSSSSSF', 1, 'SSSSSSSSSSSSFF'],
    ['fourteen were before', 'FSSSSSSSSSSSSS', 1, 'SSSSSSSSSSSSSF'],
    ['a day is missing between', 'FFSSSSSSSSSSSS', 2, 'SSSSSSSSSSSS-F'],
    ['thirteen days lie between', 'SSSSSSSSSSSSSF', 13, 'F------------F'],
    ['all that was before is too old', 'SSSSSSSSSSSSSS', 14, '-------------F'],
    ['the memory is not of an earlier day', 'FSSSSSSSSSSSSS', 0, 'SSSSSSSSSSSSSF'],
  ])('has fourteen outcomes where %s', (_words, earlier, daysSince, expected) => {
    const known = earlier === null ? null : { ...before, recentOutcomes: strip(earlier) };
    const today = { outcome: 'FAILED', compliance: 'NON_COMPLIANT' } as const;
    expect(standingFields(known, today, '2026-11-19', daysSince).recentOutcomes).toEqual(strip(expected));
  });
});

describe('the reason for which a resource is bad', () => {
  it.each<[string, string, Partial<Record<ControlName, ControlResult>>]>([
    ['none where it is not bad', '', {}],
    [
      'that of its backups before others',
      'b',
      {
        'recovery-point-age': checked('NON_COMPLIANT', 'a'),
        'backup-succeeded': checked('NON_COMPLIANT', 'b'),
      },
    ],
    [
      'of others that in the order of the controls',
      'a',
      {
        retention: checked('NON_COMPLIANT', 'c'),
        'recovery-point-age': checked('NON_COMPLIANT', 'a'),
      },
    ],
    [
      'what is non-compliant before what is unknown',
      'd',
      {
        'backup-succeeded': checked('UNKNOWN', 'b'),
        duration: checked('NON_COMPLIANT', 'd'),
      },
    ],
    ['what is unknown where nothing is non-compliant', 'b', { 'backup-succeeded': checked('UNKNOWN', 'b') }],
  ])('is %s', (_words, reason, over) => {
    const { controls } = sampleResource();
    expect(badReason({ controls: { ...controls, ...over } })).toBe(reason);
  });
});

describe('the trend', () => {
  const { totals, ...report } = sampleReport();
  const today = { date: '2026-11-20', status: 'COMPLETE', totals } as const;

  it('is of fourteen days, without status and totals where nothing is known', () => {
    const trend = trendOf(null, today);
    expect(trend).toHaveLength(14);
    expect(trend[0]).toEqual({ date: '2026-11-07', status: null, totals: null });
    expect(trend.at(-2)).toEqual({ date: '2026-11-19', status: null, totals: null });
    expect(trend.at(-1)).toBe(today);
  });

  it('has days as the memory has them, but the day itself as it is now', () => {
    const dates = ['2026-11-06', '2026-11-07', '2026-11-20'];
    const memory = memoryOf({
      ...report,
      trend: dates.map((date) => ({ date, status: 'INCOMPLETE', totals })),
    });
    const trend = trendOf(memory, today);
    expect(trend.map(({ status }) => status)).toEqual([
      'INCOMPLETE',
      ...Array.from({ length: 12 }, () => null),
      'COMPLETE',
    ]);
  });
});

describe('what has changed since the previous report', () => {
  const none = new Map();

  it('is nothing where there is none', () => {
    expect(followUpOf(null, [resource('A', failing)], none)).toEqual({
      comparedWith: null,
      newlyBad: [],
      resolved: [],
    });
  });

  it('names what turned bad, whether it was good before or not known', () => {
    const before = memoryWith(
      sampleResource({ resourceName: 'GOOD' }),
      sampleResource({ resourceName: 'BAD', ...failing, consecutiveBadDays: 1 }),
    );
    const now = [
      resource('GOOD', failing),
      resource('BAD', failing),
      resource('NEW', failing),
      resource('FINE'),
    ];
    const { comparedWith, newlyBad, resolved } = followUpOf(before, now, none);
    expect([comparedWith, names(newlyBad), resolved]).toEqual(['2026-11-19', ['GOOD', 'NEW'], []]);
  });

  it('says of what turned bad since when, and which control says why', () => {
    const verdicts: Verdicts = { retention: 'NON_COMPLIANT', 'backup-succeeded': 'UNKNOWN' };
    const now = resource('GOOD', { ...bad, consecutiveBadDays: 1, badSince: '2026-11-20' }, verdicts);
    expect(followUpOf(memoryWith(), [now], none).newlyBad).toEqual([
      {
        resourceId: now.resourceId,
        resourceType: 'database',
        resourceName: 'GOOD',
        owner: 'dba-oncall@example.com',
        outcome: 'FAILED',
        compliance: 'NON_COMPLIANT',
        badSince: '2026-11-20',
        badDays: 1,
        reason: { code: 'turned-bad', control: 'retention' },
      },
    ]);
  });

  it('names what is no longer bad with what the previous report said of it', () => {
    const was = sampleResource({ resourceName: 'DB', ...failing, owner: 'before@example.com' });
    const duration: ControlResult = {
      ...was.controls.duration,
      verdict: 'NON_COMPLIANT',
      reason: 'too long',
    };
    const before = memoryWith({ ...was, controls: { ...was.controls, duration } });
    const now = resource('DB', { owner: 'now@example.com' });
    expect(followUpOf(before, [now], none).resolved).toEqual([
      {
        resourceId: now.resourceId,
        resourceType: 'database',
        resourceName: 'DB',
        owner: 'now@example.com',
        outcome: 'SUCCEEDED',
        compliance: 'COMPLIANT',
        badSince: '2026-11-18',
        badDays: 2,
        reason: { code: 'was-bad', words: 'too long' },
      },
    ]);
  });

  it.each([
    [
      'with the reason for which it has left',
      new Map([['ocid1.database.oc1.iad.db', { code: 'terminated' } as const]]),
      { code: 'terminated' },
    ],
    ['without a reason where none is known', new Map(), null],
  ])('names what is no longer judged, %s', (_words, left, reason) => {
    const before = memoryWith(sampleResource({ resourceName: 'DB', ...failing }));
    expect(followUpOf(before, [], left).resolved).toMatchObject([
      {
        resourceId: 'ocid1.database.oc1.iad.db',
        owner: 'dba-oncall@example.com',
        outcome: null,
        compliance: null,
        reason: { code: 'not-judged', left: reason },
      },
    ]);
  });

  it('names nothing that was good and has left, or was not judged', () => {
    const { excludedResources, ...rest } = sampleReport();
    expect(excludedResources).not.toEqual([]);
    const before = memoryOf({ ...rest, excludedResources, resources: [sampleResource()] });
    expect(followUpOf(before, [], none).resolved).toEqual([]);
  });

  it('is sorted by name as a person counts, in any case, then by id', () => {
    const was = ['db10', 'DB9', 'db1'].map((name) => sampleResource({ resourceName: name, ...failing }));
    const twin = sampleResource({ ...failing, resourceName: 'DB9', resourceId: 'ocid1.database.oc1.iad.0' });
    const { resolved } = followUpOf(memoryWith(...was, twin), [], none);
    expect(resolved.map(({ resourceName, resourceId }) => [resourceName, resourceId.slice(-3)])).toEqual([
      ['db1', 'db1'],
      ['DB9', 'd.0'],
      ['DB9', 'db9'],
      ['db10', 'b10'],
    ]);
  });
});
