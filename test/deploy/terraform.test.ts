import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../src/config/load.js';
import { packageRoot } from '../../src/package-root.js';
import { eventCatalogueRows } from '../../src/reports/backup-compliance/events/event-catalogue-rows.js';
import {
  type ArgumentTable,
  type Block,
  type ModuleFiles,
  faultOfStatement,
  faultsOfModule,
  parseModule,
} from '../support/deploy/terraform-check.js';

const folder = new URL('deploy/terraform/', packageRoot);
let files: ModuleFiles;
let table: ArgumentTable;
let module: Readonly<Record<string, Block>>;

beforeAll(async () => {
  const names = (await readdir(folder)).filter((name) => !name.endsWith('.md'));
  files = new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(new URL(name, folder), 'utf8')] as const),
    ),
  );
  table = JSON.parse(
    await readFile(new URL('test/fixtures/deploy/terraform-arguments.json', packageRoot), 'utf8'),
  );
  module = await parseModule(files);
});

/** The module with one text in one file replaced. */
function broken(name: string, from: string, to: string): ModuleFiles {
  const text = files.get(name) ?? '';
  expect(text).toContain(from);
  return new Map([...files, [name, text.replace(from, to)]]);
}

describe('the Terraform module', () => {
  it('is formatted, refers to what is declared, uses what it declares, and gives resources their arguments', async () => {
    expect(await faultsOfModule(files, table)).toEqual([]);
  });

  it.each([
    ['main.tf', '  name           = "${var.prefix}', '  name = "${var.prefix}', 'main.tf: is not formatted'],
    [
      'main.tf',
      'stream_id   = oci_streaming_stream.events',
      'stream_id   = oci_streaming_stream.other',
      'oci_streaming_stream.other: is not declared',
    ],
    ['main.tf', 'var.stream_partitions', 'var.partition_count', 'var.partition_count: is not declared'],
    ['main.tf', 'var.stream_partitions', '1', 'var.stream_partitions: is not used'],
    [
      'main.tf',
      '  email_address  = var.sender',
      '  mail_address   = var.sender',
      'oci_email_sender.reports: lacks email_address',
    ],
    [
      'main.tf',
      '  email_address  = var.sender',
      '  mail_address   = var.sender',
      'oci_email_sender.reports: takes no mail_address',
    ],
    [
      'main.tf',
      '"oci_email_sender"',
      '"oci_email_sending"',
      'oci_email_sending: is not in the table of arguments',
    ],
    ['variables.tf', '  type        = bool\n', '', 'has no type'],
    ['variables.tf', '  description = "OCID of the tenancy."\n', '', 'var.tenancy_ocid: has no description'],
    ['terraform.tfvars.example', 'timezone ', 'zone ', 'terraform.tfvars.example: no variable zone'],
  ])('with %s broken is told: %s -> %s', async (name, from, to, fault) => {
    expect((await faultsOfModule(broken(name, from, to), table)).join('\n')).toContain(fault);
  });

  it('cannot be read where a block is left open', async () => {
    await expect(parseModule(new Map([['a.tf', 'resource "a" "b" {']]))).rejects.toThrow('a.tf');
  });

  it('collects every type of the catalogue that reports use, and no other', () => {
    const listed = Object.values(
      JSON.parse(files.get('event-types.json') ?? '') as Record<string, Record<string, string[]>>,
    );
    const types = listed.flatMap((phases) => Object.values(phases).flat());
    const wanted = eventCatalogueRows
      .filter(([, action]) => action !== 'unrelated')
      .map(([, , , type]) => `com.oraclecloud.${type}`);
    expect(types.toSorted()).toEqual(wanted.toSorted());
    expect(listed.length).toBeLessThan(50);
    for (const phases of listed)
      expect(JSON.stringify(Object.values(phases).flat()).length).toBeLessThan(4000);
  });
});

/** `${local.here}` and other references as Terraform would fill them in. */
const values: Readonly<Record<string, string>> = {
  'local.here': 'compartment id ocid1.compartment.oc1..x',
  'local.watched_scope': 'compartment id ocid1.compartment.oc1..w',
  'local.connector': "request.principal.type = 'serviceconnector', request.principal.compartment.id = 'x'",
};
const filledIn = (text: string): string =>
  text.replaceAll(/\$\{([\w.]+)\}/g, (_, name: string) => values[name] ?? 'x');

describe('the statements of its policies', () => {
  it('give each the least, for a workload in a dynamic group and for a pod', () => {
    const locals = module['locals'] ?? {};
    const fixed = [
      ...(locals['pipeline_statements'] as string[]),
      ...(locals['events_statements'] as string[]),
    ];
    const rights = Object.values(
      locals['rights'] as Record<string, { allow: string; when: string[] }[]>,
    ).flat();
    const statementOf = (subject: string, conditions: readonly string[]): readonly string[] =>
      rights.map(({ allow, when }) => {
        const all = [...conditions, ...when];
        return `allow ${subject} to ${allow}${all.length === 0 ? '' : ` where all {${all.join(', ')}}`}`;
      });
    const statements = [
      ...fixed,
      ...statementOf('dynamic-group backup-reporter-program', []),
      ...statementOf('any-user', ["request.principal.type = 'workload'"]),
    ].map(filledIn);
    expect(statements.length).toBeGreaterThan(40);
    expect(statements.filter((each) => faultOfStatement(each) !== null)).toEqual([]);
    const toReports = statements.filter((each) => each.includes('OBJECT_CREATE'));
    expect(toReports.join()).not.toMatch(/OBJECT_(?:OVERWRITE|DELETE)/);
  });

  it.each([
    ['allow group a to manage all-resources in tenancy', 'is about all resources'],
    ['allow group a to manage objects in compartment id x', 'manages without a condition'],
    ['allow any-user to read objects in compartment id x', 'is for any user'],
    ['allow group a to read objects in tenancy', 'is for the whole tenancy'],
    ['allow group a to own objects in compartment id x', 'is no statement'],
  ])('%s: %s', (text, fault) => {
    expect(faultOfStatement(text)).toBe(fault);
  });
});

/** The template as Terraform renders it: `${name}`, and `%{ if name ~}` … `%{ endif ~}` on lines of their own. */
function rendered(template: string, given: Readonly<Record<string, string | boolean>>): string {
  const chosen = template.replaceAll(
    /%\{ if (\w+) ~\}\n([\s\S]*?)%\{ endif ~\}\n/g,
    (_, name: string, lines: string) => (given[name] === true ? lines : ''),
  );
  return chosen.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    if (given[name] === undefined) throw new Error(`no value for ${name}`);
    return String(given[name]);
  });
}

const texts = {
  timezone: 'America/New_York',
  region: 'us-ashburn-1',
  namespace: 'mytenancy',
  compartment: 'ocid1.compartment.oc1..x',
  watched: 'ocid1.tenancy.oc1..x',
  log_source: 'OCI_Backup_Reporter_Events',
  stream: 'ocid1.stream.oc1.iad.x',
  raw_bucket: 'backup-reporter-events',
  reports_bucket: 'backup-reporter-reports',
  sender: 'backup-reports@example.com',
  recipients: "'a@example.com', 'b@example.com'",
};

describe('config_yaml', () => {
  it('gets a value for every name of its template, and for no other', () => {
    const template = files.get('backup-report.yaml.tftpl') ?? '';
    const [, given = ''] =
      /templatefile\([^,]+, \{([\s\S]*?)\n {2}\}\)/.exec(files.get('outputs.tf') ?? '') ?? [];
    const keys = [...given.matchAll(/^ {4}(\w+)\s+=/gm)].map(([, key]) => key);
    const used = new Set([...template.matchAll(/(?:\$\{|%\{ if )(\w+)/g)].map(([, name]) => name));
    expect(keys.toSorted()).toEqual([...used].toSorted());
  });

  it.each([
    ['instance', { reads_log_analytics: true, has_inventory: true, has_mail: true }],
    ['container-instance', { reads_bucket: true }],
    ['function', { reads_stream: true, has_mail: true }],
    ['oke', { reads_log_analytics: true, reads_bucket: true, reads_stream: true, has_inventory: true }],
    ['group', { reads_log_analytics: true }],
  ])('is a configuration that the program takes: %s, %j', async (workload, flags) => {
    const authTypes = (module['locals'] ?? {})['auth_types'] as Record<string, string>;
    const auth = authTypes[workload] ?? 'none';
    const text = rendered(files.get('backup-report.yaml.tftpl') ?? '', { ...texts, ...flags, auth });
    const directory = await mkdtemp(join(tmpdir(), 'config-yaml-'));
    try {
      await writeFile(join(directory, 'backup-report.yaml'), text);
      const { configuration } = await loadConfiguration(join(directory, 'backup-report.yaml'));
      expect(configuration.auth.type).toBe(auth);
      expect(configuration.sources).toHaveLength(
        Object.keys(flags).filter((key) => key.startsWith('reads_')).length,
      );
      expect(configuration.archive).toMatchObject({ bucket: 'backup-reporter-reports' });
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
