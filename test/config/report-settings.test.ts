import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../src/config/load.js';
import { backupComplianceKeys } from '../../src/config/backup-compliance-schema.js';
import { kindsOfPlans } from '../../src/config/kinds-of-plans.js';
import { keysBesideReports, settingKeysOf, settingsSchemaOf } from '../../src/config/report-settings.js';
import { planFields } from '../../src/config/schema.js';

const text = `plan: daily
timezone: UTC
sources: [{ type: local-files, paths: ["./events/*"] }]
inventory:
  type: oci
  compartments: [ocid1.compartment.oc1..prod]
  endpoint: https://user:hunter2@proxy.example.com/x
templates: /home/somebody/templates
branding: { logo: ./pictures/Logo.PNG, footer: "\${REPORT_SETTINGS_FOOTER}" }
waivers: [{ match: { name: "L*" }, reason: "https://wiki.example.com/a?b=1", approvedBy: c, expires: 2026-12-31 }]
archive: { type: file-system, directory: ./archive }
mail: { type: smtp, host: mail.example.com, from: a@example.com, to: [b@example.com], username: u, password: hunter2 }
`;

let folder: string | null = null;

afterEach(async () => {
  delete process.env['REPORT_SETTINGS_FOOTER'];
  if (folder !== null) await rm(folder, { recursive: true, force: true });
  folder = null;
});

async function settings(): Promise<unknown> {
  process.env['REPORT_SETTINGS_FOOTER'] = 'ours';
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
  const path = join(folder, 'backup-report.yaml');
  await writeFile(path, text);
  return (await loadConfiguration(path)).settings;
}

describe('the settings of a report, for the archive', () => {
  it.each(kindsOfPlans)('are decided for every key of the configuration of $name', (kind) => {
    const decided = [...settingKeysOf(kind), ...keysBesideReports, ...kind.besideReports];
    expect(decided.sort()).toEqual(Object.keys(planFields(kind)).sort());
  });

  it('are what reports show or judge by, references resolved; no places of files and services', async () => {
    expect(await settings()).toEqual({
      plan: 'daily',
      timezone: 'UTC',
      inventory: { type: 'oci', compartments: ['ocid1.compartment.oc1..prod'] },
      templates: './templates',
      branding: { logo: './logo.PNG', footer: 'ours' },
      waivers: [
        {
          match: { name: 'L*' },
          reason: 'https://wiki.example.com/a?b=1',
          approvedBy: 'c',
          expires: '2026-12-31',
        },
      ],
    });
  });

  it('can be read back', async () => {
    expect(settingsSchemaOf(backupComplianceKeys).safeParse(await settings())).toMatchObject({
      success: true,
      data: { lookbackDays: 7, settleDelay: 6 * 3_600_000 },
    });
  });
});
