import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { CliResult } from '../support/cli.js';
import {
  type AuditRecordParts,
  auditRecord,
  loggedAuditRecord,
  secretOfAudit,
} from '../support/audit-record.js';
import { mainHere } from '../support/main-here.js';
import { OciProject, bucketName } from '../support/oci-project.js';

const projects: OciProject[] = [];

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

const prod = 'ocid1.compartment.oc1..prod';
/** Yesterday: doctor looks at what came lately. */
const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const at = (time: string): string => `${date}T${time}Z`;

const records: readonly AuditRecordParts[] = [
  { id: '00000000-0000-4000-8000-0000000000a1', time: at('08:00:00.123') },
  { id: '00000000-0000-4000-8000-0000000000a2', time: at('09:00:00.456'), status: '404' },
  {
    id: '00000000-0000-4000-8000-0000000000a3',
    time: at('10:00:00.789'),
    eventName: 'ListBackups',
    action: 'GET',
  },
  {
    id: '00000000-0000-4000-8000-0000000000a4',
    time: at('11:00:00.000'),
    eventName: 'UpdateBackup',
    action: null,
  },
];

const sourceOf = (type: string, url: string, more = ''): string =>
  `  - { type: ${type}, endpoint: "${url}" ${more} }`;

/** Each record by both services. */
async function makeProject(type: string, more = ''): Promise<OciProject> {
  const made = await OciProject.create();
  projects.push(made);
  const { standIn, project } = made;
  const root = standIn.credentials.tenancyId;
  standIn.inventory.addCompartment(prod, 'prod', root);
  for (const parts of records) {
    standIn.audit.put(prod, auditRecord(parts));
    standIn.search.put(
      `${root}/_Audit_Include_Subcompartment`,
      Date.parse(parts.time),
      loggedAuditRecord(parts),
    );
  }
  const sources = sourceOf(type, standIn.url, more);
  await project.write('backup-report.yaml', made.configuration({ sources }));
  return made;
}

const run = (made: OciProject): Promise<CliResult> =>
  mainHere(['run', '--date', date, '--json', '--log-level', 'warn'], made.project.directory);

const doctor = (made: OciProject): Promise<CliResult> => mainHere(['doctor'], made.project.directory);

/** Everything that was written, unpacked. */
function written(made: OciProject): string {
  const objects = made.standIn.objects;
  return objects
    .names(bucketName)
    .map((name) => {
      const bytes = objects.get(bucketName, name) ?? Buffer.alloc(0);
      return `${name}\n${(name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')}`;
    })
    .join('\n');
}

interface ArchivedSource {
  readonly complete: boolean;
  readonly reasons: readonly string[];
  readonly controlTotals: Readonly<Record<string, number>>;
}

function sourceOfReport(made: OciProject): ArchivedSource {
  const manifest = made.revision(date).get('manifest.json')?.toString() ?? '';
  return JSON.parse(manifest).sources[0];
}

describe.each(['oci-audit', 'logging-search'])('a day read by %s', (type) => {
  it('has every record once, and no credentials or headers anywhere', async () => {
    const made = await makeProject(type);
    const { stdout, stderr } = await run(made);
    const { complete, reasons, controlTotals } = sourceOfReport(made);
    expect([complete, reasons]).toEqual([true, []]);
    expect(controlTotals).toMatchObject({ read: 4, used: 3, ignored: 1, rejected: 0 });
    const all = `${written(made)}\n${stdout}\n${stderr}`;
    expect(all).toContain('0000000000a1');
    expect(all).not.toContain(secretOfAudit);
  });
});

describe('doctor', () => {
  it('says what it found of Audit', async () => {
    const made = await makeProject('oci-audit');
    const { stdout } = await doctor(made);
    expect(stdout).toMatch(
      /^ok +1:oci-audit compartments +2 compartments \(0 deleted\) in 127\.0\.0\.1:\d+$/m,
    );
    expect(stdout).toMatch(/^ok +1:oci-audit retention +Audit keeps records for 365 days$/m);
    expect(stdout).toMatch(
      /^ok +1:oci-audit events of 127\.0\.0\.1:\d+ +none processed in the last hour in root$/m,
    );
  });

  it('says what of Audit is refused, and what to do', async () => {
    const made = await makeProject('oci-audit');
    const root = made.standIn.credentials.tenancyId;
    made.standIn.audit.denied.add(root);
    made.standIn.audit.retentionPeriodDays = null;
    made.standIn.inventory.denied.add(root);
    const { stdout, code } = await doctor(made);
    expect(stdout).toMatch(
      /^failed +1:oci-audit compartments +not all .*404.*\n +-> Allow the group to inspect/m,
    );
    expect(stdout).toMatch(
      /^warning +1:oci-audit retention +not known: .*404.*\n +-> Days up to 90 days back/m,
    );
    expect(stdout).toMatch(
      /^failed +1:oci-audit events of .*404.*\n +-> Allow the group to read audit-events/m,
    );
    expect(code).toBe(3);
  });

  it('says that Audit keeps less than the look-back', async () => {
    const made = await makeProject('oci-audit');
    made.standIn.audit.retentionPeriodDays = 1;
    expect((await doctor(made)).stdout).toMatch(
      /^warning +1:oci-audit retention +Audit keeps records for 1 days/m,
    );
  });

  it('counts what a search finds', async () => {
    const made = await makeProject('logging-search');
    const { stdout } = await doctor(made);
    expect(stdout).toMatch(
      /^(?:ok|warning) +1:logging-search records +(?:\d|none) .*in the last day$|in the last day/m,
    );
  });

  it.each([
    ['none', 0, /^failed +1:logging-search records +the service does not count .*\n +-> .*oci-audit/m],
    ['count', 1, /^failed +1:logging-search completeness +0 records were read, but the service counts 1$/m],
  ] as const)('says that a search cannot be shown to be whole: %s', async (countForm, countsMore, words) => {
    const made = await makeProject('logging-search');
    Object.assign(made.standIn.search, { countForm, countsMore });
    const { stdout } = await doctor(made);
    expect(stdout).toMatch(words);
  });

  it('says that a search is refused', async () => {
    const made = await makeProject('logging-search');
    made.standIn.search.denied.add(`${made.standIn.credentials.tenancyId}/_Audit_Include_Subcompartment`);
    expect((await doctor(made)).stdout).toMatch(
      /^failed +1:logging-search search .*404.*\n +-> Allow the group/m,
    );
  });
});
