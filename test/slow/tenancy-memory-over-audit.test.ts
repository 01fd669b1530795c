import { afterEach, describe, expect, it } from 'vitest';
import { auditRecord } from '../support/audit-records.js';
import { runCli } from '../support/cli.js';
import { OciProject } from '../support/oci-project.js';

/* A whole run, from the service of Audit to the archive, measured in its own process. */

/** Audit has nothing of a day that is not over. */
const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const startMs = Date.parse(`${date}T00:00:00Z`);
const compartments = Array.from({ length: 4 }, (_, at) => `ocid1.compartment.oc1..c${at}`);
/** The large backup day, of half a million jobs, takes a gigabyte (docs/performance.md). */
const largeDayKilobytes = 1_000_000;

/** A module that says at the end how much memory the process took. */
const sayingPeak = `data:text/javascript,${encodeURIComponent(
  'process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))',
)}`;

let made: OciProject;

afterEach(() => made.remove());

async function tenancyOf(records: number, changes: number): Promise<void> {
  made = await OciProject.create();
  const { standIn, project } = made;
  const { credentials, inventory, audit } = standIn;
  audit.pageSize = 20_000;
  for (const each of compartments) inventory.addCompartment(each, each, credentials.tenancyId);
  for (let at = 0; at < records; at += 1) audit.put(compartments[at % 4] ?? '', recordOf(at, at < changes));
  await project.write(
    'backup-report.yaml',
    `report: tenancy-changes
plan: daily
timezone: UTC
sources: [{ type: oci-audit, endpoint: "${standIn.url}" }]
archive: { type: file-system, directory: ./reports }
auth: { type: config-file, file: ./config }
`,
  );
}

function recordOf(number: number, isChange: boolean): ReturnType<typeof auditRecord> {
  return auditRecord({
    verb: isChange ? 'PUT' : 'GET',
    operation: isChange ? 'UpdateThing' : 'GetThing',
    time: new Date(startMs + ((number * 337) % 86_400_000)).toISOString(),
    resourceId: `ocid1.thing.oc1.iad.${String(number).padStart(60, 'a')}`,
    principal: `user-${number % 500}`,
    compartmentId: compartments[number % 4] ?? '',
    previous: isChange ? { size: number } : null,
    current: isChange ? { size: number + 1 } : null,
  });
}

describe('a run over 250,000 records of Audit', () => {
  it('fits the memory of the large backup day', async () => {
    await tenancyOf(250_000, 50_000);
    const { code, stdout, stderr } = await runCli(['run', '--date', date, '--json', '--log-level', 'warn'], {
      cwd: made.project.directory,
      env: { SOURCE_DATE_EPOCH: undefined, NODE_OPTIONS: `--import=${sayingPeak}` },
    });
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { status: 'COMPLETE', totals: { changes: 50_000, reads: 200_000 } },
    ]);
    const peak = Number(/peak (\d+)/.exec(stderr)?.[1]);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(largeDayKilobytes);
  });
});
