import { afterEach, describe, expect, it } from 'vitest';
import { asCommandLine, dataSafeEvent } from '../support/data-safe-events.js';
import { logId, logPlace } from '../support/forwarding.js';
import { mainHere } from '../support/main-here.js';
import { OciProject } from '../support/oci-project.js';

const projects: OciProject[] = [];

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

const [compartmentId = '', logGroupId = ''] = logPlace.split('/');
const hourMs = 3_600_000;
/** So many hours ago, in whole milliseconds. */
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * hourMs).toISOString();
const password = 'Tiger-4711';

const event = (number: number, more: Readonly<Record<string, unknown>> = {}) =>
  dataSafeEvent({
    id: `ocid1.auditevent.oc1..e${number}`,
    auditEventTime: hoursAgo(30 - number),
    timeCollected: hoursAgo(20 - number),
    ...more,
  });

/** What the command line prints. */
const output = (...numbers: readonly number[]): string =>
  JSON.stringify({ data: { items: numbers.map((number) => asCommandLine(event(number))) } }, null, 2);

async function project(sources?: string): Promise<OciProject> {
  const made = await OciProject.create();
  projects.push(made);
  const { standIn } = made;
  standIn.customLogs.create(logPlace);
  const source = `  - { type: data-safe, endpoint: "${standIn.url}", compartmentId: ocid1.compartment.oc1..prod }`;
  const forward = `report: database-activity
forward:
  endpoint: "${standIn.url}"
  logId: ${logId}
  since: "${hoursAgo(24 * 30)}"
  readBack: { compartmentId: ${compartmentId}, logGroupId: ${logGroupId}, endpoint: "${standIn.url}" }
`;
  const text = made.configuration({ sources: sources ?? source }).replace(/^lookbackDays.*\n/m, '');
  await made.project.write('backup-report.yaml', `${text}${forward}`);
  return made;
}

const forward = (made: OciProject, ...more: readonly string[]) =>
  mainHere(['forward', '--log-level', 'error', ...more], made.project.directory);

describe('doctor', () => {
  it.each([
    ['that can be searched', 0, 0, 'can be searched'],
    ['that may not be searched', 100, 4, 'read log-content and read log-groups are needed'],
  ])('looks at a log %s', async (_name, refusals, exitCode, words) => {
    const made = await project();
    made.standIn.dataSafe.events.push(event(1));
    if (refusals > 0) made.standIn.faults.next('/20190909/search', { status: 404 }, refusals);
    const { code, stdout } = await mainHere(['doctor', '--log-level', 'silent'], made.project.directory);
    expect(stdout).toContain(words);
    expect(code).toBe(exitCode);
    expect(made.standIn.customLogs.entriesOf(logId)).toEqual([]);
  });
});

describe('forward', () => {
  it('sends what Data Safe collected to the log, each event once and without passwords', async () => {
    const made = await project();
    const { dataSafe, customLogs } = made.standIn;
    const commandText = `alter user app identified by "${password}"`;
    dataSafe.events.push(event(1), event(2, { commandText, operation: 'ALTER' }), event(3));
    const first = await forward(made);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain(`3 records forwarded to ${logId} in 1 batch\n`);
    expect(first.stdout).toContain('nothing was forwarded before');

    // It happened weeks ago and was collected now.
    dataSafe.events.push(event(4, { auditEventTime: hoursAgo(24 * 20), timeCollected: hoursAgo(0.01) }));
    const second = await forward(made, '--json');
    expect(JSON.parse(second.stdout)).toMatchObject({
      forwarded: 1,
      rejected: 0,
      complete: true,
      unavailable: null,
    });
    const entries = customLogs.entriesOf(logId);
    expect(entries.map(({ data }) => (JSON.parse(data) as { id: string }).id.at(-1))).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
    expect(entries[0]).toMatchObject({ subject: 'erp-prod', time: dataSafe.events[0]?.['auditEventTime'] });
    expect(JSON.stringify(entries)).not.toContain(password);
    expect(JSON.parse(entries[1]?.data ?? '')).toMatchObject({
      operation: 'ALTER',
      commandText: expect.any(String),
    });
  });

  it('counts in the log what it had to send twice', async () => {
    const made = await project();
    made.standIn.dataSafe.events.push(event(1), event(2));
    made.standIn.faults.next('/actions/push', { kind: 'torn-after-effect' });
    const { code, stdout } = await forward(made);
    expect(code).toBe(0);
    expect(stdout).toContain('2 records possibly twice in the log: an answer was lost');
    expect(stdout).toContain('batch 1 counted in the log: 0 once, 2 more than once, 0 not found');
  });

  it('says that the log takes nothing, and goes on the next time', async () => {
    const made = await project();
    made.standIn.dataSafe.events.push(event(1));
    made.standIn.faults.next('/actions/push', { status: 404 });
    const failed = await forward(made);
    expect(failed.code).toBe(4);
    expect(failed.stdout).toContain('the log did not take everything: Logging putLogs answered 404');
    expect(failed.stdout).toContain('-> Nothing is lost: the next run goes on from here.');
    const { code, stdout } = await forward(made);
    expect([code, stdout.split('\n')[0]]).toEqual([0, `1 record forwarded to ${logId} in 1 batch`]);
  });

  it('is not complete where Data Safe counts otherwise', async () => {
    const made = await project();
    made.standIn.dataSafe.events.push(event(1));
    made.standIn.dataSafe.countsMore = 1;
    const { code, stdout } = await forward(made);
    expect(code).toBe(3);
    expect(stdout).toContain('not everything was read: 1:data-safe: ');
  });

  it('takes the file of the command line, which another output was appended to', async () => {
    const made = await project('  - { type: local-files, paths: ["./datasafe.log"] }');
    await made.project.write('datasafe.log', `${output(1, 2)}\n${output(2, 3)}\n`);
    expect(await forward(made)).toMatchObject({ code: 0 });
    await made.project.write('datasafe.log', `${output(1, 2)}\n${output(2, 3)}\n${output(4)}\n`);
    const { stdout } = await forward(made);
    expect(stdout).toContain('1 record forwarded');
    expect(made.standIn.customLogs.entriesOf(logId)).toHaveLength(4);
  });

  it.each([
    [
      'without a section forward',
      (text: string) => text.replace(/^forward:[^]*/m, ''),
      'has no section forward',
    ],
    [
      'of another source',
      (text: string) =>
        text
          .replace(/type: data-safe/, 'type: streaming')
          .replace(/compartmentId: \S+ }/, 'streamId: ocid1.stream.oc1..s }'),
      'sources[0]: forward reads no source of the type streaming',
    ],
    ['to what is no log', (text: string) => text.replace(logId, 'my-log'), 'forward.logId: must be an OCID'],
  ])('is a usage error for a plan %s', async (_name, change, words) => {
    const made = await project();
    const text = await made.project.read('backup-report.yaml');
    await made.project.write('backup-report.yaml', change(text.toString()));
    const { code, stderr } = await forward(made);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});
