import { describe, expect, it } from 'vitest';
import type { PeriodHead } from '../../../src/model/period-head.js';
import { activityPeriods } from '../../../src/reports/database-activity/activity-periods.js';
import { createDatabaseActivity } from '../../../src/reports/database-activity/database-activity.js';
import { classifyActivity } from '../../../src/reports/database-activity/facts/classify-activity.js';
import { coverageOf } from '../../../src/reports/database-activity/facts/coverage.js';
import { activityFile } from '../../../src/reports/database-activity/model/activity.js';
import type { ActivityReport } from '../../../src/reports/database-activity/model/activity-report.js';
import { activityDays, activityPlan, activityToday } from '../../support/activity-day.js';
import { makeActivityDemo } from '../../support/activity-demo.js';
import { asCommandLine, dataSafeEvent } from '../../support/data-safe-events.js';
import { databaseEvent } from '../../support/raw-event.js';

const day = { startMs: Date.parse('2026-11-19T00:00:00Z'), cutOffMs: Date.parse('2026-11-20T00:00:00Z') };
const at = (time: string, fields: object = {}) =>
  dataSafeEvent({ id: `e${time}`, auditEventTime: `2026-11-19T${time}:00.000Z`, ...fields });
const lateEvent = (id: string, date: string) =>
  dataSafeEvent({ id, auditEventTime: `${date}T10:00:00Z`, timeCollected: '2026-11-19T12:00:00Z' });
const trail = (fields: object = {}) => ({
  id: 't1',
  targetId: 'ocid1.datasafetargetdatabase.oc1..erp',
  trailLocation: 'UNIFIED_AUDIT_TRAIL',
  status: 'COLLECTING',
  timeLastCollected: '2026-11-20T03:00:00Z',
  timeRead: '2026-11-20T06:00:00Z',
  ...fields,
});

describe('what an event is', () => {
  const failure = 'FAILURE';
  it.each([
    ['LOGON', failure, { isFailedLogin: true, list: 'failedLogins' }],
    ['LOGON', 'SUCCESS', { isFailedLogin: false, list: null }],
    ['LOGON', undefined, { isFailedLogin: true, result: 'unknown', list: 'failedLogins' }],
    ['GRANT', 'SUCCESS', { isGrant: true, isPrivileged: true, list: 'grants' }],
    ['REVOKE', failure, { isGrant: true, isPrivileged: true, list: 'grants' }],
    ['ALTER USER', 'SUCCESS', { isPrivileged: true, list: 'privileged' }],
    ['DROP USER', 'SUCCESS', { isPrivileged: true, isDrop: true, list: 'privileged' }],
    ['CREATE ROLE', failure, { isPrivileged: true, list: 'privileged' }],
    ['ALTER SYSTEM', 'SUCCESS', { isPrivileged: true, list: 'privileged' }],
    ['CREATE AUDIT POLICY', 'SUCCESS', { isPrivileged: true, isAuditingOff: false, list: 'privileged' }],
    ['NOAUDIT', 'SUCCESS', { isAuditingOff: true, isPrivileged: true, list: 'auditingOff' }],
    ['NOAUDIT', failure, { isAuditingOff: false, list: 'privileged' }],
    ['DROP AUDIT POLICY', undefined, { isAuditingOff: true, list: 'auditingOff' }],
    ['DROP TABLE', 'SUCCESS', { isDrop: true, isPrivileged: false, list: 'drops' }],
    ['TRUNCATE TABLE', failure, { isDrop: true, list: 'drops' }],
    ['SELECT', failure, { isPrivileged: false, list: 'failures' }],
    ['SELECT', 'SUCCESS', { list: null }],
    ['CREATE TABLE', 'SUCCESS', { isPrivileged: false, list: null }],
  ])('%s with %s', (eventName, operationStatus, found) => {
    expect(classifyActivity({ eventName, operation: eventName, operationStatus })).toMatchObject(found);
  });

  it('is told by the short name and the kind of object where there is no long one', () => {
    const event = { operation: 'DROP', objectType: 'USER', operationStatus: 'SUCCESS' };
    expect(classifyActivity(event)).toMatchObject({ isPrivileged: true, isDrop: true });
  });

  it('is privileged whatever it did in the trail of Database Vault', () => {
    expect(classifyActivity({ eventName: 'X', auditType: 'DATABASE_VAULT' }).isPrivileged).toBe(true);
  });
});

describe('whether a target was collected', () => {
  const known = {
    id: 't',
    targetId: 't',
    targetName: null,
    location: 'U',
    status: 'COLLECTING',
    displayName: null,
    collectsFromMs: null,
    lastCollectedMs: day.cutOffMs,
    readMs: null,
    onlineMonths: null,
  };
  it.each([
    ['to the cut-off', {}, false, 'collected'],
    ['to the cut-off, and stopped since', { status: 'STOPPED' }, false, 'collected'],
    ['to a moment before the cut-off', { lastCollectedMs: day.cutOffMs - 1 }, true, 'partial'],
    ['to the beginning of the day', { lastCollectedMs: day.startMs }, false, 'no-data'],
    ['to the beginning, yet events came', { lastCollectedMs: day.startMs }, true, 'partial'],
    ['from within the day on', { collectsFromMs: day.startMs + 1 }, true, 'partial'],
    ['from the next day on', { collectsFromMs: day.cutOffMs }, false, 'no-data'],
    ['until when is not told', { lastCollectedMs: null }, true, 'unknown'],
    ['never, as far as is told', { lastCollectedMs: null, status: 'NOT_STARTED' }, false, 'no-data'],
    ['stopped, until when is not told', { lastCollectedMs: null, status: 'STOPPED' }, false, 'no-data'],
  ])('%s', (_words, fields, hasEvents, state) => {
    expect(coverageOf([{ ...known, ...fields }], day, hasEvents).state).toBe(state);
  });

  it('is what the best of its trails tells; without any nothing tells', () => {
    const stopped = { ...known, status: 'STOPPED', lastCollectedMs: null };
    expect(coverageOf([stopped, known], day, false).state).toBe('collected');
    expect(coverageOf([], day, true).state).toBe('unknown');
  });
});

describe('a day', () => {
  it('is the same from the service, from the command line, and from both', async () => {
    const events = [at('01:00'), at('02:00', { eventName: 'GRANT', commandText: 'grant dba to a' })];
    const made = await Promise.all(
      [
        [...events, trail()],
        [{ data: { items: events.map(asCommandLine) } }, trail()],
        [...events, ...events.map(asCommandLine), trail()],
      ].map(async (records) => {
        const days = activityDays();
        const { report } = await days.make(records);
        return { totals: report.totals, lines: await days.linesOf(activityFile) };
      }),
    );
    expect(made[1]).toEqual(made[0]);
    expect(made[2]).toEqual(made[0]);
    expect(made[0]?.totals).toMatchObject({ records: 2, failedLogins: 1, privileged: 1, grants: 1 });
  });

  it('of a target that was not collected is no data, never no activity', async () => {
    const { report } = await activityDays().make([
      trail({ status: 'STOPPED', timeLastCollected: '2026-11-18T20:00:00Z' }),
    ]);
    expect(report.status).toBe('INCOMPLETE');
    expect(report.statusReasons[0]).toContain('no data, which is not the same as no activity');
    expect(report.targets).toMatchObject([{ collection: 'no-data', records: 0 }]);
  });

  it('of a target that was collected and did nothing is whole and quiet', async () => {
    const { report } = await activityDays().make([trail()]);
    expect(report).toMatchObject({ status: 'COMPLETE', totals: { records: 0, targets: 1, withoutData: 0 } });
    const { kind } = activityPlan;
    expect(kind.standingOf(report)).toMatchObject({ level: 'good', verdict: 'ROUTINE' });
  });

  it('shows a silent target by the name that its trail was read with, else by its OCID; it can be excluded by it', async () => {
    const quietTrail = {
      id: 'ocid1.datasafeaudittrail.oc1..q',
      targetId: 'ocid1.datasafetargetdatabase.oc1..quiet',
      trailLocation: 'UNIFIED_AUDIT_TRAIL',
      status: 'COLLECTING',
      timeLastCollected: '2026-11-30T00:00:00.000Z',
    };
    const named = await activityDays().make([{ ...quietTrail, targetName: 'hr-quiet' }]);
    expect(named.report.targets).toMatchObject([
      { targetName: 'hr-quiet', records: 0, collection: 'collected' },
    ]);
    const unnamed = await activityDays().make([quietTrail]);
    expect(unnamed.report.targets).toMatchObject([{ targetName: null, targetId: quietTrail.targetId }]);
  });

  it('without events and trails proves nothing', async () => {
    const { report } = await activityDays().make([]);
    expect(report.status).toBe('INCOMPLETE');
    expect(report.statusReasons[0]).toContain(
      'nobody knows whether nothing happened or nothing was collected',
    );
  });

  it('with events and no word of trails is told, and never green', async () => {
    const { report } = await activityDays().make([at('01:00', { operationStatus: 'SUCCESS' })]);
    expect(report.status).toBe('COMPLETE');
    expect(activityPlan.kind.standingOf(report)).toMatchObject({ level: 'warning', verdict: 'REVIEW' });
    expect(report.findings.map(({ kind }) => kind)).toEqual(['trail']);
  });

  it('does not ask for a target that the plan excludes', async () => {
    const exclude = [{ target: 'OCID1.DATASAFETARGETDATABASE.OC1..ERP', reason: 'rebuilt nightly' }];
    const plan = { ...activityPlan, kind: createDatabaseActivity({ exclude, reconcileDays: 3 }) };
    const { report } = await activityDays(plan).make([trail({ status: 'STOPPED', timeLastCollected: null })]);
    expect(report).toMatchObject({ status: 'COMPLETE', targets: [{ excluded: 'rebuilt nightly' }] });
  });

  it('names what arrived late: days that the schedule makes again, and older ones with what to do', async () => {
    const told = dataSafeEvent({
      id: 'x',
      auditEventTime: '2026-11-01T10:00:00Z',
      timeCollected: '2026-11-01T12:00:00Z',
    });
    const records = [
      lateEvent('a', '2026-11-17'),
      lateEvent('b', '2026-11-10'),
      lateEvent('c', '2026-11-12'),
      lateEvent('b', '2026-11-10'),
      told,
    ];
    const { report } = await activityDays().make([...records, trail()]);
    expect(report.lateDays).toEqual([
      { date: '2026-11-10', records: 1, revised: false },
      { date: '2026-11-12', records: 1, revised: false },
      { date: '2026-11-17', records: 1, revised: true },
    ]);
    expect(report.controlTotals).toMatchObject({ outside: 5 });
    expect(report.findings[0]?.words).toContain('backup-report backfill --from 2026-11-10 --to 2026-11-12');
  });

  it('ignores records of other services, by type', async () => {
    const { report } = await activityDays().make([databaseEvent('end', '2026-11-19T02:00:00Z'), trail()]);
    expect(report.controlTotals).toMatchObject({ ignored: 1, used: 1 });
    expect(report.otherTypes).toMatchObject([{ records: 1 }]);
  });

  it('counts two events with one id as two, and says so', async () => {
    const { report } = await activityDays().make([
      at('01:00', { id: 'same' }),
      at('02:00', { id: 'same' }),
      trail(),
    ]);
    expect(report.totals.records).toBe(2);
    expect(report.findings.map(({ kind }) => kind)).toEqual(['shared-id']);
  });

  it('has no password in anything that is archived', async () => {
    const secret = 'S3cretPw';
    const days = activityDays();
    await days.make([
      at('01:00', { eventName: 'ALTER USER', commandText: `alter user a identified by "${secret}"` }),
      at('02:00', { commandText: 'begin p(password => :1); end;', commandParam: ` #1(8):${secret}` }),
      at('03:00', { id: null, commandText: `connect a/${secret}@db` }),
      { list: [{ auditEventTime: 'never', note: `identified by ${secret}` }] },
    ]);
    for (const name of [activityFile, 'events.ndjson.gz']) {
      expect(JSON.stringify(await days.linesOf(name))).not.toContain(secret);
    }
  });
});

describe('a revision', () => {
  it('is made where something arrived late, and tells what is new', async () => {
    const days = activityDays();
    await days.make([at('01:00'), trail()]);
    const again = await days.make([at('01:00'), trail({ timeRead: '2026-11-21T06:00:00Z' })]);
    expect(again.revision).toBe(1);
    const revised = await days.make([at('01:00'), at('02:00'), trail()]);
    expect(revised.revision).toBe(2);
    expect(revised.report.totals).toMatchObject({ records: 2, failedLogins: 2 });
  });

  it('never knows less', async () => {
    const days = activityDays();
    await days.make([at('01:00'), at('02:00'), trail()]);
    const later = await days.make([at('03:00'), trail()]);
    expect(later.report.totals.records).toBe(3);
  });
});

const contentDigest = async (): Promise<string> => '0'.repeat(64);

describe('a report that another version archived', () => {
  it.each([
    ['another version of the digest', activityPlan.kind.contentDigestVersion + 1, 1],
    ['this version, and says something else', activityPlan.kind.contentDigestVersion, 2],
  ])('with %s: an upgrade by itself revises nothing', async (_name, contentDigestVersion, revisions) => {
    const plan = { ...activityPlan };
    const days = activityDays(plan);
    Object.assign(plan, { kind: { ...activityPlan.kind, contentDigestVersion, contentDigest } });
    await days.make([at('01:00')]);
    Object.assign(plan, { kind: activityPlan.kind });
    await days.make([at('01:00')]);
    const made = days.archive.keys().filter((key) => key.endsWith('/manifest.json'));
    expect(made).toHaveLength(revisions);
  });
});

describe('verify', () => {
  const audit = activityPlan.kind.audit;
  const differences = (report: ActivityReport, lines: readonly object[]): readonly string[] => {
    const open = audit?.openLines(activityFile, report);
    for (const line of lines) open?.take(line);
    return open?.differences() ?? ['none'];
  };

  it('finds a whole day whole, and a line that is gone or changed', async () => {
    const days = activityDays();
    const { report } = await makeActivityDemo(days);
    const lines = await days.linesOf(activityFile, activityToday);
    expect(audit?.imbalances(report)).toEqual([]);
    expect(differences(report, lines)).toEqual([]);
    expect(differences(report, lines.slice(1)).length).toBeGreaterThan(0);
    const changed = lines.map((line, index) => (index === 0 ? { ...line, operationStatus: 'X' } : line));
    expect(differences(report, changed).length).toBeGreaterThan(0);
    const { totals } = report;
    const counted = { ...report, totals: { ...totals, failedLogins: totals.failedLogins + 1 } };
    expect(audit?.imbalances(counted).length).toBeGreaterThan(0);
  });
});

describe('explain', () => {
  it('tells of a target whether it was collected, and what is listed of it', async () => {
    const days = activityDays();
    const { report } = await days.make([at('01:00'), trail()]);
    async function* lines(): AsyncGenerator<string> {
      for (const line of await days.linesOf(activityFile)) yield JSON.stringify(line);
    }
    const { kind } = activityPlan;
    const lookup = await kind.explainSubject(report, 'ERP-PROD', lines());
    expect(lookup.found && lookup.subject.lines.join('\n')).toMatch(
      /the whole day was collected\n.*COLLECTING.*\n.*LOGON by APP: failed \(failedLogins\)/,
    );
    expect(await kind.explainSubject(report, 'erp', lines())).toMatchObject({
      found: false,
      near: [{ name: 'erp-prod' }],
    });
  });

  it('tells of each record what it became', () => {
    const explanation = activityPlan.kind.openExplanation({ fromMs: day.startMs, toMs: day.cutOffMs });
    const became = [at('01:00'), at('01:00'), trail(), dataSafeEvent(), { note: 1 }].map((value, index) => {
      const [first] = explanation.take(value, index + 1);
      return [first?.disposition, first?.became];
    });
    expect(became).toEqual([
      ['used', 'LOGON by APP: failed, listed under failedLogins'],
      ['duplicate', 'LOGON by APP: failed, listed under failedLogins'],
      ['used', 'the state of the audit trail UNIFIED_AUDIT_TRAIL: COLLECTING'],
      ['outside', 'an event of an earlier day that was collected on this one'],
      ['rejected', null],
    ]);
  });
});

const bytes = (report: ActivityReport): Uint8Array => Buffer.from(JSON.stringify(report));

describe('a period', () => {
  it('adds up its days, and knows of a missing one that it knows nothing', async () => {
    const days = activityDays();
    const one = await days.make([at('01:00'), trail()]);
    const other = await days.make(
      [dataSafeEvent({ auditEventTime: '2026-11-18T08:00:00Z', operationStatus: 'SUCCESS' })],
      '2026-11-18',
    );
    const counting = activityPeriods.openCounting();
    expect(counting.takeDay('2026-11-18', bytes(other.report), null)).toBe(true);
    expect(counting.takeDay('2026-11-19', bytes(one.report), null)).toBe(true);
    expect(counting.takeDay('2026-11-20', Buffer.from('{}'), null)).toBe(false);
    counting.takeMissing('2026-11-20');
    const states = ['COMPLETE', 'COMPLETE', 'MISSING'];
    const head = { days: states.map((state, index) => ({ date: `2026-11-${18 + index}`, state })) };
    const period = counting.conclude(head as unknown as PeriodHead);
    expect(period).toMatchObject({
      totals: { records: 2, failed: 1, failedLogins: 1, succeeded: 1 },
      unknownDays: 1,
      targets: [{ name: 'erp-prod', records: 2 }],
    });
    expect(period.days.map(({ totals }) => totals?.records)).toEqual([1, 1, undefined]);
  });
});
