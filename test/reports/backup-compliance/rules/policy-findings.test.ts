import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../src/base/civil-dates.js';
import type { Inventory } from '../../../../src/ports/inventory.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import type { Rules } from '../../../../src/reports/backup-compliance/rules/rule-book.js';
import { fixedInventory, judge, judgeDays } from '../../../support/judge-day.js';
import { backupOf, databaseNamed } from '../../../support/named-databases.js';
import { rawEvent } from '../../../support/raw-event.js';
import { policyRule } from '../../../support/rules.js';

const today = '2026-11-19';

function terminated(name: string, time: string): unknown {
  return rawEvent({
    type: 'databaseservice.database.terminate.end',
    time,
    resourceId: `ocid1.database.oc1.iad.${name.toLowerCase()}`,
    details: { lifecycleState: 'TERMINATED' },
  });
}

async function reportOf(
  names: readonly string[],
  rules: Partial<Rules>,
  events: readonly unknown[] = [],
): Promise<DailyReport> {
  const inventory = fixedInventory(names.map((name) => databaseNamed(name)));
  return (await judge(events, today, { rules, inventory })).report;
}

function namesOf(list: readonly { readonly resourceName: string }[]): string[] {
  return list.map(({ resourceName }) => resourceName);
}

describe('a policy that', () => {
  it('matches nothing is a finding', async () => {
    const policies = [policyRule({ match: { resourceType: ['volume'], name: ['*_PRD', '*_PROD'] } })];
    const { findings } = await reportOf(['SALES'], { policies });
    expect(findings).toEqual([
      {
        kind: 'policy-matches-nothing',
        subject: 'production-databases',
        words:
          'policy production-databases matches no resource (type volume, name *_PRD or *_PROD): correct its match or remove it',
      },
    ]);
  });

  it('is shadowed by earlier ones is a finding that names them', async () => {
    const policies = [
      policyRule({ name: 'sales', match: { name: ['SALES*'] } }),
      policyRule({ name: 'hr', match: { name: ['HR*'] } }),
      policyRule({ name: 'sales-and-hr', match: { name: ['SALES*', 'HR*'] } }),
      policyRule({ name: 'hr-production', match: { name: ['HR_PRD'] } }),
    ];
    const { findings } = await reportOf(['SALES_PRD', 'HR_PRD', 'OTHER'], { policies });
    expect(findings).toEqual([
      {
        kind: 'policy-shadowed',
        subject: 'sales-and-hr',
        words:
          'policy sales-and-hr is never applied: the 2 resources that it matches have an earlier policy (sales, hr); move it up or remove it',
      },
      {
        kind: 'policy-shadowed',
        subject: 'hr-production',
        words:
          'policy hr-production is never applied: the 1 resource that it matches has an earlier policy (hr); move it up or remove it',
      },
    ]);
  });

  it('is shadowed for some resources only is none', async () => {
    const policies = [
      policyRule({ name: 'sales', match: { name: ['SALES*'] } }),
      policyRule({ name: 'all' }),
    ];
    expect((await reportOf(['SALES', 'HR'], { policies })).findings).toEqual([]);
  });

  it('matches only what is excluded matches nothing', async () => {
    const policies = [policyRule({ match: { name: ['X_*'] } })];
    const excludes = [{ match: { name: ['X_*'] }, reason: 'rebuilt nightly' }];
    const { findings } = await reportOf(['X_1', 'Y'], { policies, excludes });
    expect(findings.map(({ kind }) => kind)).toEqual(['policy-matches-nothing']);
  });
});

describe('an exclude rule', () => {
  const excludes = [{ match: { name: ['*_SANDBOX'] }, reason: 'rebuilt nightly' }];

  it('takes resources out of what is expected; they are listed and counted', async () => {
    const names = ['SALES', 'A_SANDBOX', 'B_SANDBOX'];
    const report = await reportOf(names, { excludes }, [backupOf('SALES'), backupOf('B_SANDBOX')]);
    expect(namesOf(report.resources)).toEqual(['SALES']);
    expect(report.totals).toMatchObject({ expected: 1, excluded: 2, compliant: 1, compliancePercent: 100 });
    expect(
      report.excludedResources.map(({ resourceName, reason, outcome, attempts }) => [
        resourceName,
        reason,
        outcome,
        attempts,
      ]),
    ).toEqual([
      ['A_SANDBOX', 'excluded: rebuilt nightly', 'NOT_DUE', 0],
      ['B_SANDBOX', 'excluded: rebuilt nightly', 'SUCCEEDED', 1],
    ]);
    expect(report.findings).toEqual([]);
  });

  it('holds for what the inventory does not name, too', async () => {
    const report = await reportOf(['SALES'], { excludes }, [backupOf('A_SANDBOX'), backupOf('OTHER')]);
    expect(namesOf(report.excludedResources)).toEqual(['A_SANDBOX']);
    expect(namesOf(report.notInInventory)).toEqual(['OTHER']);
    expect(report.findings).toEqual([]);
  });

  it('holds for what is observed, and goes on holding when it falls silent', async () => {
    const reports = await judgeDays([today, '2026-11-20', '2026-12-19'], () => ({
      rules: { excludes },
      records: [backupOf('A_SANDBOX'), backupOf('SALES')],
    }));
    for (const { report } of reports) {
      expect(namesOf(report.resources)).toEqual(['SALES']);
      expect(namesOf(report.excludedResources)).toEqual(['A_SANDBOX']);
    }
  });

  it('that matches nothing is a finding', async () => {
    const { findings } = await reportOf(['SALES'], { excludes });
    expect(findings).toEqual([
      {
        kind: 'exclude-matches-nothing',
        subject: 'rebuilt nightly',
        words: 'the exclude rule for name *_SANDBOX matches no resource: correct its match or remove it',
      },
    ]);
  });

  it('is not applied to a backup that names no resource', async () => {
    const event = rawEvent({
      type: 'postgresql.createbackup.end',
      time: `${today}T03:00:00Z`,
      resourceId: 'ocid1.postgresqlbackup.oc1.iad.p1',
      details: { lifecycleState: 'ACTIVE' },
    });
    const everything = [{ match: { name: ['*'] }, reason: 'all of it' }];
    const { resources } = await reportOf(['SALES'], { excludes: everything }, [event]);
    expect(namesOf(resources)).toEqual(['resource unknown (p1)']);
  });
});

describe('a resource that the inventory does not name', () => {
  it('is listed with what was seen of it, and not judged', async () => {
    const report = await reportOf(['SALES'], {}, [backupOf('SALES'), backupOf('ROGUE')]);
    expect(report.totals).toMatchObject({ expected: 1, compliant: 1 });
    expect(report.notInInventory).toEqual([
      expect.objectContaining({
        resourceId: 'ocid1.database.oc1.iad.rogue',
        resourceType: 'database',
        resourceName: 'ROGUE',
        reason: 'not in the inventory',
        outcome: 'SUCCEEDED',
        attempts: 1,
        lastSuccessTime: `${today}T02:00:00.000Z`,
      }),
    ]);
  });

  it('stays listed for the look-back after it was last seen', async () => {
    const dates = [0, 1, 7, 8].map((days) => addDays(today, days));
    const reports = await judgeDays(dates, () => ({
      records: [backupOf('ROGUE')],
      inventory: fixedInventory([databaseNamed('SALES')]),
    }));
    expect(reports.map(({ report }) => namesOf(report.notInInventory))).toEqual([
      ['ROGUE'],
      ['ROGUE'],
      ['ROGUE'],
      [],
    ]);
  });

  it('is judged, and remembers its last success, from the day on that the inventory names it', async () => {
    const [, next] = await judgeDays([today, '2026-11-20'], (date) => ({
      records: [backupOf('ROGUE')],
      inventory: fixedInventory([databaseNamed(date === today ? 'SALES' : 'ROGUE')]),
    }));
    expect(next?.report.resources).toEqual([
      expect.objectContaining({
        resourceName: 'ROGUE',
        outcome: 'MISSED',
        lastSuccessTime: `${today}T02:00:00.000Z`,
      }),
    ]);
  });
});

/** Names SALES and OLD today, SALES alone on other days. */
function inventoryOf(date: string): Inventory {
  return fixedInventory([databaseNamed('SALES'), databaseNamed('OLD')].slice(0, date === today ? 2 : 1));
}

describe('a resource that the inventory names no more', () => {
  const dates = [0, 1, 2, 8, 14, 15].map((days) => addDays(today, days));

  it('has left: listed with its last day for two weeks, and a finding on the first', async () => {
    const reports = await judgeDays(dates, (date) => ({
      records: [backupOf('OLD')],
      inventory: inventoryOf(date),
    }));
    const [first, second, third] = reports.map(({ report }) => report);
    expect(namesOf(first?.resources ?? [])).toEqual(['SALES', 'OLD']);
    expect(first?.formerResources).toEqual([]);
    expect(namesOf(second?.resources ?? [])).toEqual(['SALES']);
    expect(second?.formerResources).toEqual([
      {
        resourceId: 'ocid1.database.oc1.iad.old',
        resourceType: 'database',
        resourceName: 'OLD',
        lastDay: today,
        reason: 'not in the inventory any more',
        terminatedTime: null,
      },
    ]);
    expect(second?.findings).toEqual([
      {
        kind: 'left-inventory',
        subject: 'OLD',
        words: `OLD (database) is not in the inventory any more; it was judged for the last time on ${today}`,
      },
    ]);
    expect(third?.findings).toEqual([]);
    expect(third?.formerResources).toEqual(second?.formerResources);
    expect(reports.map(({ report }) => report.formerResources.length)).toEqual([0, 1, 1, 1, 1, 0]);
  });

  it('is told as resolved by having left, where it was bad', async () => {
    const [, second] = await judgeDays([today, '2026-11-20'], (date) => ({ inventory: inventoryOf(date) }));
    expect(second?.report.followUp.resolved).toEqual([
      expect.objectContaining({
        resourceName: 'OLD',
        compliance: null,
        badDays: 1,
        words: 'not in the inventory any more',
      }),
    ]);
  });

  it('is judged again as soon as the inventory names it again', async () => {
    const reports = await judgeDays([today, '2026-11-20', '2026-11-21'], (date) => ({
      records: [backupOf('OLD')],
      inventory: inventoryOf(date === '2026-11-21' ? today : date),
    }));
    const last = reports.at(-1)?.report;
    expect(last?.formerResources).toEqual([]);
    expect(last?.resources.find(({ resourceName }) => resourceName === 'OLD')).toMatchObject({
      outcome: 'MISSED',
      lastSuccessTime: `${today}T02:00:00.000Z`,
    });
  });
});

describe('a terminated resource', () => {
  const sales = databaseNamed('SALES');
  const terminatedTime = '2026-11-20T09:00:00.000Z';
  const events = [backupOf('SALES'), terminated('SALES', terminatedTime)];

  it('leaves on the day after with its last day, even while the inventory still names it', async () => {
    const dates = ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22', '2026-12-22'];
    const reports = await judgeDays(dates, () => ({
      records: events,
      inventory: fixedInventory([sales, databaseNamed('HR')]),
    }));
    const former = {
      resourceId: 'ocid1.database.oc1.iad.sales',
      resourceType: 'database',
      resourceName: 'SALES',
      lastDay: '2026-11-20',
      reason: 'terminated',
      terminatedTime,
    };
    expect(reports.map(({ report }) => report.formerResources)).toEqual([
      [],
      [],
      [former],
      [former],
      [former],
    ]);
    expect(reports.map(({ report }) => report.totals.expected)).toEqual([2, 2, 1, 1, 1]);
    const lastDay = reports[1]?.report.resources.find(({ resourceName }) => resourceName === 'SALES');
    expect(lastDay).toMatchObject({ outcome: 'NOT_DUE', compliance: 'NOT_APPLICABLE' });
    expect(lastDay?.controls['recovery-point-age'].reason).toBe('terminated at 2026-11-20 09:00 UTC');
    expect(
      reports.flatMap(({ report }) => report.findings).filter(({ subject }) => subject === 'SALES'),
    ).toEqual([]);
  });

  it('leaves at once, and without a finding, when the inventory names it no more', async () => {
    const [, last] = await judgeDays(['2026-11-19', '2026-11-20'], (date) => ({
      records: events,
      inventory: fixedInventory([date === '2026-11-19' ? sales : databaseNamed('HR')]),
    }));
    expect(last?.report.formerResources).toEqual([
      expect.objectContaining({ lastDay: '2026-11-19', reason: 'terminated', terminatedTime }),
    ]);
    expect(last?.report.findings).toEqual([]);
  });

  it('is judged on its last day by the backups that it had', async () => {
    const failed = backupOf('SALES', { time: '2026-11-20T02:00:00Z', state: 'FAILED' });
    const { report } = await judge([...events, failed], '2026-11-20', { inventory: fixedInventory([sales]) });
    expect(report.resources[0]).toMatchObject({ outcome: 'FAILED', compliance: 'NON_COMPLIANT' });
  });

  it('leaves an observed population likewise', async () => {
    const dates = ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'];
    const reports = await judgeDays(dates, () => ({ records: [...events, backupOf('HR')] }));
    expect(reports.map(({ report }) => report.totals.expected)).toEqual([2, 2, 1, 1]);
    expect(reports.map(({ report }) => report.formerResources.map(({ lastDay }) => lastDay))).toEqual([
      [],
      [],
      ['2026-11-20'],
      ['2026-11-20'],
    ]);
  });

  it('is judged again when backups are made of it again', async () => {
    const dates = ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'];
    const reports = await judgeDays(dates, () => ({
      records: [...events, backupOf('SALES', { time: '2026-11-22T02:00:00Z' })],
      inventory: fixedInventory([sales]),
    }));
    expect(reports.map(({ report }) => report.resources.map(({ outcome }) => outcome))).toEqual([
      ['SUCCEEDED'],
      ['NOT_DUE'],
      [],
      ['SUCCEEDED'],
      ['MISSED'],
    ]);
  });
});
