import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../../src/base/time-units.js';
import type { ProtectedResource } from '../../../../src/model/protected-resource.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import type { Match } from '../../../../src/reports/backup-compliance/model/match.js';
import type { PolicyRule } from '../../../../src/reports/backup-compliance/model/policy.js';
import { fixedInventory, judge } from '../../../support/judge-day.js';
import { backupOf, databaseNamed } from '../../../support/named-databases.js';
import { databaseEvent, volumeEvent } from '../../../support/raw-event.js';
import { policyRule, waiverRule } from '../../../support/rules.js';

const today = '2026-11-19';

const sales: Partial<ProtectedResource> = {
  resourceId: 'ocid1.database.oc1.iad.sales',
  resourceType: 'database',
  resourceName: 'SALES_PRD',
  compartmentName: 'root/emea/production',
  owner: null,
  tags: { env: 'prod', 'Operations.Tier': '1' },
};

async function reportOf(
  resources: readonly Partial<ProtectedResource>[],
  policies: readonly PolicyRule[],
): Promise<DailyReport> {
  const { report } = await judge([], today, { rules: { policies }, inventory: fixedInventory(resources) });
  return report;
}

/** Name of a resource -> name of its policy. */
function policiesIn({ resources }: DailyReport): Record<string, string> {
  return Object.fromEntries(resources.map(({ resourceName, policy }) => [resourceName, policy]));
}

describe('a policy is for', () => {
  it.each<[match: Match, applies: boolean]>([
    [{ resourceType: ['database'] }, true],
    [{ resourceType: ['volume', 'database'] }, true],
    [{ resourceType: ['*database'] }, true],
    [{ resourceType: ['autonomous-database'] }, false],
    [{ compartment: ['production'] }, true],
    [{ compartment: ['prod*'] }, true],
    [{ compartment: ['root/emea/*'] }, true],
    [{ compartment: ['emea'] }, false],
    [{ name: ['*_PRD'] }, true],
    [{ name: ['sales_???'] }, true],
    [{ name: ['SALES'] }, false],
    [{ tags: { env: 'prod' } }, true],
    [{ tags: { env: 'p*', 'operations.tier': '1' } }, true],
    [{ tags: { env: 'test' } }, false],
    [{ tags: { env: 'prod', backup: '*' } }, false],
    [{ resourceId: ['OCID1.Database.oc1.iad.sales'] }, true],
    [{ resourceId: ['ocid1.database.oc1.fra.*'] }, false],
    [{ resourceType: ['database'], compartment: ['prod*'], name: ['*'], tags: { env: 'prod' } }, true],
    [{ resourceType: ['database'], compartment: ['prod*'], name: ['*'], tags: { env: 'dev' } }, false],
    [{ resourceType: ['database'], compartment: ['test'], name: ['*'] }, false],
  ])('%j: %s', async (match, applies) => {
    const report = await reportOf([sales], [policyRule({ match })]);
    expect(policiesIn(report)).toEqual({ SALES_PRD: applies ? 'production-databases' : 'default' });
    expect(report.policies.map(({ name, resources }) => [name, resources])).toEqual([
      ['production-databases', applies ? 1 : 0],
      ['default', applies ? 0 : 1],
    ]);
  });

  it('what its events tell of a resource, where no inventory does', async () => {
    const events = [
      databaseEvent('end', `${today}T02:00:00Z`, { data: { freeformTags: { env: 'prod' } } }),
      volumeEvent('end', `${today}T02:00:00Z`, { data: { compartmentName: 'test' } }),
    ];
    const policies = [
      policyRule({ name: 'by tag', match: { tags: { env: 'prod' } } }),
      policyRule({ name: 'by compartment', match: { compartment: ['test'] } }),
    ];
    const { report } = await judge(events, today, { rules: { policies } });
    expect(policiesIn(report)).toEqual({ ERPPRD_iad1kq: 'by tag', data01: 'by compartment' });
  });
});

describe('of several policies', () => {
  const resources = [
    sales,
    { ...sales, resourceId: 'ocid1.database.oc1.iad.hr', resourceName: 'HR_TST' },
    { ...sales, resourceId: 'ocid1.volume.oc1.iad.v', resourceName: 'data01', resourceType: 'volume' },
  ];
  const production = policyRule({ name: 'production', match: { name: ['*_PRD'] }, maxAgeMs: 4 * hourMs });
  const databases = policyRule({ name: 'databases', match: { resourceType: ['database'] } });

  it('the first that matches applies, else the default policy', async () => {
    const report = await reportOf(resources, [production, databases]);
    expect(policiesIn(report)).toEqual({ SALES_PRD: 'production', HR_TST: 'databases', data01: 'default' });
  });

  it('the order decides', async () => {
    const report = await reportOf(resources, [databases, production]);
    expect(policiesIn(report)).toEqual({ SALES_PRD: 'databases', HR_TST: 'databases', data01: 'default' });
  });

  it('each is in the report as it was applied, with the number of its resources', async () => {
    const { policies } = await reportOf(resources, [
      { ...production, owner: 'dba@example.com', severity: 'critical', minRetentionMs: 35 * 24 * hourMs },
      policyRule({
        name: 'volumes',
        match: { resourceType: ['volume'], tags: { env: '*' } },
        cadence: 'assigned',
      }),
    ]);
    expect(policies).toEqual([
      {
        name: 'production',
        match: 'name *_PRD',
        cadence: 'daily',
        maxAge: '4 h',
        maxDuration: '12 h',
        minRetention: '35 d',
        maxRestoreAge: null,
        severity: 'critical',
        owner: 'dba@example.com',
        resources: 1,
      },
      expect.objectContaining({
        name: 'volumes',
        match: 'type volume, tag env=*',
        cadence: 'as assigned in OCI, else daily',
        resources: 1,
      }),
      expect.objectContaining({ name: 'default', match: 'everything else', maxAge: '26 h', resources: 1 }),
    ]);
  });
});

describe('who owns a resource', () => {
  it('says the inventory, else the policy', async () => {
    const resources = [
      { ...sales, owner: 'sales@example.com' },
      { ...sales, resourceId: 'ocid1.database.oc1.iad.hr', resourceName: 'HR_PRD' },
      { ...sales, resourceId: 'ocid1.database.oc1.iad.x', resourceName: 'X' },
    ];
    const match = { name: ['*_PRD'] };
    const report = await reportOf(resources, [policyRule({ match, owner: 'dba-oncall@example.com' })]);
    const owners = report.resources.map(({ resourceName, owner }) => [resourceName, owner]);
    expect(Object.fromEntries(owners)).toEqual({
      SALES_PRD: 'sales@example.com',
      HR_PRD: 'dba-oncall@example.com',
      X: null,
    });
  });
});

describe('the order of resources', () => {
  const severities = ['low', 'critical', 'medium', 'high'] as const;
  it('is by severity among those that are not compliant, waived ones after the others', async () => {
    const names = [...severities, 'waived-critical', 'good-critical'];
    const { report } = await judge([backupOf('good-critical')], today, {
      rules: {
        policies: severities.map((severity) =>
          policyRule({ name: severity, severity, match: { name: [`*${severity}`] } }),
        ),
        waivers: [waiverRule({ match: { name: ['waived-*'] } })],
      },
      inventory: fixedInventory(names.map((name) => databaseNamed(name))),
    });
    expect(report.resources.map(({ resourceName, severity }) => [resourceName, severity])).toEqual([
      ['critical', 'critical'],
      ['high', 'high'],
      ['medium', 'medium'],
      ['low', 'low'],
      ['waived-critical', 'critical'],
      ['good-critical', 'critical'],
    ]);
  });

  it('is by outcome among those of one severity, then by name, and the good ones stand last', async () => {
    const events = [
      backupOf('good'),
      backupOf('b-failed', { state: 'FAILED' }),
      backupOf('odd', { state: 'QUIESCED' }),
    ];
    const names = ['good', 'b-failed', 'odd', 'B-missed', 'a-missed', 'c-missed'];
    const { report } = await judge(events, today, {
      rules: { policies: [policyRule()] },
      inventory: fixedInventory(names.map((name) => databaseNamed(name))),
    });
    expect(report.resources.map(({ resourceName, outcome }) => `${resourceName} ${outcome}`)).toEqual([
      'b-failed FAILED',
      'a-missed MISSED',
      'B-missed MISSED',
      'c-missed MISSED',
      'odd UNKNOWN',
      'good SUCCEEDED',
    ]);
  });
});
