import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load.js';
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
  return loadConfiguration(path);
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
policies: []
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
      'sources[1].type: must be one of local-files, log-analytics, object-storage, streaming (line 9)',
      expect.stringMatching(/^archive\.directory: is required .*\(line 10\)$/),
      expect.stringMatching(/^mail\.from: must be a mail address/),
      expect.stringMatching(/^mail\.to: must name at least one recipient/),
      expect.stringMatching(/^mail\.maxMessageBytes: /),
      'policies: this version knows no such key (line 4)',
    ]);
  });

  it.each([
    ['nothing', ''],
    ['a list', '- 1'],
    ['a text', 'hello'],
  ])('that is %s names what is required', async (_words, text) => {
    expect((await faultsOf(text)).length).toBeGreaterThan(0);
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
    expect(faults[0]).toBe('plan: the environment variable NO_SUCH_VARIABLE_HERE is not set');
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
