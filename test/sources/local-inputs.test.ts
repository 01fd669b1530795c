import { execFileSync } from 'node:child_process';
import {
  appendFile,
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { SourceInputs } from '../../src/model/inputs.js';
import type { SourceOutcome, SourceReading, SourceRecord } from '../../src/ports/event-source.js';
import { createLocalFilesSource } from '../../src/sources/local-files/local-files-source.js';
import { asNobody } from '../support/as-nobody.js';
import { makeDeepFolders, removeDeepFolders } from '../support/deep-folder.js';
import { runsOf } from '../support/share-of.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'local-inputs-'));
});

afterEach(() => removeDeepFolders(directory));

const at = (name: string): string => join(directory, name);

async function write(name: string, content: string | Buffer = '{"n":1}\n'): Promise<void> {
  await mkdir(dirname(at(name)), { recursive: true });
  await writeFile(at(name), content);
}

const window = { fromMs: Date.UTC(2026, 10, 19), toMs: Date.UTC(2026, 10, 20) };

function open(paths: readonly string[], ignore: readonly string[] = []): SourceReading {
  return createLocalFilesSource({ paths, ignore, directory, timezone: 'UTC' }).read(window);
}

async function drain({
  batches,
  outcome,
}: SourceReading): Promise<SourceOutcome & { records: SourceRecord[] }> {
  const records: SourceRecord[] = [];
  for await (const batch of batches) records.push(...batch);
  return { ...outcome(), records };
}

const read = (...paths: string[]): ReturnType<typeof drain> => drain(open(paths));

/** `events/a.ndjson: read` */
const dispositions = (inputs: SourceInputs | undefined): string[] =>
  (inputs?.entries ?? []).map(({ name, disposition }) => `${name}: ${disposition}`);

const reasonOf = (inputs: SourceInputs | undefined, name: string): string | null | undefined =>
  inputs?.entries.find((each) => each.name === name)?.reason;

describe('a folder', () => {
  it.each([
    ['20261120T031000Z_20261120T031500Z.0.log.gz', gzipSync('{"n":1}\n')],
    ['export.data.gz', gzipSync('{"n":1}\n')],
    ['B.JSON', '{"n":1}'],
    ['messages', '{"n":1}\n'],
    ['deep/er/still.txt', '{"n":1}\n'],
  ])('reads %s by what it holds, not by its name', async (name, content) => {
    await write(`events/${name}`, content);
    const { records, complete, inputs } = await read('./events');
    expect(records).toHaveLength(1);
    expect(complete).toBe(true);
    expect(dispositions(inputs)).toEqual([`events/${name}: read`]);
  });

  it.each([
    ['b.ndjson.gz.part', gzipSync('{"n":1}\n{"n":2}\n').subarray(0, 25)],
    ['b.ndjson.crdownload', '{"n":1}\n'],
    ['b.ndjson.tmp', '{"n":1}\n'],
  ])('with a download half done, %s, is not read whole', async (name, content) => {
    await write('events/a.ndjson');
    await write(`events/${name}`, content);
    const { reasons, inputs } = await read('./events');
    expect(reasons).toEqual([expect.stringMatching(`^events/${name}: `)]);
    expect(inputs).toMatchObject({ found: 2, read: 1, unreadable: 1, leftOut: 0 });
  });

  it('that is empty, or from which everything is left out, says which', async () => {
    await mkdir(at('events/sub'), { recursive: true });
    expect((await read('./events')).reasons).toEqual(['the folder ./events holds no file to read']);
    await write('events/_SUCCESS');
    await write('events/.hidden/a.ndjson');
    const { reasons, inputs } = await drain(open(['./events'], ['.*', '_SUCCESS']));
    expect(reasons).toEqual([
      'the folder ./events holds no file to read: 2 are left out by ignore: .*, ignore: _SUCCESS',
    ]);
    expect(dispositions(inputs)).toEqual(['events/.hidden/: left out', 'events/_SUCCESS: left out']);
  });
});

describe('ignore', () => {
  it.each([
    [['.*'], ['events/.a', 'events/.dot/']],
    [['README*'], ['events/README.md', 'events/sub/README']],
    [['events/sub/*'], ['events/sub/README', 'events/sub/b.ndjson']],
    [['events/sub'], ['events/sub/']],
    [['sub'], ['events/sub/']],
    [['**/b.ndjson'], ['events/sub/b.ndjson']],
    [['{.*,*.md}'], ['events/.a', 'events/.dot/', 'events/README.md']],
    [['!*'], []],
    [[], []],
  ])('%j leaves out %j, and all else is read', async (ignore, expected) => {
    for (const name of ['.a', '.dot/c.ndjson', 'README.md', 'a.ndjson', 'sub/README', 'sub/b.ndjson']) {
      await write(`events/${name}`);
    }
    const { complete, inputs } = await drain(open(['events'], ignore));
    const left = inputs?.entries.filter(({ disposition }) => disposition === 'left out');
    expect(left?.map(({ name }) => name)).toEqual(expected);
    expect(complete).toBe(true);
    expect(left?.map(({ reason }) => reason)).toEqual(expected.map(() => `ignore: ${ignore[0]}`));
    expect(inputs?.rules).toEqual(
      expected.length === 0 ? [] : [{ rule: `ignore: ${ignore[0]}`, inputs: expected.length }],
    );
  });

  it('is not for what a path names itself', async () => {
    await write('.events/.a.ndjson');
    const { records, complete } = await drain(open(['.events/.a.ndjson', '.events'], ['.*']));
    expect(records).toHaveLength(1);
    expect(complete).toBe(true);
  });
});

describe('what is no file', () => {
  const makers: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    ['a pipe', async () => execFileSync('mkfifo', [at('events/x.ndjson')]), 'it is a pipe, not a file'],
    ['a device', () => symlink('/dev/zero', at('events/x.ndjson')), 'it is a device, not a file'],
    [
      'a link that leads nowhere',
      () => symlink('nowhere', at('events/x.ndjson')),
      'it is a link to nowhere, which does not exist',
    ],
    [
      'a link in a circle',
      () => symlink('x.ndjson', at('events/x.ndjson')),
      'its links lead in a circle (ELOOP)',
    ],
  ];

  describe.each(makers)('%s', (_what, make, why) => {
    it.each([['./events'], ['events/*.ndjson'], ['events/x.ndjson'], ['**/x.*']])(
      'is named and not waited for, found by %s',
      async (path) => {
        await write('events/a.ndjson');
        await make();
        const { complete, reasons, inputs } = await read('events/a.ndjson', path);
        expect(complete).toBe(false);
        expect(reasons).toEqual([`events/x.ndjson cannot be opened: ${why}`]);
        expect(dispositions(inputs)).toEqual(['events/a.ndjson: read', 'events/x.ndjson: unreadable']);
        expect(reasonOf(inputs, 'events/x.ndjson')).toBe(`it cannot be opened: ${why}`);
      },
    );
  });

  it('a link to the folder that it lies in is a circle', async () => {
    await write('events/sub/a.ndjson');
    await symlink('..', at('events/sub/up'));
    const { records, reasons, inputs } = await read('./events');
    expect(records).toHaveLength(1);
    expect(reasons).toEqual(['events/sub/up cannot be read: it leads back to events, which it lies in']);
    expect(inputs).toMatchObject({ found: 2, read: 1, unreadable: 1 });
  });

  it('a link that leads nowhere may be a folder of events, unless nothing below it would be asked for', async () => {
    await write('events/a/1.json');
    await symlink('/mnt/gone', at('events/b'));
    expect((await read('events/*/*.json')).reasons).toEqual([
      'events/b cannot be opened: it is a link to /mnt/gone, which does not exist',
    ]);
    expect((await read('events/a*/*.json')).reasons).toEqual([]);
  });
});

describe('a sub-folder that may not be entered', () => {
  it('is named: even the administrator cannot go below the longest path', async () => {
    await write('events/a.ndjson');
    makeDeepFolders(at('events'));
    const { complete, reasons, inputs } = await read('./events');
    expect(complete).toBe(false);
    expect(reasons).toEqual([
      expect.stringMatching(/^events\/n{200}\/.* cannot be read: the path is too long/),
    ]);
    expect(inputs).toMatchObject({ found: 2, read: 1, unreadable: 1 });
  });

  it.each([['./events'], ['events/**/*.ndjson'], ['events/*/*.ndjson'], ['events/sub'], ['events/sub/*']])(
    'is named by whom it refuses, found by %s',
    async (path) => {
      await write('events/a.ndjson');
      await write('events/sub/b.ndjson');
      await chmod(directory, 0o755);
      await chmod(at('events/sub'), 0o000);
      const { reasons, inputs } = await asNobody(() => read('events/a.ndjson', path));
      expect(reasons).toEqual(['events/sub cannot be read: permission denied (EACCES)']);
      expect(dispositions(inputs)).toEqual(['events/a.ndjson: read', 'events/sub: unreadable']);
    },
  );

  it('is no matter where the pattern asks for nothing in it', async () => {
    await write('events/a.ndjson');
    await mkdir(at('events/sub'));
    await chmod(directory, 0o755);
    await chmod(at('events/sub'), 0o000);
    expect((await asNobody(() => read('events/*.ndjson'))).reasons).toEqual([]);
  });

  it('a folder that is a file is named', async () => {
    await write('events');
    expect((await read('events/a.ndjson')).reasons).toEqual([
      'events/a.ndjson cannot be opened: a part of the path is a file, not a directory (ENOTDIR)',
    ]);
    expect((await read('events/*.ndjson')).reasons).toHaveLength(1);
  });
});

describe('a file of several names', () => {
  it('is read once, under its own name, however it was found', async () => {
    await write('events/m.ndjson');
    await symlink('m.ndjson', at('events/a.ndjson'));
    await link(at('events/m.ndjson'), at('events/z.ndjson'));
    const { records, complete, inputs } = await read('./events', 'events/*', 'events/m.ndjson');
    expect(records).toHaveLength(1);
    expect(complete).toBe(true);
    expect(dispositions(inputs)).toEqual([
      'events/a.ndjson: left out',
      'events/m.ndjson: read',
      'events/z.ndjson: left out',
    ]);
    expect(reasonOf(inputs, 'events/a.ndjson')).toBe('the same file as events/m.ndjson');
    expect(inputs?.rules).toEqual([{ rule: 'read under another name', inputs: 2 }]);
  });

  it('two files of the same content are two', async () => {
    await write('events/a.ndjson');
    await write('events/b.ndjson');
    expect((await read('./events')).inputs).toMatchObject({ found: 2, read: 2 });
  });

  it('a folder that a link leads to is walked once, under its own name', async () => {
    await write('events/b/1.ndjson');
    await symlink('b', at('events/a'));
    const { records, complete, inputs } = await read('./events');
    expect(records).toHaveLength(1);
    expect(complete).toBe(true);
    expect(dispositions(inputs)).toEqual(['events/a/: left out', 'events/b/1.ndjson: read']);
  });

  it('a folder elsewhere is read through its link', async () => {
    await write('mounted/1.ndjson');
    await mkdir(at('events'));
    await symlink(at('mounted'), at('events/link'));
    expect(dispositions((await read('events/**/*.ndjson')).inputs)).toEqual(['events/link/1.ndjson: read']);
  });

  it('folders that link to each other many times over are walked in no time', async () => {
    for (let level = 0; level < 40; level += 1) {
      await mkdir(at(`events/${level}`), { recursive: true });
      for (const side of ['left', 'right']) await symlink(`../${level + 1}`, at(`events/${level}/${side}`));
    }
    await write('events/40/a.ndjson');
    expect((await read('events/0/**/*.ndjson')).records).toHaveLength(1);
  });
});

describe('a file that changes', () => {
  it('and is gone when it is to be read is named', async () => {
    await write('events/a.ndjson');
    await write('events/b.ndjson');
    const { batches, outcome } = open(['./events']);
    for await (const _ of batches) await rm(at('events/b.ndjson'), { force: true });
    expect(outcome().reasons).toEqual(['events/b.ndjson cannot be opened: it does not exist (ENOENT)']);
    expect(outcome().inputs).toMatchObject({ found: 2, read: 1, unreadable: 1 });
  });

  it.each([
    [
      'grows',
      (path: string) => appendFile(path, '{"n":2}\n'),
      /it grew from 8 to \d+ bytes while it was read/,
    ],
    ['shrinks', (path: string) => truncate(path, 2), /it shrank from 8 to 2 bytes while it was read/],
  ])('and %s while it is read is read as it was, and said', async (_how, change, words) => {
    await write('a.ndjson');
    const { batches, outcome } = open(['a.ndjson']);
    const records: SourceRecord[] = [];
    for await (const batch of batches) {
      records.push(...batch);
      await change(at('a.ndjson'));
    }
    expect(records).toHaveLength(1);
    expect(outcome().reasons).toEqual([expect.stringMatching(words)]);
    expect(outcome().inputs?.entries).toMatchObject([
      { name: 'a.ndjson', disposition: 'unreadable in part', bytes: 8, records: 1 },
    ]);
  });

  it('and whose size the system does not tell is not taken for empty', async () => {
    const { reasons } = await read('/proc/self/status');
    expect(reasons).toEqual([expect.stringContaining('it holds more than the 0 bytes that its size says')]);
  });
});

describe('patterns', () => {
  it.each([
    ['events/*.json', ['a.json']],
    ['events/**/*.json', ['a.json', 'x/b.json', 'x/y/c.json']],
    ['events/*', ['a.json', 'a.log', 'x/b.json', 'x/y/c.json']],
    ['events/x/**', ['x/b.json', 'x/y/c.json']],
    ['./events//x/*.{json,log}', ['x/b.json']],
    ['events/{x,x/y}/*.json', ['x/b.json', 'x/y/c.json']],
    ['events/{x/{y,z},w}/*.json', ['x/y/c.json']],
    ['events/?.[jl]*', ['a.json', 'a.log']],
    ['events/@(a|b).json', ['a.json']],
    ['events/**/y/*', ['x/y/c.json']],
    ['**/[bc].json', ['x/b.json', 'x/y/c.json']],
    ['events/x/../*.log', ['a.log']],
    [String.raw`events/\a.log*`, ['a.log']],
  ])('%s', async (pattern, expected) => {
    for (const name of ['a.json', 'a.log', 'x/b.json', 'x/y/c.json']) await write(`events/${name}`);
    const { inputs, reasons } = await read(pattern);
    expect(reasons).toEqual([]);
    expect(dispositions(inputs)).toEqual(expected.map((name) => `events/${name}: read`));
  });

  it('a file whose name looks like a pattern is read by its name', async () => {
    await write('events/a[1].json');
    expect(dispositions((await read('events/a[1].json')).inputs)).toEqual(['events/a[1].json: read']);
  });

  it('an absolute pattern is not below the folder of the configuration', async () => {
    await write('events/a.json');
    expect((await read(`${directory}/events/*.json`)).records).toHaveLength(1);
  });
});

/** What one entry of a folder may be, and how it counts. */
const kinds = {
  whole: 'read',
  damaged: 'unreadable in part',
  noGzip: 'unreadable',
  hidden: 'left out',
  dangling: 'unreadable',
  circle: 'unreadable',
  pipe: 'unreadable',
  twin: 'left out',
} as const;

async function makeEntry(kind: keyof typeof kinds, path: string): Promise<void> {
  const lines = Array.from({ length: 2000 }, (_, n) => `{"n":${Math.imul(n, 2_654_435_761)}}\n`).join('');
  const gzip = gzipSync(lines);
  const target = join(dirname(path), `.${path.slice(path.lastIndexOf('/') + 1)}`);
  if (kind === 'whole') await writeFile(path, lines);
  else if (kind === 'damaged') await writeFile(path, gzip.subarray(0, gzip.length / 2));
  else if (kind === 'noGzip') await writeFile(path, gzip.subarray(0, 4));
  else if (kind === 'hidden') await writeFile(target, lines);
  else if (kind === 'dangling') await symlink('nowhere', path);
  else if (kind === 'circle') await symlink('.', path);
  else if (kind === 'pipe') execFileSync('mkfifo', [path]);
  else {
    await writeFile(`${path}-0`, lines);
    await symlink(`${path}-0`, `${path}-1`);
  }
}

it('whatever lies in a folder: found = read + unreadable + left out, and each counts as what it is', async () => {
  const entries = fc.array(
    fc.record({
      kind: fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])),
      folder: fc.constantFrom('.', 'a', 'a/b'),
    }),
    { maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(entries, async (plan) => {
      await rm(directory, { recursive: true, force: true });
      for (const [index, { kind, folder }] of plan.entries()) {
        await mkdir(at(`events/${folder}`), { recursive: true });
        await makeEntry(kind, at(`events/${folder}/e${index}`));
      }
      await mkdir(at('events'), { recursive: true });
      const { inputs, complete } = await drain(open(['./events'], ['.*']));
      expect(inputs).toBeDefined();
      const { found, read: whole, unreadable, leftOut, entries: all } = inputs ?? fail();
      expect(found).toBe(whole + unreadable + leftOut);
      const twins = plan.filter(({ kind }) => kind === 'twin').length;
      expect(found).toBe(plan.length + twins);
      const expected = [
        ...plan.map(({ kind }) => kinds[kind]),
        ...Array.from({ length: twins }, () => 'read'),
      ];
      expect(all.map(({ disposition }) => disposition).sort()).toEqual(expected.sort());
      expect(complete).toBe(unreadable === 0 && whole > 0);
      expect(found).toBe(await countEntries(at('events')));
    }),
    { numRuns: runsOf(40) },
  );
});

function fail(): never {
  throw new Error('no inputs');
}

/** Everything below a folder that is no folder. */
async function countEntries(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => !entry.isDirectory()).length;
}
