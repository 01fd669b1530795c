import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { doctor } from '../../src/cli/doctor.js';
import { wireDoctor } from '../../src/wiring/wire-doctor.js';
import { type CliResult, Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { OciProject, bucketName, logSource } from '../support/oci-project.js';
import type { Fault } from '../support/oci/faults.js';
import { conditionEvent, databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';
import { themeHere } from '../support/theme-here.js';
import { meagre } from '../support/oci/service-profiles.js';

const projects: { remove(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

async function makeProject(): Promise<OciProject> {
  const made = await OciProject.create();
  projects.push(made);
  return made;
}

const doctorOf = (directory: string): Promise<CliResult> =>
  captured((output) =>
    doctor({ config: join(directory, 'backup-report.yaml'), logLevel: 'silent' }, output, (loaded, log) =>
      wireDoctor(loaded, log, themeHere),
    ),
  );

/** The whole command line. */
const doctorCommand = (directory: string, ...more: readonly string[]): Promise<CliResult> =>
  mainHere(['doctor', ...more], directory);

/** An instant of yesterday: the doctor looks at the last seven days of the clock. */
const recently = new Date(Date.now() - 86_400_000).toISOString();

describe('doctor', () => {
  it('has one line for each thing, and exits 0 when all is well', async () => {
    const made = await makeProject();
    made.standIn.objects.createBucket(bucketName, {
      retentionRule: {
        displayName: 'seven years',
        duration: { timeAmount: 7, timeUnit: 'YEARS' },
        timeRuleLocked: '2026-01-01T00:00:00Z',
      },
    });
    made.addEvents([
      databaseEvent('begin', recently, { id: 'b' }),
      databaseEvent('end', recently, { id: 'e' }),
      conditionEvent('critical', 'A.BACKUP_FAILURE', recently),
    ]);
    const { code, stdout, stderr } = await doctorOf(made.project.directory);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^ok +configuration/);
    for (const words of [
      /^ok +schedule +'0 6 \* \* \*': next at \d{4}-\d\d-\d\d 06:00 UTC$/m,
      /^ok +time zone +UTC; clocks do not change$/m,
      /^ok +1:log-analytics log source +OCI_Backup_Event_Source is there/m,
      /^ok +1:log-analytics original content +3 records/m,
      /^ok +1:log-analytics parsed fields +Event Type, Event ID, Event Start Time$/m,
      /^ok +1:log-analytics event types +in 7 days: 1 begin, 1 end, 1 critical$/m,
      /^ok +create-only writes +honoured, seen with oci:\/\/reports\/compliance\/doctor\/probe\.txt$/m,
      /^ok +retention rule +seven years, 7 years, locked since 2026-01-01T00:00:00\.000Z$/m,
      /^warning +mail +none is sent$/m,
      /^ok +credentials +accepted: user ocid1\.user/m,
      /^ok +clock +right/m,
      /^\d+ ok, 1 warning, 0 failed$/m,
    ]) {
      expect(stdout).toMatch(words);
    }
    expect(code).toBe(0);
  });

  it('writes one probe object, the same each time, and nothing else', async () => {
    const made = await makeProject();
    await doctorOf(made.project.directory);
    await doctorOf(made.project.directory);
    expect(made.standIn.objects.names(bucketName)).toEqual(['compliance/doctor/probe.txt']);
    expect(made.standIn.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  it('says which events never came, and that nothing came at all', async () => {
    const made = await makeProject();
    made.addEvents([databaseEvent('end', recently, { id: 'e' })]);
    const first = await doctorOf(made.project.directory);
    expect(first.stdout).toMatch(/^warning +1:log-analytics event types .*; never: begin, critical$/m);
    expect(first.stdout).toContain('-> Add the .begin and .critical types');
    expect(first.code).toBe(0);

    made.standIn.logs.clear();
    const second = await doctorOf(made.project.directory);
    expect(second.stdout).toContain('no record arrived in the last 7 days');
    expect(second.code).toBe(3);
  });

  it('names what is missing and what to do: log source, rights, bucket, retention', async () => {
    const made = await makeProject();
    const { code, stdout } = await doctorOf(made.project.directory);
    expect(stdout).toMatch(
      /^failed +1:log-analytics log source .*has no log source OCI_Backup_Event_Source\n +-> /m,
    );
    expect(stdout).toMatch(/^warning +retention rule .*has none.*\n +-> /m);
    expect(code).toBe(3);

    made.standIn.logs.deniedCompartments.add('ocid1.compartment.oc1..prod');
    const refused = await doctorOf(made.project.directory);
    expect(refused.stdout).toMatch(/^failed +1:log-analytics records .*404.*\n +-> Allow the group to read/m);

    await made.project.write(
      'backup-report.yaml',
      made.configuration({
        archive: `  { type: object-storage, endpoint: "${made.standIn.url}", bucket: nowhere }`,
      }),
    );
    const noBucket = await doctorOf(made.project.directory);
    expect(noBucket.stdout).toMatch(/^failed +create-only writes .*404.*\n +-> /m);
  });

  it('tells of a clock that is off before OCI refuses it', async () => {
    const made = await makeProject();
    made.standIn.faults.clockOffsetMs = 120_000;
    expect((await doctorOf(made.project.directory)).stdout).toMatch(
      /^warning +clock +up to (?:1[12]\d s|3 min) behind/m,
    );
    made.standIn.faults.clockOffsetMs = 3_600_000;
    const refused = await doctorOf(made.project.directory);
    expect([refused.code, refused.stdout]).toEqual([2, expect.stringMatching(/^failed +credentials /m)]);
  });

  it('answers in JSON, and with the faults of a configuration', async () => {
    const made = await makeProject();
    made.addEvents(threeEvents);
    const { code, stdout, stderr } = await doctorCommand(made.project.directory, '--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout).findings[0]).toEqual({
      area: 'plan',
      check: 'configuration',
      state: 'ok',
      words: './backup-report.yaml',
      advice: null,
    });
    await made.project.write('backup-report.yaml', 'plan: X\n');
    const faulty = await doctorOf(made.project.directory);
    expect([faulty.code, faulty.stdout]).toEqual([
      2,
      expect.stringMatching(/^failed +configuration .*faults/m),
    ]);
  });

  it('looks at a plan of files, too', async () => {
    const project = await Project.create({ 'events/a.ndjson': ndjson([]) });
    projects.push(project);
    const { code, stdout } = await doctorOf(project.directory);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok +1:local-files files +1 file found$/m);
    expect(stdout).toMatch(/^warning +retention /m);
    expect(stdout).toMatch(/^ok +mail +goes to the folder .*outbox$/m);
  });

  it('warns of a schedule that would not run where clocks go forward, and fails one that is none', async () => {
    const zone = defaultConfiguration.replace('UTC', 'America/New_York');
    const project = await Project.create(
      { 'events/a.ndjson': ndjson([]) },
      `${zone}schedule: { cron: "30 2 * * *" }\n`,
    );
    projects.push(project);
    const lost = await doctorOf(project.directory);
    expect([lost.code, lost.stdout]).toEqual([
      0,
      expect.stringMatching(/^warning +schedule .*from 02:00 to 03:00.*\n +-> Write '30 3 \* \* \*'/m),
    ]);
    await project.write('backup-report.yaml', `${zone}schedule: { cron: "at dawn" }\n`);
    const none = await doctorOf(project.directory);
    expect([none.code, none.stdout]).toEqual([
      2,
      expect.stringMatching(/^failed +schedule +'at dawn' does not have five fields$/m),
    ]);
  });
});

const threeEvents = [
  databaseEvent('begin', recently, { id: 'b' }),
  databaseEvent('end', recently, { id: 'e' }),
  conditionEvent('critical', 'A.BACKUP_FAILURE', recently),
];

/** The lines that are not ok, each with its advice. */
function troubles({ stdout }: CliResult): string[] {
  const found = stdout.match(/^(?:warning|failed) +.*(?:\n +-> .*)?/gm) ?? [];
  return found
    .map((each) => each.replaceAll(/\s+/g, ' '))
    .filter((each) => !/^warning (?:mail|retention rule) /.test(each));
}

describe('doctor does what a run does', () => {
  it('and bears a parser that lacks a column', async () => {
    const made = await OciProject.create({}, meagre);
    projects.push(made);
    made.addEvents(threeEvents);
    const result = await doctorOf(made.project.directory);
    expect(troubles(result)).toEqual([
      expect.stringMatching(
        /^warning 1:log-analytics parsed fields the tenancy lacks some of the columns; a run reads the original content instead -> /,
      ),
    ]);
    expect(result.stdout).toMatch(/event types +in 7 days: 1 begin, 1 end, 1 critical$/m);
    expect(result.code).toBe(0);
    expect((await runPlainly(made.project.directory, recently.slice(0, 10))).code).toBe(0);
  });

  it.each([403, 404] as const)('and needs no list of log sources, which answers %s', async (status) => {
    const made = await makeProject();
    made.addEvents(threeEvents);
    made.standIn.faults.next(
      '/sources',
      { status: 404, code: status === 403 ? 'NotAuthorized' : 'NotAuthorizedOrNotFound' },
      9,
    );
    const result = await doctorOf(made.project.directory);
    expect(troubles(result)).toEqual([
      expect.stringMatching(
        /^warning 1:log-analytics log source whether OCI_Backup_Event_Source is there is not known: .* -> No run needs it/,
      ),
    ]);
    expect(result.code).toBe(0);
  });

  it('and finds the log source by its display name, or by its records alone', async () => {
    const made = await makeProject();
    made.addEvents(threeEvents);
    made.standIn.logs.sources.clear();
    made.standIn.logs.sources.set('internal_name', 'OCI_Backup_Event_Source');
    expect(troubles(await doctorOf(made.project.directory))).toEqual([]);
    made.standIn.logs.sources.clear();
    const [listed, ...others] = troubles(await doctorOf(made.project.directory));
    expect(listed).toMatch(/^warning .* does not list OCI_Backup_Event_Source, but there are records of it/);
    expect(others).toEqual([]);
  });

  it('and bears an archive of which it may see nothing but what a run sees', async () => {
    const made = await makeProject();
    made.addEvents(threeEvents);
    const bucket = `/b/${bucketName}`;
    made.standIn.faults.next((request) => request.method === 'HEAD', { status: 404 }, 99);
    made.standIn.faults.next(
      ({ method, path }) => method === 'GET' && (path.endsWith(bucket) || path.endsWith('/retentionRules')),
      { status: 404 },
      99,
    );
    const result = await doctorOf(made.project.directory);
    expect(result.stdout).toMatch(/^ok +create-only writes /m);
    expect(result.stdout).toMatch(/^warning +bucket +settings not known: .*404.*\n +-> Allow BUCKET_READ/m);
    expect(result.stdout).toMatch(/^warning +retention rule +not known: .*404.*\n +-> Allow BUCKET_READ/m);
    expect(result.code).toBe(0);
  });

  it('and tells records that come later than a run waits for them', async () => {
    const made = await makeProject();
    made.addEvents(threeEvents, 3_600_000);
    const sources = made.logAnalytics(', ingestionDelay: 30m');
    await made.project.write('backup-report.yaml', made.configuration({ sources }));
    expect(troubles(await doctorOf(made.project.directory))).toEqual([
      expect.stringMatching(
        /^warning 1:log-analytics ingestion the latest record came 60 min after its event; 3 came too late -> A run waits 30 min/,
      ),
    ]);
  });

  it('and tries pairs, which it can do without', async () => {
    const made = await makeProject();
    made.standIn.logs.addAll(
      threeEvents.map((event) => ({
        source: logSource,
        timeMs: Date.parse(recently) + 5000,
        event,
        columns: { timeCreated: recently },
      })),
    );
    const sources = made.logAnalytics(', aggregate: server');
    await made.project.write('backup-report.yaml', made.configuration({ sources }));
    expect((await doctorOf(made.project.directory)).stdout).toMatch(/^ok +1:log-analytics pairs +2 records/m);
    made.standIn.faults.next(
      ({ body }) => body.includes('| link'),
      { status: 400, code: 'InvalidParameter' },
      99,
    );
    const refused = await doctorOf(made.project.directory);
    expect([refused.code, troubles(refused)]).toEqual([
      0,
      [expect.stringMatching(/^warning 1:log-analytics pairs not used, every record is read: .*400/)],
    ]);
  });
});

describe('doctor has one advice for each kind of error', () => {
  it.each<[string, Fault, RegExp]>([
    ['400', { status: 400, code: 'InvalidParameter' }, /no matter of policies: check the names and OCIDs/],
    ['404', { status: 404 }, /^Allow the group to read loganalytics-query.* check the names, too\.$/],
    ['429', { status: 429 }, /OCI limits the calls/],
    ['500', { status: 500 }, /The fault is with the service/],
    [
      'no connection',
      { kind: 'reset' },
      /Check region or endpoint, DNS and firewall: .* not through a proxy/,
    ],
  ])('%s', async (_what, fault, advice) => {
    const made = await makeProject();
    made.addEvents(threeEvents);
    await made.project.write(
      'backup-report.yaml',
      made.configuration({ oci: '{ attempts: 2, firstDelay: 1ms, deadline: 100ms }' }),
    );
    made.standIn.faults.next('actions/query', fault, 9999);
    const { code, stdout } = await doctorOf(made.project.directory);
    expect(code).toBe(3);
    for (const check of ['records', 'query', 'event types']) {
      const [, told] =
        new RegExp(`^failed +1:log-analytics ${check} .*\\n +-> (.*)$`, 'm').exec(stdout) ?? [];
      expect(told).toMatch(advice);
      expect(told).not.toMatch(_what === '404' ? /proxy/ : /Allow the group/);
    }
    expect(stdout).toMatch(/^ok +create-only writes /m);
  });
});

describe('doctor tries every check', () => {
  it('though sources, archive and inventory cannot be made', async () => {
    const project = await Project.create(
      { 'events/a.ndjson': ndjson([]) },
      defaultConfiguration
        .replace(
          'sources:',
          'sources:\n  - { type: log-analytics, region: nowhere-east-1, compartmentId: ocid1.compartment.oc1..x }',
        )
        .replace(
          /archive:[^\n]*\n(?: +.*\n)*/,
          'archive: { type: object-storage, region: qqq, bucket: b }\n',
        ) +
        'inventory: { type: file, path: ./missing.csv }\ntemplates: ./nowhere\nauth: { type: config-file, file: ./none }\n',
    );
    projects.push(project);
    const { code, stdout } = await doctorOf(project.directory);
    expect(code).toBe(2);
    for (const words of [
      /^failed +credentials +cannot read the OCI configuration file .*none.*\n +-> /m,
      /^failed +templates +/m,
      /^failed +1:log-analytics source +not checked: it needs the credentials$/m,
      /^ok +2:local-files files +1 file found$/m,
      /^failed +inventory +.*missing\.csv/m,
      /^failed +create-only writes +not checked: it needs the credentials$/m,
      /^ok +mail +goes to the folder/m,
    ]) {
      expect(stdout).toMatch(words);
    }
  });

  it('though the credentials are refused: the clock is told, and whatever needs no credentials', async () => {
    const made = await makeProject();
    made.standIn.faults.clockOffsetMs = 3_600_000;
    const { code, stdout } = await doctorOf(made.project.directory);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^failed +credentials +OCI does not accept the credentials: .*\n +-> Set this machine's clock/m,
    );
    expect(stdout).toMatch(/^failed +create-only writes +not checked: it needs the credentials$/m);
    expect(stdout).toMatch(/^warning +clock +up to (?:60|61) min behind\n +-> /m);
    expect(stdout).not.toMatch(/^ok +credentials/m);
  });

  it('and counts what the inventory lists', async () => {
    const csv = 'resourceId,resourceType,resourceName\n';
    const project = await Project.create(
      { 'events/a.ndjson': ndjson([]), 'i.csv': `${csv}ocid1.database.oc1..a,database,A\n` },
      `${defaultConfiguration}inventory: { type: file, path: ./i.csv }\n`,
    );
    projects.push(project);
    expect((await doctorOf(project.directory)).stdout).toMatch(/^ok +inventory +.*i\.csv.*: 1 resource$/m);
    await project.write('i.csv', csv);
    const empty = await doctorOf(project.directory);
    expect([empty.code, empty.stdout]).toEqual([
      2,
      expect.stringMatching(/^failed +inventory .*i\.csv cannot be used/m),
    ]);

    const made = await makeProject();
    const inventory = `inventory: { type: oci, endpoint: "${made.standIn.url}", compartments: [ocid1.compartment.oc1..none] }`;
    await made.project.write('backup-report.yaml', `${made.configuration()}${inventory}\n`);
    expect((await doctorOf(made.project.directory)).stdout).toMatch(
      /^(?:failed|warning) +inventory .*\n +-> (?:Allow to inspect|With an empty list)/m,
    );
  });
});

describe('a retention rule', () => {
  const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString();
  it.each([
    [
      'its lock takes hold',
      inTenDays,
      `warning retention rule seven years, 7 years, to be locked from ${inTenDays} on: until then an administrator can remove it -> `,
    ],
    [
      'it has no lock',
      undefined,
      'warning retention rule seven years, 7 years, not locked: an administrator can remove it -> Lock the rule',
    ],
  ])('is told with the day from which it protects: %s', async (_what, timeRuleLocked, words) => {
    const made = await makeProject();
    made.standIn.objects.createBucket(bucketName, {
      retentionRule: {
        displayName: 'seven years',
        duration: { timeAmount: 7, timeUnit: 'YEARS' },
        ...(timeRuleLocked === undefined ? {} : { timeRuleLocked }),
      },
    });
    const { stdout } = await doctorOf(made.project.directory);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(words);
  });
});
