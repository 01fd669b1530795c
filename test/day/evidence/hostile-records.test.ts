import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readSources } from '../../../src/day/evidence/read-sources.js';
import type { SourceReport } from '../../../src/model/report-head.js';
import { createBackupCompliance } from '../../../src/reports/backup-compliance/backup-compliance.js';
import { noRules } from '../../../src/reports/backup-compliance/rules/rule-book.js';
import { createObservedInventory } from '../../../src/inventory/observed-inventory.js';
import { sha256Hex } from '../../../src/base/digest.js';
import { english, quiet } from '../../support/judge-day.js';
import { memorySource } from '../../support/memory-source.js';
import { auditEvent, databaseEvent, volumeEvent } from '../../support/raw-event.js';

const window = { fromMs: Date.parse('2026-11-20T00:00:00Z'), toMs: Date.parse('2026-11-21T00:00:00Z') };
const good = volumeEvent('end', '2026-11-20T02:10:00Z', { id: 'good' });
/** Deeper than any function can call itself, */
const levels = 30_000;
/** and more keys than a function takes arguments. */
const keys = 150_000;
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const deepObject = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
const wrapped = (depth: number): string =>
  '{"w":'.repeat(depth) + JSON.stringify(databaseEvent('end', '2026-11-20T01:00:00Z')) + '}'.repeat(depth);
const manyKeys = (value: string): string =>
  `{${Array.from({ length: keys }, (_, index) => `"k${index}":${value}`).join(',')}}`;
/** JSON text of an object whose field `data.extra` is the given JSON text. */
const holding = (event: { readonly data: Record<string, unknown> }, extra: string): string =>
  JSON.stringify({ ...event, data: { ...event.data, extra: 'EXTRA' } }).replace('"EXTRA"', extra);

async function read(records: readonly unknown[]): Promise<{
  readonly source: SourceReport | undefined;
  readonly evidence: readonly Record<string, unknown>[];
}> {
  const directory = await mkdtemp(join(tmpdir(), 'hostile-'));
  try {
    const evidencePath = join(directory, 'events.ndjson.gz');
    const inventory = createObservedInventory(1);
    const kind = createBackupCompliance({ rules: noRules, inventory, lookbackDays: 1 });
    const sources = [memorySource(records)];
    const request = { kind, sources, window, evidencePath, language: english };
    const reading = await readSources(request, { log: quiet });
    const { sources: reports } = await reading.finish(null);
    const lines = gunzipSync(await readFile(evidencePath))
      .toString()
      .trimEnd()
      .split('\n');
    return { source: reports[0], evidence: lines.map((line) => JSON.parse(line)) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

describe('a record that would break the reading is rejected, and the next one is read', () => {
  const deepAudit = auditEvent({ type: 'databaseservice.deletebackup', time: '2026-11-20T03:00:00Z' });
  it.each<[string, unknown]>([
    ['30,000 brackets', nested(levels)],
    ['30,000 brackets, parsed before', JSON.parse(nested(levels))],
    ['30,000 brackets in a list', JSON.parse(`[${nested(levels)}]`)],
    ['30,000 objects', deepObject(levels)],
    ['30,000 objects, parsed before', JSON.parse(deepObject(levels))],
    ['an event with 30,000 brackets', holding(good, nested(levels))],
    ['an audit record with 30,000 objects', holding(deepAudit, deepObject(levels))],
    [
      'an event whose data is text of 30,000 brackets',
      JSON.stringify({ ...good, data: holding(good, nested(levels)) }),
    ],
    [
      'brackets in a stream message',
      { stream: 's', offset: 1, value: Buffer.from(nested(levels)).toString('base64') },
    ],
    ['brackets that are not so many', nested(300)],
    ['150,000 keys', manyKeys('1')],
    ['keys of the language itself', '{"__proto__":{"a":"x"},"constructor":{"prototype":1},"toString":[]}'],
    ['a text of brackets', JSON.stringify(nested(levels))],
    ['a text of backslashes and words', JSON.stringify(`${'\\'.repeat(30_000)}"headers`.repeat(2))],
  ])('%s', async (_words, record) => {
    const { source, evidence } = await read([record, good]);
    expect(source?.controlTotals).toMatchObject({ read: 2, used: 1, rejected: 1 });
    expect(evidence.map(({ disposition }) => disposition)).toEqual(['rejected', 'used']);
    expect(evidence[0]).toMatchObject({ reason: expect.any(String), sha256: expect.any(String) });
  });

  it('with the beginning and the digest of its text', async () => {
    const text = deepObject(levels);
    for (const record of [text, JSON.parse(text)]) {
      const { evidence } = await read([record]);
      expect(evidence).toMatchObject([
        { sha256: sha256Hex(text), bytes: 6 * levels + 1, excerpt: text.slice(0, 200) },
      ]);
      expect(evidence[0]).not.toHaveProperty('content');
    }
  });
});

describe('a record that is only strange', () => {
  it('is read where 150,000 keys stand beside its event; the first of them are told', async () => {
    const text = `{"event":${JSON.stringify(good)},${manyKeys('1').slice(1)}`;
    const { source } = await read([text]);
    expect(source?.controlTotals).toMatchObject({ read: 1, used: 1 });
    expect(source?.passedOver?.keys).toHaveLength(50);
    expect(source?.passedOver?.keys[1]).toEqual({ key: 'k1', count: 1 });
    expect(source?.passedOver?.others).toBe(keys - 50);
  });

  it('is read where its keys are those of the language itself', async () => {
    const text = JSON.stringify({ event: good }).replace('{', '{"__proto__":{"a":1},"constructor":null,');
    const { source, evidence } = await read([text, JSON.parse(text)]);
    expect(source?.controlTotals).toMatchObject({ read: 2, used: 1, duplicate: 1 });
    expect(source?.passedOver?.keys.map(({ key }) => key)).toEqual(['__proto__', 'constructor']);
    expect(JSON.stringify(evidence[1]?.['content'])).toBe(JSON.stringify(JSON.parse(text)));
  });

  it('keeps the keys of the language where secrets are removed', async () => {
    const text = '{"a":{"__proto__":{"headers":"secret"},"b":1}}';
    const { evidence } = await read([text]);
    expect(JSON.stringify(evidence[0]?.['content'])).toBe(
      '{"a":{"__proto__":{"headers":"[removed]"},"b":1}}',
    );
  });

  it('is read where it is wrapped often, and rejected where it is too often', async () => {
    const { source } = await read([wrapped(60), wrapped(70)]);
    expect(source?.controlTotals).toMatchObject({ read: 2, used: 1, rejected: 1 });
  });
});

describe('a kind that throws', () => {
  it('loses the record that it throws for, not the day', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'hostile-'));
    const evidencePath = join(directory, 'events.ndjson.gz');
    const kind = {
      openReading: () => ({
        take: () => {
          throw new RangeError('too much');
        },
        takeItem: () => null,
        takeMissing: () => [],
        holds: () => false,
        finish: () => ({ duplicates: [], facts: null }),
      }),
    };
    const sources = [memorySource([good])];
    const request = { kind, sources, window, evidencePath, language: english };
    const reading = await readSources(request, { log: quiet });
    const { sources: reports, rejected } = await reading.finish(null);
    await rm(directory, { recursive: true, force: true });
    expect(reports[0]?.controlTotals).toMatchObject({ read: 1, rejected: 1 });
    expect(rejected).toMatchObject([{ reason: expect.stringContaining('too much') }]);
  });
});
