import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/model/manifest.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type CliResult, jsonOf } from '../support/cli.js';
import { sharedCredentials } from '../support/oci/credentials.js';
import { OciProject, type OciSections, bucketName } from '../support/oci-project.js';
import { databaseEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';

const date = '2026-11-19';
const events = [
  databaseEvent('begin', `${date}T01:50:00Z`, { id: 'b1' }),
  databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' }),
  databaseEvent('end', `${date}T03:00:00Z`, {
    id: 'e2',
    resourceId: 'ocid1.dbbackup.oc1.iad.b2',
    details: { databaseId: 'ocid1.database.oc1.iad.payroll', dbUniqueName: 'PAYROLL' },
  }),
];

const projects: OciProject[] = [];

async function makeProject(sections?: (made: OciProject) => OciSections): Promise<OciProject> {
  const made = await OciProject.create();
  projects.push(made);
  if (sections !== undefined) {
    await made.project.write('backup-report.yaml', made.configuration(sections(made)));
  }
  return made;
}

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

/** Where it does not matter that the command is a process. */
const runIn = (made: OciProject, day = date): Promise<CliResult> => runPlainly(made.project.directory, day);

describe('a plan that lives in OCI', () => {
  it('queries, reports, archives, lists and reads back, byte for byte', async () => {
    const made = await makeProject();
    made.addEvents(events);
    const { code, stderr } = await made.run(date);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    const files = made.revision(date);
    const manifest = jsonOf<Manifest>(files, 'manifest.json');
    expect(manifest.artefacts.length).toBe(6);
    for (const { name, bytes, sha256 } of manifest.artefacts) {
      const content = files.get(name) ?? Buffer.alloc(0);
      expect([name, content.length, createHash('sha256').update(content).digest('hex')]).toEqual([
        name,
        bytes,
        sha256,
      ]);
    }
    const report = jsonOf<DailyReport>(files, 'report.json');
    expect(report.status).toBe('COMPLETE');
    expect(report.controlTotals).toMatchObject({ read: 3, used: 3 });
    expect(report.jobTotals.total).toBe(2);
    const [source] = manifest.sources;
    expect(source?.request).toContain("'Log Source' = 'OCI_Backup_Event_Source'");
    expect(source?.requests).toContainEqual(
      expect.objectContaining({ operation: 'query', rows: 3, pages: 1, complete: true }),
    );
    expect(manifest.principal).toContain('OCI user ocid1.user.oc1..standin');
  });

  it('writes nothing the second time, and another revision when the events changed', async () => {
    const made = await makeProject();
    made.addEvents(events);
    await runIn(made);
    const before = made.standIn.objects.names(bucketName);
    expect((await runIn(made)).code).toBe(0);
    expect(made.standIn.objects.names(bucketName)).toEqual(before);

    made.addEvents([
      databaseEvent('end', `${date}T04:00:00Z`, { id: 'e3', resourceId: 'ocid1.dbbackup.oc1.iad.b3' }),
    ]);
    expect((await runIn(made)).code).toBe(0);
    expect(jsonOf<Manifest>(made.revision(date, 2), 'manifest.json').supersedes?.revision).toBe(1);
  });

  it('works under a retention rule', async () => {
    const made = await makeProject();
    made.standIn.objects.createBucket('locked', {
      retentionRule: { duration: { timeAmount: 365, timeUnit: 'DAYS' } },
    });
    await made.project.write(
      'backup-report.yaml',
      made.configuration({
        archive: `  { type: object-storage, endpoint: "${made.standIn.url}", bucket: locked, lease: 0s }`,
      }),
    );
    made.addEvents(events);
    expect((await runIn(made)).code).toBe(0);
    expect((await runIn(made)).code).toBe(0);
    expect(made.standIn.objects.names('locked')).toHaveLength(11);
  });

  it('reads what a connector wrote to a bucket', async () => {
    const made = await makeProject((each) => ({
      sources: `  - { type: object-storage, endpoint: "${each.standIn.url}", bucket: events, prefix: "a+b&c/", margin: 36500d }`,
    }));
    made.standIn.objects.createBucket('events');
    const lines = events.map((event) => `${JSON.stringify(event)}\n`);
    made.standIn.objects.put('events', 'a+b&c/1#?.ndjson', Buffer.from(lines.slice(0, 1).join('')));
    made.standIn.objects.put('events', 'a+b&c/2 ü.json', Buffer.from(`[${lines.slice(1).join(',')}]`));
    made.standIn.objects.put('events', 'other/3.ndjson', Buffer.from('not ours'));
    const { code } = await runIn(made);
    const report = jsonOf<DailyReport>(made.revision(date), 'report.json');
    expect([code, report.controlTotals.read, report.statusReasons]).toEqual([0, 3, []]);
  });
});

describe('a stream', () => {
  const streamId = 'ocid1.stream.oc1.iad.backups';
  /** A stream keeps a week at most, so its report day is yesterday by the clock. */
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

  async function makeStream(more: string): Promise<OciProject> {
    const made = await makeProject((each) => ({
      sources: `  - { type: streaming, endpoint: "${each.standIn.url}", streamId: ${streamId}, ${more} }`,
    }));
    made.standIn.streams.create(streamId, { partitions: 2 });
    for (const [index, hour] of ['01', '02', '03'].entries()) {
      const time = `${yesterday}T${hour}:00:00Z`;
      const event = databaseEvent('end', time, {
        id: `e${index}`,
        resourceId: `ocid1.dbbackup.oc1.iad.b${index}`,
      });
      made.standIn.streams.put(streamId, index % 2, event, Date.parse(time) + 1000);
    }
    return made;
  }

  it('is read by time, and keeps no state of it', async () => {
    const made = await makeStream('cursor: time');
    const { code } = await runIn(made, yesterday);
    const report = jsonOf<DailyReport>(made.revision(yesterday), 'report.json');
    expect([code, report.statusReasons, report.jobTotals.total]).toEqual([0, [], 3]);
    expect((await runIn(made, yesterday)).code).toBe(0);
  });

  it('is committed for a group when the evidence is archived, and never before', async () => {
    const made = await makeStream('cursor: group, group: reports');
    made.standIn.faults.next('PUT /n/', { status: 500 }, 4);
    expect((await runIn(made, yesterday)).code).toBe(4);
    expect(made.standIn.streams.committed(streamId, 'reports')).toEqual({});
    made.standIn.faults.clear();
    expect((await runIn(made, yesterday)).code).toBe(0);
    expect(made.standIn.streams.committed(streamId, 'reports')).toEqual({ 0: 2, 1: 1 });
  });
});

function id(type: string, name: string): string {
  return `ocid1.${type}.oc1.iad.${name}`;
}

describe("OCI's own inventory", () => {
  const prod = 'ocid1.compartment.oc1..prod';
  const hidden = 'ocid1.compartment.oc1..hidden';

  /** Two databases of one compartment with a backup each, one volume that nobody backs up. */
  async function makeEstate(): Promise<OciProject> {
    const made = await makeProject();
    const { standIn } = made;
    standIn.inventory.addCompartment(prod, 'production', standIn.credentials.tenancyId);
    standIn.inventory.addCompartment(hidden, 'hidden', standIn.credentials.tenancyId);
    const dbBackupConfig = { autoBackupEnabled: true, recoveryWindowInDays: 30 };
    standIn.inventory.addDatabase({
      id: id('database', 'erpprd'),
      compartmentId: prod,
      dbUniqueName: 'ERPPRD_iad',
      dbBackupConfig,
    });
    standIn.inventory.addVolume({
      id: id('volume', 'forgotten'),
      compartmentId: prod,
      displayName: 'forgotten',
    });
    const section = `inventory: { type: oci, endpoint: "${standIn.url}", compartments: [${prod}, ${hidden}] }\n`;
    await made.project.write('backup-report.yaml', made.configuration() + section);
    made.addEvents([
      databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' }),
      databaseEvent('end', `${date}T03:00:00Z`, {
        id: 'e2',
        resourceId: 'ocid1.dbbackup.oc1.iad.b2',
        data: { compartmentId: hidden },
        details: { databaseId: id('database', 'secret'), dbUniqueName: 'SECRET' },
      }),
    ]);
    return made;
  }

  it('shows what nobody backs up', async () => {
    const made = await makeEstate();
    const { code } = await runIn(made);
    const report = jsonOf<DailyReport>(made.revision(date), 'report.json');
    expect([code, report.statusReasons]).toEqual([0, []]);
    const forgotten = report.resources.find(({ resourceName }) => resourceName === 'forgotten');
    expect([forgotten?.outcome, forgotten?.controls['protection-enabled'].verdict]).toEqual([
      'MISSED',
      'NON_COMPLIANT',
    ]);
    const erp = report.resources.find(({ resourceId }) => resourceId === id('database', 'erpprd'));
    expect(erp?.controls['protection-enabled']).toMatchObject({
      verdict: 'COMPLIANT',
      reason: 'automatic backup is on',
    });
  });

  it('makes what lies in a refused compartment UNKNOWN, not absent', async () => {
    const made = await makeEstate();
    made.standIn.inventory.denied.add(hidden);
    const { code } = await runIn(made);
    const report = jsonOf<DailyReport>(made.revision(date), 'report.json');
    expect(code).toBe(3);
    expect(report.statusReasons.join()).toContain(`inventory: the compartment ${hidden}`);
    const secret = report.resources.find(({ resourceId }) => resourceId === id('database', 'secret'));
    expect([secret?.compliance, secret?.controls['protection-enabled'].verdict]).toEqual([
      'UNKNOWN',
      'UNKNOWN',
    ]);
    // The same fault with other request ids is no news.
    await runIn(made);
    expect(made.revision(date, 2).size).toBe(0);
  });
});

describe('credentials that do not work', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a missing profile', '{ type: config-file, file: ./config, profile: PROD }', 'has no profile PROD'],
    ['a missing file', '{ type: config-file, file: ./nowhere }', 'cannot read the OCI configuration file'],
    ['no session token', '{ type: session-token, file: ./config }', 'lacks security_token_file'],
    [
      'a user that OCI does not know',
      `{ type: api-key, tenancy: ocid1.tenancy.oc1..standin, user: ocid1.user.oc1..other, fingerprint: "${sharedCredentials().fingerprint}", region: us-ashburn-1, keyFile: ./key.pem }`,
      'OCI does not accept the credentials',
    ],
    [
      'a fingerprint of another key',
      '{ type: api-key, tenancy: ocid1.tenancy.oc1..standin, user: ocid1.user.oc1..standin, fingerprint: "00:11", region: us-ashburn-1, keyFile: ./key.pem }',
      'fingerprint in auth is 00:11, but the key',
    ],
    [
      'a file that is no key',
      '{ type: api-key, tenancy: ocid1.tenancy.oc1..standin, user: ocid1.user.oc1..standin, fingerprint: "00:11", region: us-ashburn-1, keyFile: ./backup-report.yaml }',
      'cannot use the private key',
    ],
  ];
  it.each(cases)('end with one clear line: %s', async (_what, auth, words) => {
    const made = await makeProject(() => ({ auth }));
    const { code, stderr } = await runIn(made);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\n\s+at |PRIVATE KEY/);
    expect(made.standIn.objects.names(bucketName)).toEqual([]);
  });

  it('say that the region is not known', async () => {
    const made = await makeProject(() => ({
      archive: `  { type: object-storage, region: xx-nowhere-1, bucket: reports }`,
    }));
    const { code, stderr } = await runIn(made);
    expect([code, stderr]).toEqual([2, expect.stringContaining('the region xx-nowhere-1 is not known')]);
  });

  it('say that the clock is wrong', async () => {
    const made = await makeProject();
    made.standIn.faults.clockOffsetMs = 3_600_000;
    const { code, stderr } = await runIn(made);
    expect([code, stderr]).toEqual([2, expect.stringContaining("Set this machine's clock")]);
  });
});
