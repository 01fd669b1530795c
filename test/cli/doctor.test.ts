import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { doctor } from '../../src/cli/doctor.js';
import { type CliResult, Project, defaultConfiguration, ndjson, runCli } from '../support/cli.js';
import { OciProject, bucketName } from '../support/oci-project.js';
import { conditionEvent, databaseEvent } from '../support/raw-event.js';
import { captured } from '../support/run-here.js';

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
  captured((output) => doctor({ config: join(directory, 'backup-report.yaml'), logLevel: 'silent' }, output));

/** The built command as a process of its own. */
const doctorCommand = (directory: string, ...more: readonly string[]): Promise<CliResult> =>
  runCli(['doctor', ...more], { cwd: directory });

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
    const { code, stdout, stderr } = await doctorCommand(made.project.directory);
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
    expect(refused.stdout).toMatch(
      /^failed +1:log-analytics log analytics .*404.*\n +-> Allow the group to read/m,
    );

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
    const { stdout } = await doctorCommand(made.project.directory, '--json');
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
