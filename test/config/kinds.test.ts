import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoadedConfiguration, loadConfiguration } from '../../src/config/load.js';
import type { KindKeys } from '../../src/config/schema.js';
import { explainError } from '../../src/errors.js';
import { lineCountKeys, twoKindsOfPlans } from '../support/line-count-wirable.js';

const plan = `plan: daily
timezone: UTC
sources: [{ type: local-files, paths: [./events] }]
archive: { type: file-system, directory: ./reports }
`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinds-'));
});

afterEach(async () => rm(folder, { recursive: true, force: true }));

async function load(
  more: string,
  kinds: readonly KindKeys[] = twoKindsOfPlans,
): Promise<LoadedConfiguration> {
  const path = join(folder, 'c.yaml');
  await writeFile(path, `${plan}${more}`);
  return loadConfiguration(path, { kinds });
}

/** Without the first line, which names the file. */
async function faultsOf(more: string, kinds?: readonly KindKeys[]): Promise<readonly string[]> {
  const error: unknown = await load(more, kinds).then(
    () => null,
    (failure: unknown) => failure,
  );
  return error === null
    ? []
    : explainError(error)
        .split('\n')
        .slice(1)
        .map((line) => line.trim());
}

describe('the kind of report of a plan', () => {
  it.each([
    ['', 'backup-compliance', { lookbackDays: 7, frameworks: [] }],
    ['report: backup-compliance\n', 'backup-compliance', { policies: [] }],
    ['report: line-count\n', 'line-count', { longLine: 10 }],
    ['report: line-count\nlongLine: 3\n', 'line-count', { longLine: 3 }],
  ])('of %j is %s, with its keys', async (more, report, keys) => {
    const { configuration } = await load(more);
    expect(configuration).toMatchObject({ report, ...keys });
    expect(Object.hasOwn(configuration, 'policies')).toBe(report === 'backup-compliance');
    expect(Object.hasOwn(configuration, 'longLine')).toBe(report === 'line-count');
  });

  it.each([
    [
      'longLine: 3\n',
      ['longLine: belongs to report: line-count; this plan is of backup-compliance (line 5)'],
    ],
    [
      'report: line-count\npolicies: []\nwaivers: []\n',
      [
        'policies: belongs to report: backup-compliance; this plan is of line-count (line 6)',
        'waivers: belongs to report: backup-compliance; this plan is of line-count (line 7)',
      ],
    ],
    ['report: line-count\npolicy: []\n', ['policy: this version knows no such key (line 6)']],
    [
      'report: line-counts\npolicies: []\nlongLine: 0\n',
      ['report: must be one of backup-compliance, line-count; is it line-count? (line 5)'],
    ],
    ['report: 7\n', ['report: must be one of backup-compliance, line-count (line 5)']],
    [
      'report: line-counts\ntolerateRejected: many\nunheardOf: 1\n',
      [
        'report: must be one of backup-compliance, line-count; is it line-count? (line 5)',
        'tolerateRejected: must be a number, not a text (line 6)',
        'unheardOf: this version knows no such key (line 7)',
      ],
    ],
    [
      'report: line-count\nlongLine: 0\ntolerateRejected: -1\nwaivers: []\n',
      [
        'tolerateRejected: must be at least 0 (line 7)',
        'longLine: must be at least 1 (line 6)',
        'waivers: belongs to report: backup-compliance; this plan is of line-count (line 8)',
      ],
    ],
  ])('of %j has the faults %j', async (more, faults) => {
    expect(await faultsOf(more)).toEqual(faults);
  });

  it('checks what keys say together, in its own way', async () => {
    const picky: KindKeys = {
      ...lineCountKeys,
      check: ({ sources }, context) => {
        if (sources.length > 0)
          context.addIssue({ code: 'custom', path: ['sources'], message: 'are too many' });
      },
    };
    expect(await faultsOf('report: line-count\n', [picky])).toEqual(['sources: are too many (line 3)']);
  });

  it('keeps no tag from being redacted that only rules of another kind could match', async () => {
    const redact = 'redact: [{ field: tags.env, by: drop }]\n';
    expect(await faultsOf(`report: line-count\n${redact}`)).toEqual([]);
    expect(await faultsOf(`policies: [{ name: p, match: { tags: { env: prod } } }]\n${redact}`)).toEqual([
      'redact[0].field: policies[0] matches this tag: what a rule reads cannot be redacted (line 6)',
    ]);
  });

  it('decides which settings are archived for its reports', async () => {
    const { settings } = await load('report: line-count\nlongLine: 3\nnote: not for the archive\n');
    expect(settings).toEqual({ plan: 'daily', timezone: 'UTC', report: 'line-count', longLine: 3 });
  });
});
