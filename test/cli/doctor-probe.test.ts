import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { probeServices } from '../../src/cli/probe-services.js';
import { serviceProfileSchema } from '../../src/oci/service-profile.js';
import { eventColumns } from '../../src/sources/log-analytics/query-text.js';
import { type CliResult, Project, ndjson } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { OciProject, logSource } from '../support/oci-project.js';
import { type StandInProfile, asDocumented, serviceProfiles } from '../support/oci/service-profiles.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';

const projects: { remove(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

async function makeProject(profile: StandInProfile): Promise<OciProject> {
  const made = await OciProject.create({}, profile);
  projects.push(made);
  return made;
}

/** Yesterday at a time that is no whole second. */
const beganMs = Math.floor(Date.now() / 1000) * 1000 - 86_400_000 + 345;

/** Records a minute apart, each of its own event. */
function addRecords(made: OciProject, records: number, offsetMs = 0): void {
  made.standIn.logs.addAll(
    Array.from({ length: records }, (_, index) => ({
      source: logSource,
      timeMs: beganMs + index * 60_000 + offsetMs,
      event: databaseEvent('end', new Date(beganMs).toISOString(), { id: `secret-event-${index}` }),
    })),
  );
}

const probe = (directory: string, json = false): Promise<CliResult> =>
  captured((output) =>
    probeServices({ config: join(directory, 'backup-report.yaml'), logLevel: 'silent', json }, output),
  );

/** What of the stand-in's behaviour can be seen from outside, about the columns that a reading asks for. */
function truthOf({ logAnalytics }: StandInProfile): object {
  const { columns } = logAnalytics ?? {};
  return {
    ...logAnalytics,
    columns: eventColumns(logSource).filter((name) => columns?.includes(name) ?? true),
  };
}

describe.each(serviceProfiles)('doctor --probe-service of a service that is %s', (_name, profile) => {
  it('prints the profile that the service has, and nothing of the tenancy', async () => {
    const made = await makeProject(profile);
    addRecords(made, 620);
    const { code, stdout, stderr } = await probe(made.project.directory);
    expect([code, stderr]).toEqual([0, '']);
    const printed = parse(stdout);
    expect(serviceProfileSchema.parse(printed.serviceProfile)).toEqual({ logAnalytics: truthOf(profile) });
    expect(stdout).not.toMatch(/ocid1|standin|127\.0\.0\.1|secret-event|OCI_Backup_Event_Source/i);
    expect(made.standIn.requests.length).toBeLessThanOrEqual(40);
    expect(made.standIn.requests.filter(({ method }) => method !== 'POST' && method !== 'GET')).toEqual([]);

    await made.project.write('backup-report.yaml', `${made.configuration()}${stdout}`);
    const date = new Date(beganMs).toISOString().slice(0, 10);
    expect(await runPlainly(made.project.directory, date)).toMatchObject({ code: 0, stderr: '' });
  });

  it('says what a window of two records does not show', async () => {
    const made = await makeProject(profile);
    addRecords(made, 2);
    const { code, stdout } = await probe(made.project.directory, true);
    const { serviceProfile, unknown, calls } = JSON.parse(stdout);
    const { linkGroups, ...known } = truthOf(profile) as Record<string, unknown>;
    expect([code, serviceProfile.logAnalytics]).toEqual([0, known]);
    expect(linkGroups).toBe(500);
    expect(unknown.logAnalytics).toEqual({
      linkGroups: 'the window has 2 groups, too few: all of them came',
    });
    expect(calls).toBeLessThanOrEqual(40);
  });
});

describe('doctor --probe-service', () => {
  it('says of each question why it has no answer: no record, whole seconds, a refusal', async () => {
    const made = await makeProject(asDocumented);
    const nothing = await probe(made.project.directory);
    expect(nothing.code).toBe(3);
    expect(parse(nothing.stdout)).toEqual({ serviceProfile: { logAnalytics: {} } });
    expect(nothing.stdout).toContain(
      '    # timeEdges: not known: the window has no record of the log source\n',
    );

    addRecords(made, 3, -345);
    made.standIn.faults.next('actions/export', { status: 404 });
    const little = JSON.parse((await probe(made.project.directory, true)).stdout);
    expect(little.unknown.logAnalytics).toEqual({
      timeEdges: expect.stringContaining('whole seconds'),
      endIncluded: expect.stringContaining('whole seconds'),
      linkGroups: expect.stringContaining('too few'),
      exportShape: 'the service answered 404 NotAuthorizedOrNotFound',
    });
    expect(little.serviceProfile.logAnalytics.asyncStatus).toBe(200);

    made.standIn.logs.deniedCompartments.add('ocid1.compartment.oc1..prod');
    const refused = await probe(made.project.directory);
    expect([refused.code, refused.stdout]).toEqual([
      3,
      expect.stringContaining('# columns: not known: the service answered 404 NotAuthorizedOrNotFound'),
    ]);
    expect(refused.stdout).not.toContain('ocid1');
  });

  it('takes what one source knows and another does not, and no answer that differs', async () => {
    const made = await makeProject(asDocumented);
    addRecords(made, 2);
    const empty = made.logAnalytics(', logSource: Another');
    await made.project.write(
      'backup-report.yaml',
      made.configuration({ sources: `${empty}\n${made.logAnalytics()}` }),
    );
    const { stdout } = await probe(made.project.directory, true);
    expect(JSON.parse(stdout).serviceProfile.logAnalytics.timeEdges).toBe('milliseconds');
  });

  it('is a command, and a usage error where no source leaves anything open', async () => {
    const project = await Project.create({ 'events/a.ndjson': ndjson([]) });
    projects.push(project);
    const { code, stderr } = await mainHere(['doctor', '--probe-service'], project.directory);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Only sources of type log-analytics do')]);
  });
});
