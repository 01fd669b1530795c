import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceOutcome, SourceRecord } from '../../src/ports/event-source.js';
import { createLocalFilesSource } from '../../src/sources/local-files/local-files-source.js';
import { dayOf } from '../support/judge.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'local-files-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function read(...paths: string[]): Promise<{ records: SourceRecord[]; outcome: SourceOutcome }> {
  const day = dayOf('2026-11-19', 'America/New_York');
  const source = createLocalFilesSource({ paths, directory, timezone: day.timezone });
  const window = { fromMs: day.startMs - 2 * 86_400_000, toMs: day.cutOffMs };
  const { batches, outcome } = source.read(window);
  const records: SourceRecord[] = [];
  for await (const batch of batches) records.push(...batch);
  return { records, outcome: outcome() };
}

async function write(name: string, content: string | Buffer): Promise<void> {
  const path = join(directory, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
}

const contentOf = (record: SourceRecord): unknown =>
  'value' in record
    ? record.value
    : 'reason' in record
      ? record.reason
      : (JSON.parse(record.text) as unknown);

describe('formats', () => {
  it.each([
    ['a.ndjson', '{"n":1}\n{"n":2}\n'],
    ['a.jsonl', '{"n":1}\r\n\r\n{"n":2}'],
    ['a.ndjson', '\uFEFF{"n":1}\n{"n":2}\n'],
    ['a.json', '{"n":1}\n{"n":2}\n'],
    ['a.log', '{"n":1}\n{"n":2}\n'],
  ])('%s, plain and gzip, is read line by line', async (name, content) => {
    await write(name, content);
    expect((await read(name)).records.map(contentOf)).toEqual([{ n: 1 }, { n: 2 }]);
    await write(`${name}.gz`, gzipSync(content));
    expect((await read(`${name}.gz`)).records.map(contentOf)).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('the elements of a list are records, however it is laid out', async () => {
    await write('a.json', '[\n  { "n": 1 },\n  { "n": 2 }\n]\n');
    expect((await read('a.json')).records.map(contentOf)).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('gzip of several members is read whole', async () => {
    await write('a.ndjson.gz', Buffer.concat([gzipSync('{"n":1}\n'), gzipSync('{"n":2}\n')]));
    expect((await read('a.ndjson.gz')).records).toHaveLength(2);
  });

  it('a line longer than a chunk of the file is one record', async () => {
    const long = JSON.stringify({ text: 'ä'.repeat(2_000_000) });
    await write('a.ndjson', `{"n":1}\n${long}\n{"n":2}`);
    const { records } = await read('a.ndjson');
    expect(records.map((record) => (record.kind === 'text' ? record.text.length : 0))).toEqual([
      7,
      long.length,
      7,
    ]);
  });
});

describe('paths', () => {
  it('globs and folders are expanded, a file found twice is read once, in order of the names', async () => {
    await write('events/b/2.ndjson', '{"n":2}\n');
    await write('events/a/1.json', '{"n":1}');
    const { records, outcome } = await read('./events', 'events/**/*.{json,ndjson}');
    expect(records.map(contentOf)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(outcome.complete).toBe(true);
  });

  it('{date} stands for each date of the window, and only the report day must be there', async () => {
    await write('e/2026-11-19.ndjson', '{"n":19}\n');
    await write('e/2026-11-18.ndjson', '{"n":18}\n');
    await write('e/2026-11-10.ndjson', '{"n":10}\n');
    const { records, outcome } = await read('e/{date}.ndjson');
    expect(records.map(contentOf)).toEqual([{ n: 18 }, { n: 19 }]);
    expect(outcome.complete).toBe(true);
    await rm(join(directory, 'e/2026-11-19.ndjson'));
    expect((await read('e/{date}.ndjson')).outcome.reasons).toEqual(['e/2026-11-19.ndjson does not exist']);
  });

  it('{date} stands for each date of the look-ahead, too, and none of them must be there', async () => {
    const day = dayOf('2026-11-19', 'America/New_York');
    for (const date of ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22']) {
      await write(`e/${date}.ndjson`, '{}\n');
    }
    const source = createLocalFilesSource({
      paths: ['e/{date}.ndjson'],
      directory,
      timezone: day.timezone,
    });
    const reading = source.read({
      fromMs: day.startMs,
      toMs: day.cutOffMs,
      aheadToMs: day.cutOffMs + 30 * 3_600_000,
    });
    const places: string[] = [];
    for await (const batch of reading.batches) places.push(...batch.map(({ place }) => place));
    expect(places).toEqual(['e/2026-11-19.ndjson:1', 'e/2026-11-20.ndjson:1', 'e/2026-11-21.ndjson:1']);
    await rm(join(directory, 'e/2026-11-21.ndjson'));
    expect(reading.outcome().complete).toBe(true);
  });

  it.each([
    ['missing.ndjson', 'missing.ndjson does not exist'],
    ['none/*.json', 'no file matches none/*.json'],
  ])('%s makes the source incomplete', async (path, reason) => {
    const { outcome } = await read(path);
    expect(outcome).toMatchObject({ complete: false, reasons: [reason] });
  });
});

describe('damage', () => {
  it('a gzip cut off half-way yields what came before and says so', async () => {
    const lines = Array.from({ length: 5000 }, (_, n) => `{"n":${n},"x":"${Math.imul(n, 2_654_435_761)}"}`);
    const whole = gzipSync(lines.join('\n'));
    await write('a.ndjson.gz', whole.subarray(0, whole.length / 2));
    const { records, outcome } = await read('a.ndjson.gz');
    expect(records.length).toBeGreaterThan(1000);
    expect(records.at(-1)).toMatchObject({
      kind: 'unreadable',
      reason: 'the line was cut off with its file',
    });
    expect(outcome.reasons).toEqual([
      'a.ndjson.gz: its gzip data is cut off; what came before is in the report',
    ]);
  });

  it('bytes after the gzip data are not passed over in silence', async () => {
    const lines = Array.from(
      { length: 40_000 },
      (_, n) => `{"n":${n},"x":"${Math.imul(n, 2_654_435_761)}"}\n`,
    );
    await write('a.ndjson.gz', Buffer.concat([gzipSync(lines.join('')), Buffer.from('{"n":2}\n')]));
    const { records, outcome } = await read('a.ndjson.gz');
    expect(records).toHaveLength(40_000);
    expect(outcome.reasons[0]).toMatch(/^a\.ndjson\.gz: 8 bytes after its gzip data were not read/);
  });

  it('an empty file is no record; an empty .gz was cut off', async () => {
    await write('a.ndjson', '');
    expect((await read('a.ndjson')).outcome.complete).toBe(true);
    await write('b.ndjson.gz', '');
    expect((await read('b.ndjson.gz')).outcome.complete).toBe(false);
  });

  it('only the lines that are not UTF-8 are unreadable', async () => {
    await write(
      'a.ndjson',
      Buffer.concat([
        Buffer.from('{"n":1}\n{"n":"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"}\n{"n":3}\n'),
      ]),
    );
    const { records } = await read('a.ndjson');
    expect(records.map(contentOf)).toEqual([{ n: 1 }, 'the line is not UTF-8 text', { n: 3 }]);
    expect(records.map(({ place }) => place)).toEqual(['a.ndjson:1', 'a.ndjson:2', 'a.ndjson:3']);
  });

  it('a line of 50 MB is one unreadable record, and the lines around it are read', async () => {
    const long = Buffer.alloc(50 * 1024 * 1024, 'x');
    await write('a.ndjson', Buffer.concat([Buffer.from('{"n":1}\n'), long, Buffer.from('\n{"n":3}\n')]));
    const { records } = await read('a.ndjson');
    expect(records[1]).toMatchObject({ kind: 'unreadable', bytes: long.length, place: 'a.ndjson:2' });
    expect(records.map(contentOf)[1]).toMatch(/52428800 bytes is longer than/);
    expect(contentOf(records[2] ?? records[0]!)).toEqual({ n: 3 });
  });

  it('of a list without an end the elements are read, and the source is incomplete', async () => {
    await write('a.json', '[{"n":1},');
    const { records, outcome } = await read('a.json');
    expect(records.map(contentOf)).toEqual([{ n: 1 }]);
    expect(outcome.reasons).toEqual([
      'a.json: its list has no end, so it was cut off; what came before is in the report',
    ]);
  });
});
