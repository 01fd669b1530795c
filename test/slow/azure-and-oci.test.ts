import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { asAnswer, asDiagnostics, asLogLine, type TableRow } from '../support/azure-rows.js';
import { azureDate, azureDay, diagnosticsOfJob } from '../support/azure/estate-day.js';
import { AzureStandIn, azureAuthorityUrl, azurePrincipal } from '../support/azure/stand-in.js';
import { Project, jsonOf, ndjson } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { databaseEvent, volumeEvent } from '../support/raw-event.js';

const workspace = '00000000-0000-4000-8000-000000000001';
const { tenantId, clientId, clientSecret } = azurePrincipal;

const ofOci = ndjson([
  databaseEvent('end', '2026-11-18T02:30:00Z', { id: 'd', details: { lifecycleState: 'ACTIVE' } }),
  volumeEvent('end', '2026-11-18T03:00:00Z', { id: 'v' }),
]);

const diagnostics: readonly TableRow[] = [
  asDiagnostics(diagnosticsOfJob),
  asDiagnostics({ ...diagnosticsOfJob, TimeGenerated: '2026-11-18T04:00:00.1234567Z' }, 'V1'),
];

const common = `plan: daily
timezone: UTC
lookbackDays: 1
settleDelay: 390m
archive: { type: file-system, directory: ./reports, lease: 0s }
mail: { type: outbox, directory: ./outbox, from: a@example.com, to: [b@example.com] }
`;

const overTheWire = (standIn: AzureStandIn): string => `${common}sources:
  - { type: local-files, name: oci, paths: ["./events/*"] }
  - { type: azure-monitor, name: vaults, workspaces: [${workspace}] }
azure:
  signIn:
    type: client-secret
    tenantId: ${tenantId}
    clientId: ${clientId}
    clientSecret: ${clientSecret}
  endpoint: ${standIn.url}
  authority: ${standIn.url}
  audience: ${standIn.audience}
  ca: ${fileURLToPath(azureAuthorityUrl)}
`;

const fromFiles = `${common}sources:
  - { type: local-files, name: oci, paths: ["./events/*"] }
  - { type: local-files, name: vaults, paths: ["./azure/*"] }
`;

/** The same rows in each of the forms in which a person may have them. */
const { AddonAzureBackupJobs: jobs = [], CoreAzureBackup: core = [], ...others } = azureDay;
const files = {
  'events/oci.ndjson': ofOci,
  'azure/query-answer.json': JSON.stringify(asAnswer(jobs)),
  'azure/PT1H.json': ndjson(core.map(asLogLine)),
  'azure/exported.ndjson': ndjson([...Object.values(others).flat(), ...diagnostics]),
};

let standIn: AzureStandIn;
const projects: Project[] = [];

beforeAll(async () => {
  standIn = await AzureStandIn.start();
  for (const [table, rows] of Object.entries(azureDay)) standIn.workspace(workspace).put(table, rows);
  standIn.workspace(workspace).put('AzureDiagnostics', diagnostics);
});

afterAll(async () => {
  for (const project of projects) await project.remove();
  await standIn.close();
});

interface Made {
  readonly report: DailyReport;
  readonly contentDigest: string;
  readonly project: Project;
}

async function made(
  configuration: string,
  given: Readonly<Record<string, string>>,
  TZ: string,
): Promise<Made> {
  const project = await Project.create(given, configuration);
  projects.push(project);
  const { code, stderr } = await mainHere(['run', '--date', azureDate], project.directory, { TZ });
  expect([code, stderr]).toEqual([0, '']);
  const revision = await project.revision(azureDate);
  const { contentDigest } = jsonOf<{ readonly contentDigest: string }>(revision, 'manifest.json');
  return { report: jsonOf<DailyReport>(revision, 'report.json'), contentDigest, project };
}

const totalsOf = ({ report }: Made): readonly unknown[] =>
  report.sources.map(({ name, controlTotals }) => [name, controlTotals]);

describe('a plan over OCI and Azure', () => {
  it('balances, tells the cloud of each resource, and is made again byte by byte', async () => {
    const { report, project } = await made(overTheWire(standIn), { 'events/oci.ndjson': ofOci }, 'UTC');

    expect(report.status).toBe('COMPLETE');
    const clouds = report.resources.map(({ resourceName, cloud = 'oci', outcome }) => [
      resourceName,
      cloud,
      outcome,
    ]);
    expect(clouds.sort()).toEqual([
      [expect.stringContaining('ERPPRD'), 'oci', 'SUCCEEDED'],
      ['VM-APP01', 'azure', 'SUCCEEDED'],
      ['VM-APP02', 'azure', 'FAILED'],
      ['VM-APP03', 'azure', 'MISSED'],
      [expect.any(String), 'oci', 'SUCCEEDED'],
    ]);
    for (const { controlTotals } of report.sources) {
      const { read, used, duplicate, outside, ignored, rejected } = controlTotals;
      expect(used + duplicate + outside + ignored + rejected).toBe(read);
    }
    // The job: one row of five counts, two of them in AzureDiagnostics, one of these in the old schema.
    expect(report.sources.find(({ name }) => name === 'vaults')?.controlTotals).toEqual({
      read: 13,
      used: 8,
      duplicate: 3,
      outside: 1,
      ignored: 1,
      rejected: 0,
    });
    const { expected, compliant, nonCompliant, unknown, notApplicable } = report.totals;
    expect([expected, compliant + nonCompliant + unknown + notApplicable]).toEqual([5, 5]);

    expect(report.settleDelaySeconds).toBe(23_400);
    expect(report.resources.find(({ resourceName }) => resourceName === 'VM-APP01')?.storedBytes).toBe(
      51_200 * 1024 ** 2,
    );
    const missed = report.resources.find(({ outcome }) => outcome === 'MISSED');
    expect(missed?.controls['backup-succeeded'].reason).toContain('one may still be running');
    expect(missed?.controls['no-open-incident'].reason).toContain('proves nothing');
    expect(report.sources.find(({ name }) => name === 'vaults')?.notes).toEqual([
      `workspace ${workspace} has no table AddonAzureBackupProtectedInstance: what vaults write there is not in this report`,
    ]);
    const page = (await project.revision(azureDate)).get('report.html')?.toString('utf8') ?? '';
    expect(page).toContain('multi-user authorisation of vaults are not assessed');
    expect(page).toContain('until 6 h 30 min after the cut-off');
    expect(page).toContain('has no table AddonAzureBackupProtectedInstance');

    // The next report goes on from this one: its window is a day, and the states of two are asked for.
    standIn.queries.length = 0;
    await mainHere(['run', '--date', '2026-11-19'], project.directory);
    const states = standIn.queries.filter(({ query }) => query.startsWith('CoreAzureBackup'));
    expect(states.length).toBeGreaterThan(0);
    for (const { query } of states) {
      expect(query).toContain('TimeGenerated >= datetime(2026-11-18T00:00:00.000Z)');
    }

    const again = await mainHere(['verify', '--rebuild'], project.directory);
    expect([again.code, again.stderr]).toEqual([0, '']);
  });

  it.each(['America/New_York', 'Asia/Kolkata'])(
    'on a machine in %s, over the wire and from files: the same verdicts, the same content digest',
    async (TZ) => {
      const wire = await made(overTheWire(standIn), { 'events/oci.ndjson': ofOci }, TZ);
      const local = await made(fromFiles, files, TZ);
      expect(local.report.resources).toEqual(wire.report.resources);
      expect(local.report.totals).toEqual(wire.report.totals);
      expect(totalsOf(local)).toEqual(totalsOf(wire));
      expect(local.contentDigest).toBe(wire.contentDigest);
    },
  );
});
