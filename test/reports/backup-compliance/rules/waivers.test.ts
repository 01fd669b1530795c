import { describe, expect, it } from 'vitest';
import type {
  DailyReport,
  ReportFinding,
} from '../../../../src/reports/backup-compliance/model/daily-report.js';
import type { WaiverRule } from '../../../../src/reports/backup-compliance/model/policy.js';
import { fixedInventory, judge, judgeDays } from '../../../support/judge-day.js';
import { backupOf, databaseNamed } from '../../../support/named-databases.js';
import { policyRule, waiverRule } from '../../../support/rules.js';

const today = '2026-11-19';

interface Estate {
  readonly waivers: readonly WaiverRule[];
  readonly maxWaivedShare?: number;
  readonly date?: string;
  readonly timezone?: string;
  readonly names?: readonly string[];
  readonly events?: readonly unknown[];
}

/** The report over databases that an inventory names; without events each has missed its backup. */
async function reportOf({
  names = ['LEGACY_1'],
  events = [],
  date = today,
  ...rest
}: Estate): Promise<DailyReport> {
  const { waivers, maxWaivedShare = 1, timezone = 'UTC' } = rest;
  const { report } = await judge(events, date, {
    timezone,
    rules: { waivers, maxWaivedShare },
    inventory: fixedInventory(names.map((name) => databaseNamed(name))),
  });
  return report;
}

function findingsAbout(report: DailyReport, kind: ReportFinding['kind']): string[] {
  return report.findings.filter((finding) => finding.kind === kind).map(({ words }) => words);
}

describe('a waived resource', () => {
  const legacy = waiverRule({ match: { name: ['LEGACY_*'] } });

  it('keeps outcome, verdict and sentence, and carries its waiver', async () => {
    const withWaiver = await reportOf({ waivers: [legacy] });
    const without = await reportOf({ waivers: [] });
    const [resource] = withWaiver.resources;
    expect({ ...resource, waiver: null }).toEqual(without.resources[0]);
    expect(resource).toMatchObject({ outcome: 'MISSED', compliance: 'NON_COMPLIANT' });
    expect(resource?.waiver).toEqual({
      reason: 'decommissioned at the end of the year',
      ticket: 'CHG-1234',
      approvedBy: 'ciso@example.com',
      expires: '2026-12-31',
      daysLeft: 42,
    });
  });

  it('is counted apart, and in no other count less', async () => {
    const names = ['LEGACY_BAD', 'LEGACY_GOOD', 'LEGACY_ODD', 'BAD', 'GOOD'];
    const events = [
      backupOf('LEGACY_GOOD'),
      backupOf('GOOD'),
      backupOf('LEGACY_ODD', { state: 'QUIESCED' }),
      backupOf('BAD', { state: 'FAILED' }),
    ];
    const waived = (await reportOf({ names, events, waivers: [legacy] })).totals;
    const plain = (await reportOf({ names, events, waivers: [] })).totals;
    expect(plain).toMatchObject({
      expected: 5,
      compliant: 2,
      waived: 0,
      waivedBad: 0,
      compliancePercent: 40,
    });
    expect(waived).toEqual({ ...plain, waived: 3, waivedBad: 2 });
  });

  it('has its bad days counted on', async () => {
    const dates = ['2026-11-18', '2026-11-19', '2026-11-20'];
    const reports = await judgeDays(dates, () => ({
      rules: { waivers: [waiverRule({ expires: '2026-11-19' })] },
      inventory: fixedInventory([databaseNamed('LEGACY_1')]),
    }));
    const days = reports.map(({ report }) => {
      const [resource] = report.resources;
      return [resource?.consecutiveBadDays, resource?.waiver?.daysLeft ?? null, report.totals.waivedBad];
    });
    expect(days).toEqual([
      [1, 1, 1],
      [2, 0, 1],
      [3, null, 0],
    ]);
  });

  it('is found by its owner too, also where a policy names the owner', async () => {
    const { report } = await judge([], today, {
      rules: {
        policies: [policyRule({ owner: 'legacy@example.com', match: { name: ['OLD'] } })],
        waivers: [waiverRule({ match: { owner: ['legacy@*'] } })],
      },
      inventory: fixedInventory([
        databaseNamed('OLD'),
        databaseNamed('OLDER', { owner: 'legacy@example.com' }),
        databaseNamed('NEW', { owner: 'new@example.com' }),
      ]),
    });
    const waived = report.resources.filter(({ waiver }) => waiver !== null);
    expect(waived.map(({ resourceName }) => resourceName)).toEqual(['OLD', 'OLDER']);
  });
});

describe('the last day of a waiver', () => {
  // A report day is a day in the plan's zone: 2026-12-31 in Auckland begins on the 30th, UTC, in Honolulu it ends in 2027.
  it.each(['UTC', 'Pacific/Auckland', 'Pacific/Honolulu'])(
    'is the report day that expires names, in %s',
    async (timezone) => {
      const dates = ['2026-12-30', '2026-12-31', '2027-01-01'];
      const reports = await Promise.all(
        dates.map((date) => reportOf({ date, timezone, waivers: [waiverRule()] })),
      );
      expect(
        reports.map(({ waivers, resources, totals }) => [
          waivers[0]?.state,
          waivers[0]?.daysLeft,
          resources[0]?.waiver?.daysLeft ?? null,
          totals.waived,
        ]),
      ).toEqual([
        ['active', 1, 1, 1],
        ['active', 0, 0, 1],
        ['expired', -1, null, 0],
      ]);
    },
  );

  it('is a finding when it is over, with the resources that it held for', async () => {
    const report = await reportOf({ date: '2027-01-03', waivers: [waiverRule()] });
    expect(report.findings).toEqual([
      {
        kind: 'waiver-expired',
        subject: 'CHG-1234',
        words:
          'the waiver CHG-1234 for name * expired on 2026-12-31, 3 days before the report day, and holds no more: renew it or remove it',
      },
    ]);
    expect(report.waivers[0]?.resources).toEqual([
      {
        resourceId: 'ocid1.database.oc1.iad.legacy_1',
        resourceName: 'LEGACY_1',
        compliance: 'NON_COMPLIANT',
      },
    ]);
  });

  it.each<[expires: string, words: string[]]>([
    ['2026-12-04', []],
    [
      '2026-12-03',
      [
        'the waiver CHG-1234 for name * expires on 2026-12-03, 14 days after the report day; 1 resource will count again',
      ],
    ],
    [
      '2026-11-20',
      [
        'the waiver CHG-1234 for name * expires on 2026-11-20, 1 day after the report day; 1 resource will count again',
      ],
    ],
    [
      '2026-11-19',
      ['the waiver CHG-1234 for name * expires on 2026-11-19, the report day; 1 resource will count again'],
    ],
    ['2026-11-18', []],
  ])('is announced 14 days before: on 2026-11-19, %s is %j', async (expires, words) => {
    const report = await reportOf({ waivers: [waiverRule({ expires })] });
    expect(findingsAbout(report, 'waiver-expiring')).toEqual(words);
  });
});

describe('a waiver that holds for', () => {
  it('no resource is a finding', async () => {
    const report = await reportOf({ waivers: [waiverRule({ match: { name: ['GONE_*'] }, ticket: null })] });
    expect(report.waivers[0]).toMatchObject({ state: 'unmatched', resources: [] });
    expect(report.findings).toEqual([
      {
        kind: 'waiver-matches-nothing',
        subject: 'decommissioned at the end of the year',
        words: 'the waiver for name GONE_* matches no resource: correct its match or remove it',
      },
    ]);
    expect(report.totals.waived).toBe(0);
  });

  it('no resource, and has expired, is expired', async () => {
    const waivers = [waiverRule({ match: { name: ['GONE_*'] }, expires: '2026-11-18' })];
    const report = await reportOf({ waivers });
    expect(report.waivers[0]).toMatchObject({ state: 'expired', resources: [] });
    expect(report.findings.map(({ kind }) => kind)).toEqual(['waiver-expired']);
  });

  it.each<[words: string, matching: number, of: number, share: number, findings: string[]]>([
    ['less than the share', 1, 6, 0.2, []],
    ['exactly the share', 1, 5, 0.2, []],
    [
      'more than the share',
      2,
      6,
      0.2,
      [
        'the waiver CHG-1234 for name LEGACY_* holds for 2 of 6 resources, 33.3 % of the population; more than 20 % is too much for a waiver',
      ],
    ],
    [
      'anything where nothing may be waived',
      1,
      1,
      0,
      [
        'the waiver CHG-1234 for name LEGACY_* holds for 1 of 1 resource, 100 % of the population; more than 0 % is too much for a waiver',
      ],
    ],
  ])('%s is over-broad or not', async (_words, matching, of, maxWaivedShare, findings) => {
    const names = Array.from({ length: of }, (_, index) => `${index < matching ? 'LEGACY' : 'DB'}_${index}`);
    const waivers = [waiverRule({ match: { name: ['LEGACY_*'] } })];
    const report = await reportOf({ names, waivers, maxWaivedShare });
    expect(findingsAbout(report, 'waiver-over-broad')).toEqual(findings);
    expect(report.totals.waived).toBe(matching);
  });

  it('too much of the estate, but has expired, is not over-broad any more', async () => {
    const waivers = [waiverRule({ expires: '2026-11-18' })];
    expect(findingsAbout(await reportOf({ waivers, maxWaivedShare: 0.2 }), 'waiver-over-broad')).toEqual([]);
  });
});

describe('several waivers of one resource', () => {
  it('are all listed with it; the first that has not expired is the one that it carries', async () => {
    const waivers = [
      waiverRule({ ticket: 'CHG-1', expires: '2026-11-18' }),
      waiverRule({ ticket: 'CHG-2', expires: '2027-06-30' }),
      waiverRule({ ticket: 'CHG-3', expires: '2027-12-31' }),
    ];
    const report = await reportOf({ waivers });
    expect(report.resources[0]?.waiver?.ticket).toBe('CHG-2');
    expect(report.totals).toMatchObject({ expected: 1, waived: 1, waivedBad: 1 });
    expect(report.waivers.map(({ ticket, state, resources }) => [ticket, state, resources.length])).toEqual([
      ['CHG-1', 'expired', 1],
      ['CHG-2', 'active', 1],
      ['CHG-3', 'active', 1],
    ]);
  });

  it('that have all expired are none', async () => {
    const waivers = [waiverRule({ expires: '2026-11-18' }), waiverRule({ expires: '2026-11-17' })];
    const report = await reportOf({ waivers });
    expect(report.resources[0]?.waiver).toBeNull();
    expect(findingsAbout(report, 'waiver-expired')).toHaveLength(2);
  });
});
