import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventSource, SourceOutcome, SourceRecord } from '../../src/ports/event-source.js';
import type { OwnSource } from '../../src/ports/own-module.js';
import { createOwnModuleSource } from '../../src/sources/own-module/own-module-source.js';
import { sourceContract } from '../../src/testing/source-contract.js';
import { createLocalFilesSource } from '../../src/sources/local-files/local-files-source.js';
import { ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';

const date = '2026-11-18';
const event = JSON.stringify(databaseEvent('end', '2026-11-18T02:00:00Z'));
const window = { fromMs: Date.parse('2026-11-18'), toMs: Date.parse('2026-11-19') };
const whole = { complete: true, reasons: [], requests: [] };

interface Fault {
  readonly drop?: true;
  readonly hide?: true;
  readonly throws?: true;
}

let folder: string;
let serial = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'own-modules-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A run with a module as source, and what its report says. */
async function runWith(code: string, more = '', channels = '') {
  // A module is loaded once in a process.
  const name = `source-${(serial += 1)}.mjs`;
  await writeFile(join(folder, name), code);
  return runNamed(`./${name}`, more, channels);
}

async function runNamed(module: string, more = '', channels = '') {
  await writeFile(
    join(folder, 'backup-report.yaml'),
    `plan: daily\ntimezone: UTC\nlookbackDays: 1\nsources:\n  - type: module\n    name: our tool\n    module: ${module}\n${more}archive:\n  type: file-system\n  directory: ./reports\n${channels}`,
  );
  return runPlainly(folder, date, [], { json: true });
}

async function archived(name: string) {
  return readFile(join(folder, 'reports/daily/2026/11/18/r1', name));
}

const sourceGiving = (batches: string, outcome = JSON.stringify(whole)): string => `export const source = {
  open: () => ({
    request: 'everything',
    read: () => ({ batches: (async function* () { ${batches} })(), outcome: () => (${outcome}) }),
  }),
};`;

const oneEvent = `yield [{ kind: 'text', text: ${JSON.stringify(event)}, place: 'a:1' }];`;

describe("a source of a company's own", () => {
  it('is counted, named in report, manifest and evidence, and kept as read', async () => {
    const { code, stdout } = await runWith(sourceGiving(oneEvent));
    expect([code, JSON.parse(stdout).status]).toEqual([0, 'COMPLETE']);
    const report = JSON.parse((await archived('report.json')).toString());
    const manifest = JSON.parse((await archived('manifest.json')).toString());
    for (const [source] of [report.sources, manifest.sources]) {
      expect(source).toMatchObject({ name: 'our tool', type: 'module', complete: true });
      expect(source.request).toMatch(/^\.\/source-\d+\.mjs \(sha-256 [0-9a-f]{12}\): everything$/);
      expect(source.controlTotals).toMatchObject({ read: 1, used: 1, rejected: 0 });
    }
    expect(gunzipSync(await archived('events.ndjson.gz')).toString()).toContain('"our tool"');
  });

  it.each([
    [
      'throws while it is read',
      `${oneEvent} throw new Error('the tool\\nis gone');`,
      undefined,
      'its module failed: the tool is gone',
    ],
    ['throws for its outcome', oneEvent, 'null.x', 'its module failed: '],
    ['gives no outcome', oneEvent, '"done"', 'its module gave an outcome that is not understood'],
    [
      'says neither yes nor no',
      oneEvent,
      '{ reasons: [], requests: [] }',
      'outcome that is not understood: complete',
    ],
    [
      'is complete, with a reason against it',
      oneEvent,
      '{ complete: true, reasons: ["page 7 was refused"], requests: [] }',
      'page 7 was refused',
    ],
    [
      'is not complete, without a reason',
      oneEvent,
      '{ complete: false, reasons: [], requests: [] }',
      'and not why',
    ],
    [
      'counts inputs that do not add up',
      oneEvent,
      '{ complete: true, reasons: [], requests: [], inputs: { found: 3, read: 1, unreadable: 0, leftOut: 1, rules: [], entries: [] } }',
      'do not add up',
    ],
  ])(
    'that %s makes the report INCOMPLETE, and what it gave counts',
    async (_what, batches, outcome, reason) => {
      const { code, stdout } = await runWith(sourceGiving(batches, outcome));
      const { status, statusReasons } = JSON.parse((await archived('report.json')).toString());
      expect([code, status, JSON.parse(stdout).status]).toEqual([3, 'INCOMPLETE', 'INCOMPLETE']);
      expect(statusReasons.join('\n')).toContain(reason);
      const [source] = JSON.parse((await archived('report.json')).toString()).sources;
      expect(source.controlTotals).toMatchObject({ read: 1, used: 1 });
    },
  );

  it.each([
    ['no batch', `yield 'text';`],
    ['no record', `yield [{ kind: 'text', line: 'x' }];`],
    ['a record of a replay', `yield [{ kind: 'item', text: '{}', place: 'a' }];`],
    ['what JSON has not', `const a = {}; a.a = a; yield [{ kind: 'value', value: a, place: 'a' }];`],
    ['a function', `yield [{ kind: 'value', value: () => 1, place: 'a' }];`],
  ])('that gives %s has a rejected record', async (_what, batches) => {
    const { code } = await runWith(sourceGiving(`${oneEvent} ${batches}`));
    const { status, sources } = JSON.parse((await archived('report.json')).toString());
    expect([code, status]).toEqual([3, 'INCOMPLETE']);
    expect(sources[0].controlTotals).toMatchObject({ read: 2, used: 1, rejected: 1 });
  });

  it('gives each record one line of evidence, whatever breaks are in its text', async () => {
    const text = JSON.stringify(JSON.parse(event), null, 2);
    await runWith(sourceGiving(`yield [{ kind: 'text', text: ${JSON.stringify(text)}, place: 'a:1' }];`));
    expect(JSON.parse((await archived('report.json')).toString()).sources[0].controlTotals.used).toBe(1);
    const lines = gunzipSync(await archived('events.ndjson.gz'))
      .toString()
      .trim()
      .split('\n');
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });

  it('cannot change a record once it was given', async () => {
    const value = { a: 1 };
    const own: OwnSource = {
      request: 'x',
      read: () => ({ batches: batchesOf([{ kind: 'value', value, place: 'a' }]), outcome: () => whole }),
    };
    const [record] = (await readAll(createOwnModuleSource(own, 'm'))).records;
    value.a = 2;
    expect(record).toEqual({ kind: 'value', value: { a: 1 }, place: 'a' });
  });

  it('passes the contract that programs get where it does what ours do', async () => {
    const store = join(folder, 'store');
    const passed: string[] = [];
    for (const { name, run } of sourceContract(async () => {
      await mkdir(store);
      await writeFile(join(store, 'empty.ndjson'), '');
      return {
        source: createLocalFilesSource({ paths: [store], directory: folder, timezone: 'UTC' }),
        put: async (events) => writeFile(join(store, 'a.ndjson'), events.length === 0 ? '' : ndjson(events)),
        breakStore: async () => writeFile(join(store, 'b.ndjson.gz'), Buffer.from([0x1f, 0x8b, 8, 0, 1])),
        remove: () => rm(store, { recursive: true }),
      };
    })) {
      await run();
      passed.push(name);
    }
    expect(new Set(passed).size).toBeGreaterThan(3);
  });

  it.each<readonly [what: string, fault: Fault]>([
    ['skips an event', { drop: true }],
    ['hides what is broken', { hide: true }],
    ['throws', { throws: true }],
  ])('does not pass it where it %s', async (_what, fault) => {
    const failures: string[] = [];
    for (const { name, run } of sourceContract(async () => faultySource(fault))) {
      await run().catch(() => failures.push(name));
    }
    expect(failures.length).toBeGreaterThan(0);
  });
});

describe('a module that cannot be used', () => {
  const path = 'sources[0].module';
  it.each([
    ['exports nothing of the name', 'export const sauce = 1;', 'exports nothing called source'],
    ['exports no source', 'export const source = {};', 'its source has no function open'],
    ['has a fault of syntax', 'export const = 1;', 'cannot be loaded: '],
    ['throws when it is loaded', 'throw new Error("no licence");', 'cannot be loaded: no licence'],
    ['opens nothing', 'export const source = { open: () => null };', 'its open() gave a source without read'],
    [
      'throws when it is opened',
      'export const source = { open() { throw new Error("no key"); } };',
      'cannot be opened: no key',
    ],
    ['has a schema that is none', 'export const source = { settings: {}, open() {} };', 'is no schema'],
  ])('is told where it %s', async (_what, code, words) => {
    const { code: exit, stderr } = await runWith(code);
    expect(exit).toBe(2);
    expect(stderr).toContain(path);
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/^ {2}-> /m);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('is told where there is no such file or package, and where it is no name', async () => {
    expect((await runNamed('./none.mjs')).stderr).toContain(
      'none.mjs cannot be read: it does not exist (ENOENT)',
    );
    expect((await runNamed('no-such-package-of-ours')).stderr).toContain('no such package is installed');
    expect((await runNamed('"https://example.com/x.mjs"')).code).toBe(2);
    expect((await runNamed('.')).stderr).toContain('must be a path such as');
  });

  it('has its own keys, each fault with its path', async () => {
    const schema = `{ '~standard': { version: 1, vendor: 'test', validate: ({ url, list }) => url === 'x' ? { value: { url } } : { issues: [{ message: 'must be x', path: ['url'] }, { message: 'is long', path: ['list', { key: 3 }] }] } } }`;
    const code = `export const source = { settings: ${schema}, open: (settings) => ({ request: settings.url, read: () => ({ batches: (async function* () {})(), outcome: () => (${JSON.stringify(whole)}) }) }) };`;
    const { stderr } = await runWith(code, '    settings: { url: y }\n');
    expect(stderr).toContain('sources[0].settings.url: must be x');
    expect(stderr).toContain('sources[0].settings.list[3]: is long');
    await runWith(code, '    settings: { url: x, token: s3cret }\n');
    const manifest = (await archived('manifest.json')).toString();
    expect(manifest).toContain('): x"');
    expect(manifest).not.toContain('s3cret');
    expect((await runWith(sourceGiving(''), '    settings: { url: x }\n')).stderr).toContain('takes none');
  });

  it.each([
    ['asks for', 'request: settings.token, read: () => reading([], [])'],
    ['throws', 'request: "x", read: () => { throw new Error(`no ${settings.token}`); }'],
    ['throws while it is read', 'request: "x", read: () => reading([], [], `no ${settings.token}`)'],
    ['gives as a reason', 'request: "x", read: () => reading([`no ${settings.token}`], [])'],
    ['gives as a request', 'request: "x", read: () => reading([], [{ url: `/?t=${settings.token}` }])'],
  ])('of which none is in what it %s: their names are', async (_what, said) => {
    const schema = `{ '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } }`;
    const reading = `const reading = (reasons, requests, error) => ({
  batches: (async function* () { if (error) throw new Error(error); })(),
  outcome: () => ({ complete: reasons.length === 0, reasons, requests }),
});`;
    const code = `${reading}\nexport const source = { settings: ${schema}, open: (settings) => ({ ${said} }) };`;
    const { stdout, stderr } = await runWith(code, '    settings: { token: a-s3cret }\n');
    const written = [stdout, stderr, await archived('report.json'), await archived('manifest.json')].join(
      '\n',
    );
    expect(written).toContain('[settings.token]');
    expect(written).not.toContain('a-s3cret');
  });
});

const channels = (name: string): string =>
  `channels:\n  - type: module\n    name: follower\n    module: ./${name}\n    timeout: 1s\n`;

describe("a channel of a company's own", () => {
  it.each([
    ['told', 'async notify(notice) { notice.report.status = "x"; }', 0, ''],
    ['refused where it throws', 'async notify() { throw new Error("no\\nroute"); }', 4, 'no route'],
    ['refused where it throws at once', 'notify() { throw new Error("no route"); }', 4, 'no route'],
    ['refused where it never answers', 'notify: () => new Promise(() => {})', 4, 'did not answer within 1 s'],
  ])('is %s', async (_what, method, exit, words) => {
    const name = `channel-${(serial += 1)}.mjs`;
    await writeFile(join(folder, name), `export const channel = { open: () => ({ ${method} }) };`);
    const { code, stderr } = await runWith(sourceGiving(oneEvent), '', channels(name));
    expect(code).toBe(exit);
    expect(stderr).toContain(words);
    expect(JSON.parse((await archived('report.json')).toString()).status).toBe('COMPLETE');
  });
});

async function* batchesOf(records: readonly SourceRecord[]) {
  yield records;
}

async function readAll(source: EventSource) {
  const records: SourceRecord[] = [];
  const reading = source.read(window);
  for await (const batch of reading.batches) records.push(...batch);
  return { records, outcome: reading.outcome() };
}

function faultySource({ drop, hide, throws }: Fault) {
  let held: readonly object[] = [];
  let isBroken = false;
  const source: OwnSource = {
    request: 'a list',
    read: () => ({
      batches: (async function* () {
        if (isBroken && throws === true) throw new Error('broken');
        const given = drop === true ? held.slice(1) : held;
        yield given.map((value, index) => ({ kind: 'value' as const, value, place: String(index) }));
      })(),
      outcome: (): SourceOutcome =>
        isBroken && hide !== true ? { complete: false, reasons: ['it is broken'], requests: [] } : whole,
    }),
  };
  return {
    source,
    put: async (events: readonly object[]) => void (held = events),
    breakStore: async () => void (isBroken = true),
    remove: async () => undefined,
  };
}
