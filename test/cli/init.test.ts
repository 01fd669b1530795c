import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type InitOptions, init } from '../../src/cli/init.js';
import { loadConfiguration } from '../../src/config/load.js';
import {
  type BackupComplianceConfiguration,
  backupComplianceKeys,
} from '../../src/config/backup-compliance-schema.js';
import { planFields } from '../../src/config/schema.js';
import { databaseActivityKeys } from '../../src/config/database-activity-schema.js';
import { tenancyChangesKeys } from '../../src/config/tenancy-changes-schema.js';
import { type Terminal, askAnswers } from '../../src/init/ask-answers.js';
import { type StarterAnswers, starterConfiguration } from '../../src/init/starter-configuration.js';
import { writeOnce } from '../../src/init/write-once.js';
import { packageRoot } from '../../src/package-root.js';
import type { CliResult } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';
import { templatesFolder } from '../support/theme.js';

const date = '2026-11-19';
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'init-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** The whole command line. */
const initialise = (...args: readonly string[]): Promise<CliResult> =>
  mainHere(['init', ...args], directory, { TZ: 'Europe/Berlin' });

/** `init --yes` without one; paths are below the folder. */
const initHere = ({ config = 'backup-report.yaml', templates, ...more }: Partial<InitOptions> = {}) =>
  captured((output) =>
    init(
      {
        ...more,
        config: join(directory, config),
        yes: true,
        ...(templates === undefined ? {} : { templates: join(directory, templates) }),
      },
      output,
    ),
  );

const read = (name: string): Promise<string> => readFile(join(directory, name), 'utf8');

/** All names below a folder, hidden ones too. */
const everything = async (): Promise<string[]> => (await readdir(directory, { recursive: true })).sort();

const answers: StarterAnswers = {
  report: 'backup-compliance',
  plan: 'daily-backup',
  timezone: 'Europe/Berlin',
  source: { type: 'local-files', path: './events/**/*.ndjson.gz' },
  archiveDirectory: './reports',
  mail: { from: 'backup-reports@example.com', to: ['ops@example.com'] },
};
const noTheme = { language: null, templates: null };

async function load(text: string) {
  await writeFile(join(directory, 'tried.yaml'), text);
  const { configuration } = await loadConfiguration(join(directory, 'tried.yaml'));
  return configuration as BackupComplianceConfiguration;
}

/** What is optional, `#key: value`, made to count. */
const uncommented = (text: string): string => text.replace(/^#(?=[a-z]|\s{2,})/gm, '');

/** The same of its sources alone. */
function uncommentedSources(text: string): string {
  const [before = '', ...rest] = text.split(/^(?=sources:)/m);
  const [sources = '', ...after] = rest.join('').split(/^(?=# \S|[a-z])/m);
  return [before, uncommented(sources), ...after].join('');
}

describe('init', () => {
  it('writes a configuration that loads, in the zone of the machine', async () => {
    const { code, stdout, stderr } = await initialise('--yes');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('written: ./backup-report.yaml');
    expect(await everything()).toEqual(['backup-report.yaml']);
    const { configuration } = await loadConfiguration(join(directory, 'backup-report.yaml'));
    expect(configuration).toMatchObject({ plan: 'daily-backup', timezone: 'Europe/Berlin', language: 'en' });
  });

  it('writes one that run makes a report with', async () => {
    await initHere({ language: 'de' });
    await mkdir(join(directory, 'events'));
    const event = JSON.stringify(databaseEvent('end', `${date}T12:00:00Z`));
    await writeFile(join(directory, 'events/a.ndjson.gz'), gzipSync(`${event}\n`));
    const { code, stdout } = await runPlainly(directory, date, ['report.html']);
    expect({ code, begin: stdout.slice(0, 9) }).toEqual({ code: 0, begin: 'COMPLIANT' });
    expect(await read('reports/daily-backup/2026/11/19/r1/report.html')).toMatch(/<html[^>]* lang="de"/);
  });

  it('says that nothing is asked where there is no terminal', async () => {
    const { code, stderr } = await initialise();
    expect(code).toBe(0);
    expect(stderr).toBe('Standard input is no terminal: nothing is asked, as with --yes.\n');
  });

  it('refuses a second time, and leaves the first as it is', async () => {
    await initHere();
    await writeFile(join(directory, 'backup-report.yaml'), 'mine');
    const { code, stderr } = await initHere({ templates: 'ours' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/there already, and not written over: .*backup-report\.yaml\n/);
    expect(await read('backup-report.yaml')).toBe('mine');
    expect(await everything()).toEqual(['backup-report.yaml']);
  });

  it('refuses a folder of templates that holds something, and then writes nothing at all', async () => {
    await mkdir(join(directory, 'ours'));
    await writeFile(join(directory, 'ours/report.css'), 'mine');
    const { code, stderr } = await initHere({ templates: 'ours' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/not written over: .*ours\n/);
    expect(await everything()).toEqual(['ours', 'ours/report.css']);
  });

  it('copies all templates, and what is changed in them is used', async () => {
    const { code } = await initHere({ templates: 'brand/ours', config: 'plans/daily.yaml' });
    expect(code).toBe(0);
    const copied = await readdir(join(directory, 'brand/ours'), { recursive: true });
    expect(copied.sort()).toEqual((await readdir(templatesFolder, { recursive: true })).sort());
    expect(await read('plans/daily.yaml')).toContain('\ntemplates: ../brand/ours #');
    expect((await everything()).filter((name) => /(^|\/)\./.test(name))).toEqual([]);

    await writeFile(join(directory, 'brand/ours/report.css'), 'body { color: #123456 }');
    await runPlainly(directory, date, ['report.html'], { config: 'plans/daily.yaml' });
    const page = await read('plans/reports/daily-backup/2026/11/19/r1/report.html');
    expect(page).toContain('body { color: #123456 }');
  });

  it.each([
    [['--language', 'tlh'], /Allowed choices are en, de/],
    [['--template', 'x'], /unknown option '--template'/],
  ])('%j ends with 2', async (args, words) => {
    const { code, stderr } = await initialise(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
    expect(await everything()).toEqual([]);
  });

  it('says what cannot be written', async () => {
    await writeFile(join(directory, 'file'), '');
    const { code, stderr } = await initHere({ config: 'file/backup-report.yaml' });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/file\/backup-report\.yaml/);
    expect(stderr).not.toContain('    at ');
  });
});

describe('the starter configuration', () => {
  it('says that redaction comes too late for what is archived', () => {
    const starter = starterConfiguration(answers, noTheme);
    expect(starter).toMatch(/cannot be redacted afterwards[^]*before the first report\.\n#redact:/);
  });

  it('holds every key of the schema and of the docs', async () => {
    const whole = parse(uncommented(starterConfiguration(answers, noTheme)), { uniqueKeys: false }) as object;
    const known = Object.keys(planFields(backupComplianceKeys));
    expect(Object.keys(whole).sort()).toEqual(known.sort());
    const page = await readFile(new URL('docs/configuration.md', packageRoot), 'utf8');
    const shown = parse(/```yaml\n(.*?)```/s.exec(page)?.[1] ?? '') as Record<string, unknown>;
    const starter = starterConfiguration(answers, noTheme);
    const missing = keysIn(shown).filter((key) => !new RegExp(`\\b${key}:`).test(starter));
    expect(missing).toEqual([]);
  });

  it('has every key of local files', async () => {
    const { sources } = await load(uncommentedSources(starterConfiguration(answers, noTheme)));
    expect(Object.keys(sources[0] ?? {}).sort()).toEqual(['ignore', 'name', 'paths', 'type']);
  });

  it('shows the defaults of what can be left out of a source', async () => {
    const source = {
      type: 'log-analytics',
      region: 'iad',
      compartmentId: 'ocid1.compartment.oc1..a',
    } as const;
    const { sources } = await load(uncommentedSources(starterConfiguration({ ...answers, source }, noTheme)));
    expect(sources[0]).toMatchObject({ name: 'events', budget: { calls: 5000, minutes: 30 } });
    const local = await load(starterConfiguration(answers, noTheme));
    const shown = await load(uncommentedSources(starterConfiguration(answers, noTheme)));
    expect(shown.sources[0]).toEqual({ ...local.sources[0], name: 'exports' });
  });

  it('is valid with all that is optional in it', async () => {
    const text = uncommented(starterConfiguration(answers, noTheme))
      // The other choices beside the one that is made.
      .replace('  type: file\n', '')
      .replace('type: observed', 'type: file');
    const configuration = await load(text);
    expect(configuration.policies).toHaveLength(1);
    expect(configuration.recipients).toHaveLength(2);
    expect(configuration.branding).toMatchObject({ accent: '#c74634' });
  });

  it.each<Partial<StarterAnswers>>([
    { mail: null },
    { plan: 'true' },
    { plan: '2026' },
    { archiveDirectory: './our reports: #1' },
    { archiveDirectory: '- "x"' },
    { source: { type: 'local-files', path: "./it's, [here]/*" } },
    { mail: { from: 'Reports, daily: "#1" <a@example.com>', to: ['x@example.com', 'Y <y@example.com>'] } },
    {
      source: {
        type: 'log-analytics',
        region: 'eu-frankfurt-1',
        compartmentId: 'ocid1.compartment.oc1..aaaa',
      },
    },
  ])('says what was answered: %j', async (more) => {
    const given = { ...answers, ...more };
    const { plan, sources, archive, mail } = await load(starterConfiguration(given, noTheme));
    expect(plan).toBe(given.plan);
    expect(archive).toMatchObject({ directory: given.archiveDirectory });
    expect(mail).toMatchObject(given.mail ?? { type: 'none' });
    const { type, ...source } = given.source;
    expect(sources[0]).toMatchObject('path' in source ? { type, paths: [source.path] } : { type, ...source });
  });
});

function keysIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}

/** Types these lines, one a question, and keeps what was said. */
function typing(lines: readonly string[]): Terminal & { readonly said: string[] } {
  const rest = [...lines];
  const said: string[] = [];
  return {
    said,
    ask: (question) => {
      said.push(question);
      const line = rest.shift();
      return line === undefined ? Promise.reject(new Error('nothing more is typed')) : Promise.resolve(line);
    },
    print: (words) => said.push(words),
  };
}

describe('the questions', () => {
  it('take what is proposed for an empty line', async () => {
    const terminal = typing(['', '', '', '', '', '']);
    expect(await askAnswers(terminal, answers)).toEqual({ ...answers, mail: null });
    expect(terminal.said[1]).toBe('Time zone of the report day [Europe/Berlin]: ');
  });

  it('ask again, with what is wrong, until the answer is one that the configuration takes', async () => {
    const terminal = typing([
      'Daily Backup',
      'daily',
      'Mars/Olympus',
      'Asia/Tokyo',
      'tape',
      'local-files',
      './e/*',
      './archive',
      'nobody',
      'a@example.org, b@example.org',
      '',
    ]);
    expect(await askAnswers(terminal, answers)).toEqual({
      report: 'backup-compliance',
      plan: 'daily',
      timezone: 'Asia/Tokyo',
      source: { type: 'local-files', path: './e/*' },
      archiveDirectory: './archive',
      mail: { from: 'backup-reports@example.org', to: ['a@example.org', 'b@example.org'] },
    });
    expect(terminal.said).toContain('  It must consist of a-z, 0-9 and -.');
    expect(terminal.said).toContain('  It must be an IANA time zone such as America/New_York.');
    expect(terminal.said).toContain('  It must be a mail address such as ops@example.com.');
  });

  it('ask for region and compartment of Log Analytics', async () => {
    const terminal = typing([
      '',
      '',
      'log-analytics',
      '',
      'eu-frankfurt-1',
      'x',
      'ocid1.compartment.oc1..a',
      '',
      '',
    ]);
    expect((await askAnswers(terminal, answers)).source).toEqual({
      type: 'log-analytics',
      region: 'eu-frankfurt-1',
      compartmentId: 'ocid1.compartment.oc1..a',
    });
    expect(terminal.said).toContain('  It must be an OCID: ocid1.compartment.oc1..….');
  });
});

describe('a starter configuration of tenancy-changes', () => {
  const ofTenancy: StarterAnswers = { ...answers, report: 'tenancy-changes', source: { type: 'oci-audit' } };

  it('loads as it is written, and reads Audit of the whole tenancy', async () => {
    const { code, stderr } = await initialise('--yes', '--report', 'tenancy-changes');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { configuration } = await loadConfiguration(join(directory, 'backup-report.yaml'));
    expect(configuration).toMatchObject({
      report: 'tenancy-changes',
      plan: 'tenancy-changes',
      sources: [{ type: 'oci-audit', includeSubcompartments: true }],
      mail: { from: 'tenancy-reports@example.com' },
    });
  });

  it('has every key of such plans, and is valid with all that is optional', async () => {
    const text = uncommented(starterConfiguration(ofTenancy, noTheme));
    const known = Object.keys(planFields(tenancyChangesKeys));
    expect(Object.keys(parse(text, { uniqueKeys: false }) as object).sort()).toEqual(known.sort());
    expect((await load(text)).sources[0]).toMatchObject({ name: 'audit', budget: { calls: 5000 } });
  });

  it('names the source of Audit where Log Analytics has the records', async () => {
    const source = { type: 'log-analytics', region: 'iad', compartmentId: 'ocid1.tenancy.oc1..a' } as const;
    const { sources } = await load(starterConfiguration({ ...ofTenancy, source }, noTheme));
    expect(sources).toMatchObject([{ logSource: 'OCI Audit Logs' }]);
  });

  it('proposes Audit, and a sender of its own', async () => {
    const terminal = typing(['', '', '', '', 'x@example.org', '']);
    expect(await askAnswers(terminal, ofTenancy)).toEqual({
      ...ofTenancy,
      mail: { from: 'tenancy-reports@example.org', to: ['x@example.org'] },
    });
    expect(terminal.said[2]).toBe(
      'Where the records come from: oci-audit, local-files or log-analytics [oci-audit]: ',
    );
  });

  it('is not written for a kind that has none', async () => {
    const { code, stderr } = await initHere({ report: 'tenancy-change' });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /no starter configuration of reports of the kind tenancy-change\n.*backup-compliance, tenancy-changes/,
      ),
    ]);
    expect(await everything()).toEqual([]);
  });
});

describe('a starter configuration of database-activity', () => {
  const compartmentId = 'ocid1.tenancy.oc1..a';
  const ofDatabases: StarterAnswers = {
    ...answers,
    report: 'database-activity',
    source: { type: 'data-safe', compartmentId },
  };

  it('loads as it is written, and reads Data Safe of the whole tenancy', async () => {
    const { code, stderr } = await initialise('--yes', '--report', 'database-activity');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { configuration } = await loadConfiguration(join(directory, 'backup-report.yaml'));
    expect(configuration).toMatchObject({
      report: 'database-activity',
      plan: 'database-activity',
      sources: [{ type: 'data-safe', includeSubcompartments: true }],
      mail: { from: 'database-reports@example.com' },
    });
  });

  it('has every key of such plans, and is valid with all that is optional', async () => {
    const text = uncommented(starterConfiguration(ofDatabases, noTheme));
    const known = Object.keys(planFields(databaseActivityKeys));
    expect(Object.keys(parse(text, { uniqueKeys: false }) as object).sort()).toEqual(known.sort());
    const configuration: object = await load(text);
    expect(configuration).toMatchObject({
      sources: [{ name: 'databases', trailsTimeout: 120_000, budget: { calls: 5000 } }],
      exclude: [{ target: 'sandbox' }],
      forward: { logId: 'ocid1.log.oc1.iad.x' },
    });
  });

  it('asks where the target databases are, until it is an OCID, and proposes a sender of its own', async () => {
    const terminal = typing(['', '', '', 'here', compartmentId, '', 'x@example.org', '']);
    expect(await askAnswers(terminal, ofDatabases)).toEqual({
      ...ofDatabases,
      mail: { from: 'database-reports@example.org', to: ['x@example.org'] },
    });
    expect(terminal.said[2]).toBe('Where the records come from: data-safe or local-files [data-safe]: ');
  });
});

const starterFiles = () => ({
  configuration: { path: join(directory, 'backup-report.yaml'), text: 'plan: x\n' },
  templates: { from: templatesFolder, to: join(directory, 'ours') },
});

describe('what is written', () => {
  it('is nothing when it is stopped before the end', async () => {
    await expect(writeOnce(starterFiles(), AbortSignal.abort())).rejects.toThrow(/abort/);
    expect(await everything()).toEqual([]);
  });

  it('is nothing when the templates cannot be read', async () => {
    const { configuration, templates } = starterFiles();
    const nowhere = { ...templates, from: join(directory, 'nowhere') };
    await expect(
      writeOnce({ configuration, templates: nowhere }, new AbortController().signal),
    ).rejects.toMatchObject({ kind: 'storage' });
    expect(await everything()).toEqual([]);
  });

  it('is one of two that are written at once', async () => {
    const { signal } = new AbortController();
    const results = await Promise.allSettled([
      writeOnce(starterFiles(), signal),
      writeOnce(starterFiles(), signal),
    ]);
    const failed = results.filter(({ status }) => status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({ reason: { kind: 'usage' } });
    expect((await readdir(directory)).sort()).toEqual(['backup-report.yaml', 'ours']);
  });
});
