import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { addDays } from '../../src/base/civil-dates.js';
import { type AuditRecordParts, auditRecord } from '../support/audit-records.js';
import { auditRoutes } from '../support/audit-routes.js';
import { type CliResult, runCli } from '../support/cli.js';
import { OciProject, bucketName } from '../support/oci-project.js';

/* One day of a tenancy by each way on which its records come: the same changes. */

const prod = 'ocid1.compartment.oc1..prod';
/** Audit has nothing of a day that is not over. */
const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const at = (time: string, day = date): string => `${day}T${time}Z`;
const secrets = ['DROP-ME-CREDENTIALS', 'DROP-ME-HEADER', 'DROP-ME-ANSWER'];

const partsOfDay: readonly AuditRecordParts[] = [
  {
    time: at('00:00:00.000'),
    operation: 'CreateBucket',
    verb: 'POST',
    resourceId: 'ocid1.bucket.oc1.iad.first',
  },
  {
    time: at('02:00:00.123'),
    operation: 'UpdateBucket',
    previous: { versioning: 'Enabled', kmsKeyId: null },
    current: { versioning: 'Disabled', kmsKeyId: null },
  },
  { time: at('03:00:00.456'), operation: 'GetBucket', verb: 'GET' },
  { time: at('03:30:00.456'), service: 'Monitoring', operation: 'SummarizeMetricsData', verb: 'POST' },
  {
    time: at('04:00:00.789'),
    service: 'DatabaseService',
    operation: 'DeleteBackup',
    verb: 'DELETE',
    phase: 'begin',
    status: '202',
    groupingId: 'csid/opc/1',
    resourceId: 'ocid1.dbbackup.oc1.iad.b1',
  },
  {
    time: at('04:20:00.789'),
    service: 'DatabaseService',
    operation: 'DeleteBackup',
    verb: null,
    phase: 'end',
    groupingId: 'csid/opc/1',
    resourceId: 'ocid1.dbbackup.oc1.iad.b1',
    principal: null,
  },
  {
    time: at('05:00:00.000'),
    operation: 'DeleteRetentionRule',
    verb: 'DELETE',
    status: '404',
    message: 'NotAuthorizedOrNotFound',
  },
  { time: at('06:00:00.000'), service: 'IdentitySignOn', operation: 'InteractiveLogin', verb: null },
  { time: at('23:59:50.123'), operation: 'UpdateBucket', status: '500', principal: 'ben' },
];

const projects: OciProject[] = [];

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

async function project(): Promise<OciProject> {
  const made = await OciProject.create();
  projects.push(made);
  made.standIn.inventory.addCompartment(prod, 'prod', made.standIn.credentials.tenancyId);
  return made;
}

async function configure(made: OciProject, source: string): Promise<void> {
  await made.project.write(
    'backup-report.yaml',
    `report: tenancy-changes
plan: daily
timezone: UTC
sources: [${source}]
archive: ${made.objectArchive()}
auth: { type: config-file, file: ./config }
oci: { timeout: 60s, attempts: 4, firstDelay: 1ms, deadline: 600s }
mail: { type: outbox, directory: ./outbox, from: a@example.com, to: [b@example.com], attach: [xlsx] }
`,
  );
}

const run = (made: OciProject, day: string, TZ: string): Promise<CliResult> =>
  runCli(['run', '--date', day, '--json'], {
    cwd: made.project.directory,
    env: { TZ, SOURCE_DATE_EPOCH: undefined },
  });

const unpacked = (name: string, bytes: Buffer): string =>
  (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');

/** Everything that was written, unpacked. */
async function written(made: OciProject): Promise<string> {
  const { objects } = made.standIn;
  const archived = objects
    .names(bucketName)
    .map((name) => unpacked(name, objects.get(bucketName, name) ?? Buffer.alloc(0)));
  const mails = await Promise.all(
    (await made.project.list('outbox')).map(async (name) =>
      (await made.project.read(`outbox/${name}`)).toString(),
    ),
  );
  expect(mails).toHaveLength(1);
  return [...archived, ...mails].join('\n');
}

interface Manifest {
  readonly contentDigest: string;
  readonly status: string;
  readonly controlTotals: Readonly<Record<string, number>>;
  readonly sources: readonly { readonly reasons: readonly string[] }[];
}

function fileOf(made: OciProject, name: string, day = date): string {
  return unpacked(name, made.revision(day).get(name) ?? Buffer.alloc(0));
}

const manifestOf = (made: OciProject, day = date): Manifest => JSON.parse(fileOf(made, 'manifest.json', day));

describe.each(['UTC', 'America/New_York', 'Asia/Kolkata'])(
  'a day of a tenancy on a machine in %s',
  (zone) => {
    it('has the same changes by each way, and no secret anywhere', async () => {
      const records = partsOfDay.map((parts) => auditRecord({ compartmentId: prod, ...parts }));
      const seen = new Map<string, { readonly digest: string; readonly changes: string }>();
      for (const { route, put } of auditRoutes) {
        const made = await project();
        await configure(made, await put(made, records));
        const { code, stdout, stderr } = await run(made, date, zone);
        const { status, contentDigest, controlTotals, sources } = manifestOf(made);
        expect([route, code, status, sources.flatMap(({ reasons }) => reasons)]).toEqual([
          route,
          0,
          'COMPLETE',
          [],
        ]);
        expect(controlTotals).toMatchObject({ read: records.length, used: 7, ignored: 2, rejected: 0 });
        const all = `${await written(made)}\n${stdout}\n${stderr}`;
        expect(all).toContain('DeleteRetentionRule');
        for (const secret of secrets) expect([route, all.includes(secret)]).toEqual([route, false]);
        seen.set(route, { digest: contentDigest, changes: fileOf(made, 'changes.ndjson.gz') });
      }
      const [first] = seen.values();
      for (const [route, each] of seen) {
        expect([route, each.changes]).toEqual([route, first?.changes]);
        expect([route, each.digest]).toEqual([route, first?.digest]);
      }
    });
  },
);

describe('a day that is older than the retention of Audit', () => {
  it('is INCOMPLETE, and says so on page, in mail and by the exit code', async () => {
    const made = await project();
    const old = addDays(date, -120);
    made.standIn.audit.retentionPeriodDays = 90;
    const records = [auditRecord({ compartmentId: prod, time: at('12:00:00.000', old) })];
    const [overAudit] = auditRoutes;
    await configure(made, (await overAudit?.put(made, records)) ?? '');
    const { code, stderr } = await run(made, old, 'UTC');
    const { status, sources } = manifestOf(made, old);
    expect([code, status]).toEqual([3, 'INCOMPLETE']);
    const why = sources[0]?.reasons.find((reason) => reason.includes('90 days')) ?? 'none';
    expect(why).not.toBe('none');
    const page = fileOf(made, 'report.html', old);
    expect(page).toContain('INCOMPLETE');
    expect(page).toContain('90 days');
    const [mail = ''] = await made.project.list('outbox');
    const text = (await made.project.read(`outbox/${mail}`)).toString();
    expect(text).toMatch(/^Subject: .*INCOMPLETE/m);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});
