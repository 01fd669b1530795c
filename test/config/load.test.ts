import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BackupComplianceConfiguration } from '../../src/config/backup-compliance-schema.js';
import { type LoadedConfiguration, loadConfiguration } from '../../src/config/load.js';
import { Failure } from '../../src/errors.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'config-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const valid = `plan: daily
timezone: America/New_York
sources: [{ type: local-files, paths: [events] }]
archive: { type: file-system, directory: ./reports }
`;

async function load(text: string | Uint8Array) {
  const path = join(directory, 'c.yaml');
  await writeFile(path, text);
  return (await loadConfiguration(path)) as LoadedConfiguration<BackupComplianceConfiguration>;
}

async function faultsOf(text: string | Uint8Array): Promise<string[]> {
  try {
    await load(text);
  } catch (error) {
    if (error instanceof Failure && error.kind === 'usage') {
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim());
    }
    throw error;
  }
  return [];
}

describe('a configuration', () => {
  it('fills in the defaults', async () => {
    const { configuration } = await load(valid);
    expect(configuration).toMatchObject({
      lookbackDays: 7,
      tolerateRejected: 0,
      settleDelay: 6 * 3_600_000,
      inventory: { type: 'observed' },
      archive: { lease: 30_000 },
      mail: { type: 'none' },
    });
  });

  it('has every fault listed at once, with its path and its line', async () => {
    const faults = await faultsOf(`plan: Daily Backup
timezone: Mars/Olympus
lookbackDays: -1
polices: []
sources:
  - type: local-files
    paths: []
    path: x
  - type: tape
archive: { type: file-system }
mail: { type: outbox, directory: ./outbox, from: nobody, to: [], maxMessageBytes: 2MB }
`);
    expect(faults).toEqual([
      'plan: must consist of a-z, 0-9 and - (line 1)',
      'timezone: must be an IANA time zone such as America/New_York (line 2)',
      expect.stringMatching(/^lookbackDays: .* \(line 3\)$/),
      'sources[0].paths: must name at least one path (line 7)',
      'sources[0].path: this version knows no such key (line 8)',
      expect.stringMatching(
        /^sources\[1\]\.type: must be one of local-files, log-analytics, .*, module \(line 9\)$/,
      ),
      expect.stringMatching(/^archive\.directory: is required .*\(line 10\)$/),
      expect.stringMatching(/^mail\.from: must be a mail address/),
      expect.stringMatching(/^mail\.to: must name at least one recipient/),
      expect.stringMatching(/^mail\.maxMessageBytes: /),
      'polices: this version knows no such key (line 4)',
    ]);
  });

  it.each([
    ['a list', '- 1'],
    ['a text', 'hello'],
  ])('that is %s names what is required', async (_words, text) => {
    expect((await faultsOf(text)).length).toBeGreaterThan(0);
  });

  it.each([
    [
      'a name that is too long',
      `logSource: ${'x'.repeat(300)}`,
      /^[^:]*logSource: must have at most 255 char/,
    ],
    ['a name with a quote', 'logSource: "a\'b"', /logSource: must not contain quotes/],
    ['what is no region', 'region: somewhere', /region: must be a region such as us-ashburn-1, or its key/],
  ])('with %s says so in one line', async (_what, field, words) => {
    const source = `{ type: log-analytics, compartmentId: ocid1.compartment.oc1..x, ${field} }`;
    const faults = await faultsOf(valid.replace('[{ type: local-files, paths: [events] }]', `[${source}]`));
    expect(faults).toEqual([expect.stringMatching(words)]);
  });

  it('has of very many faults the first fifty told, and their number', async () => {
    const keys = Array.from({ length: 60 }, (_, index) => `key${index}: 1`);
    const faults = await faultsOf(`${valid}${keys.join('\n')}\n`);
    expect([faults.length, faults[49], faults[50]]).toEqual([
      51,
      'key49: this version knows no such key (line 54)',
      'and 10 more',
    ]);
    await expect(load(`${valid}${keys.join('\n')}`)).rejects.toThrow('has 60 faults:');
  });

  it('does not tell what follows from a fault that is told', async () => {
    const faults = await faultsOf(`${valid}heartbeat: { url: "\${NO_SUCH_VARIABLE_HERE}", timeout: *t }\n`);
    expect(faults).toEqual([
      expect.stringMatching(/^heartbeat\.timeout: a value that begins with \*/),
      'heartbeat.url: the environment variable NO_SUCH_VARIABLE_HERE is not set (line 5)',
    ]);
  });

  it('that is no YAML says where', async () => {
    expect((await faultsOf('plan: [unclosed')).join(' ')).toMatch(/line 1/);
  });

  it('takes secrets from the environment and from files, and names those that are missing', async () => {
    await writeFile(join(directory, 'name.txt'), 'from-file\n');
    expect((await load(valid.replace('plan: daily', 'plan: ${file:name.txt}'))).configuration.plan).toBe(
      'from-file',
    );
    const faults = await faultsOf(valid.replace('plan: daily', 'plan: ${NO_SUCH_VARIABLE_HERE}'));
    expect(faults[0]).toBe('plan: the environment variable NO_SUCH_VARIABLE_HERE is not set (line 1)');
  });

  it('lets Log Analytics pair events only where no other source could deliver the same ones', async () => {
    const paired =
      '{ type: log-analytics, region: us-ashburn-1, compartmentId: ocid1.compartment.oc1..x, aggregate: server }';
    const files = '{ type: local-files, paths: [events] }';
    const withSources = (...sources: string[]) => valid.replace(`[${files}]`, `[${sources.join(', ')}]`);

    expect(await faultsOf(withSources(paired, paired))).toEqual([]);
    expect((await faultsOf(withSources(paired, files)))[0]).toMatch(
      /^sources: aggregate: server pairs events without their ids/,
    );
  });

  it('that is not UTF-8 or not there is a usage failure', async () => {
    await expect(load(Buffer.from([0xff, 0xfe]))).rejects.toMatchObject({ kind: 'usage' });
    await expect(loadConfiguration(join(directory, 'none.yaml'))).rejects.toMatchObject({ kind: 'usage' });
  });
});

const everything = 'match: { name: "*" }';

/** A policy under `production` with these lines more; its name is on line 6. */
function withPolicy(...lines: readonly string[]): string {
  return `${valid}policies:\n  - name: production\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

/** A list under this key with one entry of these lines, the first on line 6. */
function withEntry(key: string, ...lines: readonly string[]): string {
  return `${valid}${key}:\n  - ${lines.join('\n    ')}\n`;
}

const waiverLines = [everything, 'reason: x', 'approvedBy: ciso@example.com', 'expires: 2026-12-31'];

describe('rules about resources', () => {
  it('are none by default', async () => {
    const { configuration } = await load(valid);
    const { policies, exclude, waivers, recipients, maxWaivedShare } = configuration;
    expect({ policies, exclude, waivers, recipients, maxWaivedShare }).toEqual({
      policies: [],
      exclude: [],
      waivers: [],
      recipients: [],
      maxWaivedShare: 0.2,
    });
  });

  it('have a policy that says nothing demand daily backups of twelve hours at most', async () => {
    const { configuration } = await load(withPolicy(everything));
    expect(configuration.policies).toEqual([
      {
        name: 'production',
        match: { name: ['*'] },
        cadence: { weekdays: [1, 2, 3, 4, 5, 6, 7], monthDays: [], words: 'daily' },
        maxDuration: 12 * 3_600_000,
        severity: 'medium',
      },
    ]);
  });

  it('are read with all that they can say', async () => {
    const { configuration } = await load(`${valid}policies:
  - name: production
    match: { resourceType: [database], compartment: "prod*", name: "*", tags: { env: prod, tier: 1, audited: true } }
    cadence: weekdays:TUE,MON
    maxAge: 26h
    maxDuration: 8h
    minRetention: 35d
    maxRestoreAge: 90d
    severity: critical
    owner: dba-oncall@example.com
  - { name: volumes, match: { resourceId: ["ocid1.volume.*"] }, cadence: assigned }
exclude:
  - { match: { name: "*_SANDBOX" }, reason: rebuilt nightly }
waivers:
  - { match: { owner: [a@x.org, b@x.org] }, reason: x, ticket: CHG-1234, approvedBy: ciso, expires: "2028-02-29" }
maxWaivedShare: 12.5 %
recipients:
  - { name: dba, match: { resourceType: "*database" }, to: ["DBA <dba@example.com>"] }
  - { name: owners, match: { owner: "*" }, to: owner }
`);
    const { policies, exclude, waivers, recipients, maxWaivedShare } = configuration;
    expect(policies).toEqual([
      {
        name: 'production',
        match: {
          resourceType: ['database'],
          compartment: ['prod*'],
          name: ['*'],
          tags: { env: 'prod', tier: '1', audited: 'true' },
        },
        cadence: { weekdays: [1, 2], monthDays: [], words: 'weekdays:MON,TUE' },
        maxAge: 26 * 3_600_000,
        maxDuration: 8 * 3_600_000,
        minRetention: 35 * 86_400_000,
        maxRestoreAge: 90 * 86_400_000,
        severity: 'critical',
        owner: 'dba-oncall@example.com',
      },
      expect.objectContaining({ name: 'volumes', match: { resourceId: ['ocid1.volume.*'] }, cadence: null }),
    ]);
    expect(exclude).toEqual([{ match: { name: ['*_SANDBOX'] }, reason: 'rebuilt nightly' }]);
    expect(waivers).toEqual([
      {
        match: { owner: ['a@x.org', 'b@x.org'] },
        reason: 'x',
        ticket: 'CHG-1234',
        approvedBy: 'ciso',
        expires: '2028-02-29',
      },
    ]);
    expect(maxWaivedShare).toBe(0.125);
    expect(recipients.map(({ to }) => to)).toEqual([['DBA <dba@example.com>'], 'owner']);
  });

  it('have policies and recipients for everything', async () => {
    const { configuration } = await load(withPolicy('match: {}'));
    expect(configuration.policies[0]?.match).toEqual({});
  });

  it('have a date without quotes stay a text', async () => {
    const { configuration } = await load(withEntry('waivers', ...waiverLines));
    expect(configuration.waivers[0]?.expires).toBe('2026-12-31');
  });

  const severity = 'must be one of critical, high, medium, low';
  const empty = 'must have at least one of resourceType, compartment, name, resourceId, tags';
  const date = 'must be a date such as 2026-12-31';
  const cadence = 'must be daily, weekdays:MON,TUE, weekly:SUN, monthly:1 (or monthly:last), or assigned';
  const pattern = 'must be a text or a list of texts; * stands for any characters';
  const recipient = 'must be a list of mail addresses, or owner';

  it.each<[words: string, text: string, faults: string[]]>([
    [
      'a cadence that is none',
      withPolicy(everything, 'cadence: fortnightly'),
      [`policies[0].cadence: ${cadence} (line 8)`],
    ],
    [
      'an unknown severity',
      withPolicy(everything, 'severity: severe'),
      [`policies[0].severity: ${severity} (line 8)`],
    ],
    [
      'a duration without its unit',
      withPolicy(everything, 'minRetention: 35 days'),
      ['policies[0].minRetention: must be a number with ms, s, m, h or d, from 1h to 36500d (line 8)'],
    ],
    [
      'an empty match of an exclude rule, which may ask for owners too',
      withEntry('exclude', 'match: {}', 'reason: x'),
      [`exclude[0].match: ${empty}, owner (line 6)`],
    ],
    [
      'a match without any pattern',
      withPolicy('match: { name: [] }'),
      ['policies[0].match.name: must name at least one (line 7)'],
    ],
    [
      'a match with a number for a pattern',
      withPolicy('match: { name: 5 }'),
      [`policies[0].match.name: ${pattern} (line 7)`],
    ],
    [
      'unknown keys in a match',
      withPolicy('match:', '  nam: X', '  name: X'),
      ['policies[0].match.nam: this version knows no such key (line 8)'],
    ],
    [
      'an owner in the match of a policy, which gives owners',
      withPolicy('match: { owner: x, name: X }'),
      ['policies[0].match.owner: this version knows no such key (line 7)'],
    ],
    [
      'an unknown key of a policy',
      withPolicy(everything, 'maxage: 26h'),
      ['policies[0].maxage: this version knows no such key (line 8)'],
    ],
    [
      'two policies of one name',
      withPolicy(everything) + withPolicy(everything).split('policies:\n')[1],
      ['policies[1].name: production is there already (line 8)'],
    ],
    [
      'the name of the default policy',
      withEntry('policies', 'name: default', everything),
      ['policies[0].name: must not be default: that is the one where none matches (line 6)'],
    ],
    [
      'a policy without a name',
      withEntry('policies', everything),
      ['policies[0].name: is required (a text) (line 6)'],
    ],
    [
      'an exclude rule without a reason',
      withEntry('exclude', everything),
      ['exclude[0].reason: is required (a text) (line 6)'],
    ],
    [
      'a day that no month has',
      withEntry('waivers', ...waiverLines.slice(0, 3), 'expires: 2026-02-30'),
      [`waivers[0].expires: ${date} (line 9)`],
    ],
    [
      'a date in another order',
      withEntry('waivers', ...waiverLines.slice(0, 3), 'expires: 31.12.2026'),
      [`waivers[0].expires: ${date} (line 9)`],
    ],
    [
      'a waiver that nobody approved, without a reason',
      withEntry('waivers', everything, 'reason: ""', 'expires: 2026-12-31'),
      [
        'waivers[0].reason: must not be empty (line 7)',
        'waivers[0].approvedBy: is required (a text) (line 6)',
      ],
    ],
    [
      'an unknown key of a waiver',
      withEntry('waivers', ...waiverLines, 'until: 2026-12-31'),
      ['waivers[0].until: this version knows no such key (line 10)'],
    ],
    [
      'a share that is none',
      `${valid}maxWaivedShare: a lot\n`,
      ['maxWaivedShare: must be a share such as 20% (line 5)'],
    ],
    [
      'recipients by another word than owner',
      withEntry('recipients', 'name: dba', everything, 'to: owners'),
      [`recipients[0].to: ${recipient} (line 8)`],
    ],
    [
      'recipients to nobody',
      withEntry('recipients', 'name: dba', everything, 'to: []'),
      ['recipients[0].to: must name at least one recipient (line 8)'],
    ],
    [
      'recipients of which one has no address',
      withEntry('recipients', 'name: dba', everything, 'to: [dba@example.com, dba]'),
      ['recipients[0].to[1]: must be a mail address such as ops@example.com (line 8)'],
    ],
    [
      'two recipients rules of one name',
      `${withEntry('recipients', 'name: dba', everything, 'to: owner')}  - { name: dba, ${everything}, to: owner }\n`,
      ['recipients[1].name: dba is there already (line 9)'],
    ],
  ])('with %s are a fault', async (_words, text, faults) => {
    expect(await faultsOf(text)).toEqual(faults);
  });
});
