import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/base/civil-dates.js';
import { carriedFile } from '../../../src/reports/tenancy-changes/memory/carried-lines.js';
import { changesFile } from '../../../src/reports/tenancy-changes/model/change.js';
import { tenancyStanding } from '../../../src/reports/tenancy-changes/model/standing.js';
import { tenancyReportSchema } from '../../../src/reports/tenancy-changes/model/tenancy-report.js';
import { tenancyChanges } from '../../../src/reports/tenancy-changes/tenancy-changes.js';
import { selectQueries } from '../../../src/sources/log-analytics/query-text.js';
import { type AuditRecordParts, auditRecord, loggingForm } from '../../support/audit-records.js';
import { dayOf } from '../../support/judge.js';
import { tenancyDays, tenancyPlan } from '../../support/tenancy-day.js';
import { createClassifier } from '../../../src/reports/tenancy-changes/events/classify-record.js';

const at = (time: string, date = '2026-11-19'): string => `${date}T${time}:00.000Z`;
const read = (parts: AuditRecordParts = {}) => auditRecord({ verb: 'GET', operation: 'GetBucket', ...parts });
const deleteBackup = (parts: AuditRecordParts = {}) =>
  auditRecord({ service: 'DatabaseService', operation: 'DeleteBackup', verb: 'DELETE', ...parts });

const rowOf = (keys: readonly string[], of: readonly string[]): Record<string, string> =>
  Object.fromEntries(keys.map((key, index) => [key, of[index] ?? '']));

describe('a day of tenancy-changes', () => {
  it('counts every record once; reads are ignored and counted by type', async () => {
    const change = auditRecord();
    const days = tenancyDays();
    const { report } = await days.make([
      change,
      change,
      loggingForm(change),
      read(),
      read(),
      auditRecord({ verb: 'POST', operation: 'SearchLogs', service: 'Logging' }),
      auditRecord({ time: at('08:00', '2026-11-01') }),
      { type: 'com.oraclecloud.x.Y', time: 'never', specversion: '1.0', data: {} },
    ]);
    expect(report.controlTotals).toEqual({
      read: 8,
      used: 1,
      duplicate: 2,
      outside: 1,
      ignored: 3,
      rejected: 1,
    });
    expect(report.totals).toMatchObject({ changes: 1, reads: 3, unknownVerb: 0 });
    expect(report.readOperations).toEqual([
      { service: 'ObjectStorage', eventName: 'GetBucket', verb: 'GET', reads: 2 },
      { service: 'Logging', eventName: 'SearchLogs', verb: 'POST', reads: 1 },
    ]);
    expect(report.status).toBe('INCOMPLETE');
    expect(tenancyReportSchema.safeParse(report).error).toBeUndefined();
    expect(tenancyChanges.audit?.imbalances(report)).toEqual([]);
  });

  describe('of rows of Log Analytics without their original content', () => {
    const names = {
      internal: [
        'eventtype',
        'eventid',
        'starteventtime',
        'compartmentid',
        'compartmentname',
        'ocirsrcname',
        'status',
      ],
      display: [
        'Event Type',
        'Event ID',
        'Event Start Time',
        'Compartment ID',
        'Compartment Name',
        'OCI Resource Name',
        'Status',
      ],
    };
    const calls = {
      internal: ['method', 'usrname', 'srcip', 'event', 'rsrcid', 'reqid'],
      display: ['Method', 'User Name', 'Source IP', 'Event', 'Resource ID', 'Request ID'],
    };
    const values = [
      'com.oraclecloud.ObjectStorage.UpdateBucket',
      'e1',
      at('08:00'),
      'ocid1.compartment.oc1..prod',
      'prod',
      'thing',
      '404',
    ];
    const ofCall = ['PUT', 'demo.user', '192.0.2.10', 'UpdateBucket', 'ocid1.bucket.oc1.iad.thing', 'r1'];
    it.each(['internal', 'display'] as const)(
      'tells the call by its columns, by their %s names',
      async (by) => {
        const days = tenancyDays();
        const row = {
          ...rowOf(names[by], values),
          ...rowOf(calls[by], ofCall),
          'Original Log Content': null,
        };
        const { report } = await days.make([row, { ...row, [calls[by][0] ?? '']: 'GET' }]);
        expect(report.totals).toMatchObject({ changes: 1, reads: 1, unknownVerb: 0 });
        expect(await days.linesOf(changesFile)).toMatchObject([
          {
            eventName: 'UpdateBucket',
            action: 'updated',
            resourceId: 'ocid1.bucket.oc1.iad.thing',
            compartmentName: 'prod',
            principalName: 'demo.user',
            ipAddress: '192.0.2.10',
            result: 'refused',
            status: '404',
            requestId: 'r1',
          },
        ]);
      },
    );

    it('shows one without them as of an unknown verb, and what came of it as unknown', async () => {
      const days = tenancyDays();
      const { report } = await days.make([rowOf(names.internal.slice(0, -1), values)]);
      expect(report.totals).toMatchObject({ changes: 1, unknownVerb: 1, byResult: { unknown: 1 } });
      expect(await days.linesOf(changesFile)).toMatchObject([{ action: 'other', principalName: null }]);
    });

    it('takes the time of the record where the event has none, but only of a record of Audit', async () => {
      const days = tenancyDays();
      const { 'Event Start Time': _, ...row } = rowOf(names.display, values);
      const called = { ...row, Method: 'PUT', Time: Date.parse(at('09:00')) };
      const event = { ...row, Status: 'ACTIVE', 'Event ID': 'e2', Time: Date.parse(at('09:00')) };
      const { report } = await days.make([called, event]);
      expect(report.controlTotals).toMatchObject({ read: 2, used: 1, rejected: 1 });
      expect(await days.linesOf(changesFile)).toMatchObject([{ time: at('09:00') }]);
    });

    it('is asked for the columns of Audit, then for the original content alone', () => {
      const [first, ...others] = selectQueries('OCI Audit Logs', undefined, 'audit');
      for (const name of ['Method', 'User Name', 'Source IP', 'Event Type', 'Original Log Content']) {
        expect(first).toContain(`'${name}'`);
      }
      expect(first).not.toContain('DBUniqueName');
      expect(others).toEqual([
        "'Log Source' = 'OCI Audit Logs' | fields 'Time', 'Original Log Content'",
        "'Log Source' = 'OCI Audit Logs'",
      ]);
    });
  });

  it('tells who, what, from where and when, with before and after', async () => {
    const days = tenancyDays();
    await days.make([auditRecord({ previous: { tier: 'a' }, current: { tier: 'b' }, eventId: 'e1' })]);
    expect(await days.linesOf(changesFile)).toEqual([
      {
        time: '2026-11-19T08:00:00.000Z',
        endTime: '2026-11-19T08:00:00.000Z',
        service: 'ObjectStorage',
        eventName: 'UpdateBucket',
        action: 'updated',
        resourceId: 'ocid1.bucket.oc1.iad.thing',
        resourceName: 'thing',
        resourceType: 'bucket',
        compartmentId: 'ocid1.compartment.oc1..prod',
        compartmentName: 'prod',
        region: 'us-ashburn-1',
        principalName: 'ana',
        principalId: 'ocid1.user.oc1..ana',
        authType: 'natv',
        ipAddress: '192.0.2.10',
        result: 'succeeded',
        status: '200',
        message: null,
        requestId: expect.any(String) as string,
        groupingId: null,
        before: '{"tier":"a"}',
        after: '{"tier":"b"}',
        backupRelevant: false,
        removesProtection: false,
        hasVerb: true,
        eventIds: ['e1'],
      },
    ]);
  });

  it('keeps no credentials, no headers, and of a read no payload', async () => {
    const days = tenancyDays();
    await days.make([
      auditRecord(),
      loggingForm(auditRecord()),
      { results: [{ data: { datetime: 1, logContent: auditRecord() } }] },
      read({ principal: 'reader', resourceName: 'read-thing' }),
      read({ time: at('08:00', '2026-11-20'), principal: 'reader' }),
    ]);
    for (const key of days.archive.keys()) {
      const bytes = (await days.archive.read(key)) ?? new Uint8Array();
      const name = key.slice(key.lastIndexOf('/') + 1);
      const text = name.endsWith('.gz')
        ? JSON.stringify(await days.linesOf(name))
        : Buffer.from(bytes).toString('utf8');
      expect(text).not.toMatch(/DROP-ME/);
      expect(text).not.toMatch(/reader|read-thing/);
    }
  });

  it('joins begin and end: who from the begin, the result from the end, on the day of the end', async () => {
    const long: AuditRecordParts = { operation: 'LaunchInstance', service: 'ComputeApi', groupingId: 'g1' };
    const begin = auditRecord({ ...long, phase: 'begin', verb: 'POST', status: '202', time: at('08:00') });
    const end = auditRecord({
      ...long,
      phase: 'end',
      verb: null,
      status: '500',
      principal: null,
      principalId: null,
      time: at('09:00'),
    });
    for (const records of [
      [begin, end],
      [end, begin],
    ]) {
      const days = tenancyDays();
      const { report } = await days.make(records);
      expect(report.totals).toMatchObject({ changes: 1, running: 0, unknownVerb: 0 });
      expect(await days.linesOf(changesFile)).toMatchObject([
        {
          principalName: 'ana',
          result: 'failed',
          action: 'created',
          time: at('08:00'),
          endTime: at('09:00'),
        },
      ]);
    }
  });

  const joins: readonly (readonly [string, AuditRecordParts, AuditRecordParts, number])[] = [
    ['of one group', { groupingId: 'g' }, { groupingId: 'g' }, 1],
    ['of two groups', { groupingId: 'g' }, { groupingId: 'h' }, 2],
    ['where the begin has no resource yet', { groupingId: 'g', resourceId: null }, { groupingId: 'g' }, 1],
    ['of two resources', { groupingId: 'g', resourceId: 'ocid1.a.oc1..x' }, { groupingId: 'g' }, 2],
    ['of two operations', { groupingId: 'g', operation: 'CopyX' }, { groupingId: 'g' }, 2],
    ['without a group, of one resource', {}, {}, 1],
    ['without a group, of two resources', { resourceId: 'ocid1.a.oc1..x' }, {}, 2],
    ['where the begin was refused', { groupingId: 'g', status: '404' }, { groupingId: 'g' }, 2],
  ];
  it.each(joins)('counts begin and end %s', async (_what, begin, end, lines) => {
    const days = tenancyDays();
    const { report } = await days.make([
      auditRecord({ phase: 'begin', time: at('08:00'), ...begin }),
      auditRecord({ phase: 'end', time: at('09:00'), ...end }),
    ]);
    expect(report.totals.changes + report.totals.running).toBe(lines);
    expect(tenancyChanges.audit?.imbalances(report)).toEqual([]);
  });

  it('lists what runs at the cut-off, and counts it on the day on which it ends', async () => {
    const long: AuditRecordParts = { operation: 'CreateBackup', service: 'DatabaseService', groupingId: 'g' };
    const days = tenancyDays();
    const first = await days.make([
      auditRecord({ ...long, phase: 'begin', verb: 'POST', time: at('23:50') }),
      auditRecord(),
    ]);
    expect(first.report.totals).toMatchObject({ changes: 1, running: 1 });
    expect(first.report.running.changes).toMatchObject([{ endTime: null, result: 'unknown' }]);
    expect(tenancyStanding(first.report).verdict).toBe('REVIEW');
    const second = await days.make(
      [auditRecord({ ...long, phase: 'end', verb: null, principal: null, time: at('00:40', '2026-11-20') })],
      '2026-11-20',
    );
    expect(second.report.totals).toMatchObject({ changes: 1, running: 0, unknownVerb: 0 });
    expect(second.report.principals).toMatchObject([{ name: 'ana', changes: 1 }]);
    expect(second.report.totals.backupRelevant).toBe(1);
  });

  it('gives up what has been running for more than 14 days, and says so', async () => {
    const days = tenancyDays();
    const begin = auditRecord({ phase: 'begin', groupingId: 'g', time: at('08:00') });
    await days.make([begin]);
    const { report } = await days.make([auditRecord({ time: at('08:00', '2026-12-05') })], '2026-12-05');
    expect(report.totals.running).toBe(0);
    expect(report.findings.map(({ kind }) => kind)).toContain('change-given-up');
  });

  it('tells changes of one resource in one second apart by their requests, and two routes not', async () => {
    const days = tenancyDays();
    const { report } = await days.make([
      auditRecord({ requestId: 'a' }),
      auditRecord({ requestId: 'b' }),
      auditRecord({ requestId: 'b' }),
      auditRecord({ requestId: null, time: '2026-11-19T08:00:00.700Z' }),
      auditRecord({ requestId: 'c', time: '2026-11-19T08:00:01.000Z' }),
    ]);
    expect(report.controlTotals).toMatchObject({ used: 3, duplicate: 2 });
  });

  it('takes one id with two facts for two facts', async () => {
    const days = tenancyDays();
    const { report } = await days.make([
      auditRecord({ eventId: 'same' }),
      auditRecord({ eventId: 'same', resourceId: 'ocid1.bucket.oc1.iad.other' }),
    ]);
    expect(report.totals.changes).toBe(2);
  });

  it('shows a record without a verb and one without a status, and both want a review', async () => {
    const days = tenancyDays();
    const { report } = await days.make([
      auditRecord({ verb: null, operation: 'InteractiveLogin', service: 'IdentitySignOn' }),
      auditRecord({ status: null }),
    ]);
    expect(report.totals).toMatchObject({
      changes: 2,
      unknownVerb: 1,
      byResult: { succeeded: 1, refused: 0, failed: 0, unknown: 1 },
      byAction: { created: 0, updated: 1, deleted: 0, other: 1 },
    });
    expect(report.unknowns.total).toBe(2);
    expect(tenancyStanding(report)).toMatchObject({ verdict: 'REVIEW', level: 'warning' });
  });

  it('sorts changes into lists: removals, of backups, deletions, refused, failed, not known', async () => {
    const days = tenancyDays();
    const { report } = await days.make([
      deleteBackup(),
      deleteBackup({ status: null, requestId: 'x' }),
      deleteBackup({ status: '404' }),
      auditRecord({ operation: 'UpdateDatabase', service: 'DatabaseService' }),
      auditRecord({ operation: 'TerminateInstance', verb: 'DELETE' }),
      auditRecord({ operation: 'CreatePolicy', verb: 'POST', status: '403' }),
      auditRecord({ operation: 'CreatePolicy', verb: 'POST', status: '409' }),
      auditRecord(),
    ]);
    const totals = Object.fromEntries(
      (
        ['removals', 'backupChanges', 'deletions', 'refusals', 'failures', 'unknowns', 'running'] as const
      ).map((name) => [name, report[name].total]),
    );
    expect(totals).toEqual({
      removals: 2,
      backupChanges: 2,
      deletions: 1,
      refusals: 1,
      failures: 1,
      unknowns: 0,
      running: 0,
    });
    expect(tenancyStanding(report)).toMatchObject({ verdict: 'ATTENTION', level: 'bad' });
    const severities = new Set(['critical'] as const);
    expect(tenancyChanges.hasFailing(report, { verdict: 'non-compliant', severities })).toBe(true);
    expect(tenancyChanges.hasFailing(report, { verdict: 'unknown', severities: new Set(['low']) })).toBe(
      false,
    );
  });

  it('is ROUTINE only where nothing is unknown and nothing touches backups', async () => {
    const { report } = await tenancyDays().make([auditRecord(), read()]);
    expect(report.status).toBe('COMPLETE');
    expect(tenancyStanding(report)).toMatchObject({ verdict: 'ROUTINE', level: 'good' });
  });

  it('is INCOMPLETE without any record: audit is never empty', async () => {
    const { report } = await tenancyDays().make([]);
    expect(report.statusReasons).toEqual([expect.stringContaining('never empty')]);
    expect(tenancyStanding(report).level).toBe('warning');
  });

  it('is INCOMPLETE where a source falls silent that told of days before', async () => {
    const days = tenancyDays();
    await days.make([auditRecord()]);
    const { report } = await days.make([], '2026-11-20');
    expect(report.statusReasons).toEqual([expect.stringContaining('silent, no record of this day')]);
  });

  it('says for as long as a source is silent since when', async () => {
    const days = tenancyDays();
    const [first = '', ...silent] = Array.from({ length: 18 }, (_, index) => addDays('2026-11-01', index));
    await days.make([auditRecord({ time: at('08:00', first) })], first);
    const said = new Set<string>();
    for (const date of silent) {
      for (const reason of (await days.make([], date)).report.statusReasons) said.add(reason);
    }
    expect([...said]).toEqual([expect.stringContaining('its last ones are of 2026-11-01')]);
  });

  it('names principals that were never seen, once seven days are known', async () => {
    const days = tenancyDays();
    const dates = ['12', '13', '14', '15', '16', '17', '18', '19'].map((day) => `2026-11-${day}`);
    const known: (number | null)[] = [];
    for (const date of dates) {
      const { report } = await days.make([auditRecord({ time: at('08:00', date) })], date);
      known.push(report.totals.firstSeen);
    }
    // A cold start reads the day before it as well.
    expect(known).toEqual([null, null, null, null, null, null, 0, 0]);
    const { report } = await days.make(
      [auditRecord({ time: at('08:00', '2026-11-20'), principal: 'mallory' })],
      '2026-11-20',
    );
    expect(report.firstSeen).toEqual({
      knownDays: 9,
      principals: [{ id: 'ocid1.user.oc1..mallory', name: 'mallory', changes: 1 }],
    });
    expect(await days.linesOf(carriedFile, '2026-11-20')).toHaveLength(3);
  });

  it('is made again with the same lines: nothing new, also where a read more is told', async () => {
    const days = tenancyDays();
    const change = auditRecord();
    await days.make([change]);
    const again = await days.make([loggingForm(change), read()]);
    expect(again.kind).toBe('unchanged');
  });

  it('never knows less in a later revision', async () => {
    const days = tenancyDays();
    const [one, two] = [auditRecord(), auditRecord({ operation: 'CreateBucket', verb: 'POST' })];
    await days.make([one]);
    const { report, revision } = await days.make([two]);
    expect([revision, report.totals.changes]).toEqual([2, 2]);
    expect(await days.linesOf(changesFile, undefined, 2)).toHaveLength(2);
  });

  it('has lines that agree with its totals, as verify adds them up', async () => {
    const days = tenancyDays();
    const { report } = await days.make([
      deleteBackup(),
      auditRecord(),
      auditRecord({ phase: 'begin', groupingId: 'g' }),
    ]);
    for (const file of [changesFile, carriedFile]) {
      const audit = tenancyChanges.audit?.openLines(file, report);
      for (const line of await days.linesOf<object>(file)) audit?.take(line);
      expect(audit?.differences()).toEqual([]);
    }
    const audit = tenancyChanges.audit?.openLines(changesFile, report);
    audit?.take({ nonsense: true });
    expect(audit?.differences()).toContain('1 of its lines are no change');
    const wrong = { ...report, totals: { ...report.totals, changes: 7 } };
    expect(tenancyChanges.audit?.imbalances(wrong)).not.toEqual([]);
  });
});

const contentDigest = async (): Promise<string> => '0'.repeat(64);

describe('a report that another version archived', () => {
  it.each([
    ['another version of the digest', tenancyPlan.kind.contentDigestVersion + 1, 1],
    ['this version, and says something else', tenancyPlan.kind.contentDigestVersion, 2],
  ])('with %s: an upgrade by itself revises nothing', async (_name, contentDigestVersion, revisions) => {
    const plan = { ...tenancyPlan };
    const days = tenancyDays(plan);
    const change = auditRecord();
    Object.assign(plan, { kind: { ...tenancyPlan.kind, contentDigestVersion, contentDigest } });
    await days.make([change]);
    Object.assign(plan, { kind: tenancyPlan.kind });
    await days.make([change]);
    const made = days.archive.keys().filter((key) => key.endsWith('/manifest.json'));
    expect(made).toHaveLength(revisions);
  });
});

describe('the edges of what is counted', () => {
  it('the first moment of the day is of it, the cut-off is outside', async () => {
    const days = tenancyDays();
    const { startMs, cutOffMs } = dayOf('2026-11-19');
    const edges = [startMs - 1, startMs, cutOffMs - 1, cutOffMs].map((ms) =>
      auditRecord({ time: new Date(ms).toISOString(), resourceId: `ocid1.bucket.oc1.iad.${ms}` }),
    );
    const { report } = await days.make(edges);
    expect(report.totals.changes).toBe(2);
    expect((await days.linesOf(changesFile)).map(({ time }) => Date.parse(time))).toEqual([
      startMs,
      cutOffMs - 1,
    ]);
  });

  it('the moment of the window, which begins before the day, is within it, and its end is outside', () => {
    const window = { fromMs: Date.parse(at('08:00')), toMs: Date.parse(at('09:00')) };
    const classify = createClassifier(window);
    const kinds = [-1, 0, 3_599_999, 3_600_000].map(
      (ms) => classify(auditRecord({ time: new Date(window.fromMs + ms).toISOString() }))[0]?.kind,
    );
    expect(kinds).toEqual(['outside', 'change', 'change', 'outside']);
  });

  const one = { eventId: 'e1', time: at('08:00'), requestId: null } as const;
  it.each([
    ['another caller in the same second', { principal: 'bo' }, 2],
    ['another group in the same second', { groupingId: 'g2' }, 2],
    ['the same but for its id, in the same second', { time: '2026-11-19T08:00:00.999Z' }, 1],
    ['the next second', { time: '2026-11-19T08:00:01.000Z' }, 2],
    ['the same id at another time', { eventId: 'e1', time: at('08:01') }, 2],
  ])('of two records: %s', async (_name, parts, changes) => {
    const days = tenancyDays();
    const first = auditRecord({ ...one, groupingId: 'g1' });
    const { report } = await days.make([
      first,
      auditRecord({ ...one, groupingId: 'g1', eventId: 'e2', ...parts }),
    ]);
    expect(report.totals.changes).toBe(changes);
  });

  it('an end belongs to the latest begin before it', async () => {
    const days = tenancyDays();
    const part = { groupingId: 'g1', status: '202' } as const;
    await days.make([
      auditRecord({ ...part, phase: 'begin', time: at('08:00') }),
      auditRecord({ ...part, phase: 'begin', time: at('09:00') }),
      auditRecord({ ...part, phase: 'end', time: at('10:00'), status: '200' }),
    ]);
    const ended = (await days.linesOf(changesFile)).filter(({ endTime }) => endTime !== null);
    expect(ended).toMatchObject([{ time: at('09:00'), endTime: at('10:00') }]);
  });

  it('a verb in lower case is the same, and a deletion that was called off takes nothing away', async () => {
    const days = tenancyDays();
    const { report } = await days.make([
      auditRecord({ verb: 'get', operation: 'GetBucket' }),
      auditRecord({ verb: 'POST', service: 'x', operation: 'CancelBackupDeletion' }),
    ]);
    expect(report.totals).toMatchObject({ reads: 1, backupRelevant: 1, removedProtection: 0 });
  });
});
