import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { loadConfiguration } from '../../src/config/load.js';
import { archivedFindings } from '../../src/day/doctor/archived-days.js';
import type { Finding } from '../../src/ports/finding.js';
import type { RedactionRule } from '../../src/records/redaction.js';
import { runHere } from '../support/run-here.js';
import { databaseEvent } from '../support/raw-event.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'redact-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const jane = 'jane.doe@example.com';
const key = 'a secret of sixteen';

async function configure(more: string): Promise<string> {
  const path = join(directory, 'backup-report.yaml');
  await writeFile(
    path,
    `plan: daily
timezone: UTC
sources: [{ type: local-files, paths: ["*.ndjson"] }]
archive: { type: file-system, directory: ./reports }
waivers: [{ match: { name: ERP* }, reason: moved, approvedBy: ${jane}, expires: 2026-12-31 }]
${more}`,
  );
  return path;
}

const failedWith = (id: string, words: string) =>
  databaseEvent('end', '2026-11-19T02:00:00Z', {
    id,
    resourceId: `ocid1.dbbackup.oc1.iad.${id}`,
    details: { lifecycleState: 'FAILED', lifecycleDetails: words },
  });

const wordsOf = (found: readonly Finding[]) =>
  found.filter(({ check }) => check === 'redaction').map(({ words }) => words);

describe('redact', () => {
  it.each<[more: string, fault: string]>([
    [
      'redact: [{ field: resourceName, by: drop }]',
      'redact[0].field: must be a field that no rule reads: principalName, principalId, ipAddress, userAgent, message, commandText, approvedBy, or tags.<key>',
    ],
    ['redact: [{ field: principalName, by: mask }]', 'redact[0].by: must be hash or drop'],
    [
      'redact: [{ field: principalName, by: hash }]',
      'redact[0].by: hash needs redactKey: a secret text of at least 16 characters',
    ],
    ['redactKey: short', 'redactKey: must have at least 16 characters'],
    [
      `redact: [{ field: tags.Env, by: drop }]
policies: [{ name: p, match: { tags: { env: prod } } }]`,
      'redact[0].field: policies[0] matches this tag: what a rule reads cannot be redacted',
    ],
    [
      'redact: [{ field: message, by: drop }, { field: message, by: drop }]',
      'redact[1].field: stands in redact[0] already',
    ],
  ])('%s is refused', async (more, fault) => {
    const path = await configure(more);
    await expect(loadConfiguration(path)).rejects.toThrow(fault);
  });

  it('is applied by run before anything is archived, and the manifest names its rules', async () => {
    await configure(
      `redact: [{ field: message, by: hash }, { field: approvedBy, by: drop }]\nredactKey: ${key}`,
    );
    const failed = databaseEvent('end', '2026-11-19T02:00:00Z', {
      details: { lifecycleState: 'FAILED', lifecycleDetails: jane },
    });
    await writeFile(join(directory, 'events.ndjson'), `${JSON.stringify(failed)}\n`);
    const run = await runHere(directory, '2026-11-19', { json: true });
    expect(run.code).toBe(0);
    const plan = join(directory, 'reports', 'daily');
    const day = join(plan, '2026', '11', '19', 'r1');
    const manifest = JSON.parse(await readFile(join(day, 'manifest.json'), 'utf8'));
    expect(manifest.redaction).toEqual([
      { field: 'message', by: 'hash' },
      { field: 'approvedBy', by: 'drop' },
    ]);
    const texts = [
      await readFile(join(day, 'report.json'), 'utf8'),
      await readFile(join(day, 'report.html'), 'utf8'),
      gunzipSync(await readFile(join(day, 'events.ndjson.gz'))).toString('utf8'),
      gunzipSync(await readFile(join(day, 'jobs.ndjson.gz'))).toString('utf8'),
      await readFile(join(plan, 'made-by', manifest.madeBy.configuration), 'utf8'),
      run.stdout,
      run.stderr,
    ].join('\n');
    expect(texts).toContain('hmac-sha256:');
    expect(texts).toMatch(/"approvedBy": ?"\[redacted\]"/);
    expect(texts).not.toContain(jane);
    expect(texts).not.toContain(key);
  });

  it('that comes later reaches what a later revision takes from old evidence, and doctor says what it does not reach', async () => {
    const write = (name: string, ...lines: readonly string[]) =>
      writeFile(join(directory, name), lines.map((line) => `${line}\n`).join(''));
    await configure('');
    await write('old.ndjson', JSON.stringify(failedWith('a', jane)), `{"of": "${jane}"}`);
    await runHere(directory, '2026-11-19');
    await configure(
      `redact: [{ field: message, by: hash }, { field: approvedBy, by: drop }]\nredactKey: ${key}`,
    );
    await rm(join(directory, 'old.ndjson'));
    await write('new.ndjson', JSON.stringify(failedWith('b', 'full')));
    await runHere(directory, '2026-11-19');
    const day = join(directory, 'reports/daily/2026/11/19');
    const textsOf = async (revision: string): Promise<string> => {
      const names = await readdir(join(day, revision));
      const files = names.map(async (name) => {
        const bytes = await readFile(join(day, revision, name));
        return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
      });
      return (await Promise.all(files)).join('\n');
    };
    expect(await textsOf('r1')).toContain(jane);
    const evidence = gunzipSync(await readFile(join(day, 'r2/events.ndjson.gz'))).toString('utf8');
    expect(evidence).toContain('"source":"evidence of r1"');
    expect(evidence.match(/"hmac-sha256:/g)).toHaveLength(2);
    expect(evidence).toMatch(/"disposition":"rejected".*"bytes":/);
    expect(await textsOf('r2')).not.toContain(jane);

    const doctor = async (redaction: readonly RedactionRule[]) =>
      archivedFindings(
        createFileSystemArchive(join(directory, 'reports')),
        { plan: 'daily', linesFile: 'jobs.ndjson.gz', redaction, diagnose: async () => [] },
        { timezone: 'UTC', nowMs: Date.parse('2026-11-20T12:00:00Z') },
      );
    expect(wordsOf(await doctor([{ field: 'message', by: 'hash' }]))).toEqual([]);
    expect(wordsOf(await doctor([{ field: 'userAgent', by: 'drop' }]))).toEqual([
      'userAgent: 1 archived report was made without this rule, and it does not reach them',
    ]);
  });
});
