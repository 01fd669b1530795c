import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type ExplainOptions, explain } from '../../src/cli/explain.js';
import { explainNamedFiles } from '../../src/cli/explain-files.js';
import { explainFiles } from '../../src/day/explain/explain-files.js';
import { LineSpool } from '../../src/day/explain/line-spool.js';
import { wireExplanation, wireNamedFiles } from '../../src/wiring/wire-explain.js';
import { type CliResult, Project, ndjson } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { zipOf } from '../support/packed-bytes.js';
import { databaseEvent, rawEvent, volumeEvent } from '../support/raw-event.js';
import { captured } from '../support/run-here.js';

const failed = databaseEvent('end', '2026-11-19T03:04:17.102Z', {
  id: 'failure-1',
  resourceId: 'ocid1.dbbackup.oc1.iad.erp1',
  details: { lifecycleState: 'FAILED', lifecycleDetails: 'the destination refused the write' },
});
const unrelated = rawEvent({ type: 'computeapi.launchinstance.begin', time: '2026-11-19T01:00:00Z' });
const message = { stream: 's', partition: '0', offset: 7, value: base64(failed) };
const longAgo = volumeEvent('end', '2019-01-01T00:00:00Z', { id: 'old' });
const farAhead = databaseEvent('end', '2031-11-19T03:04:17Z');
/** 2026-11-25, the present of these tests. */
const now = '1795600000';
/** It clears the screen, changes the direction of the line and ends it. */
const hostile = 'evil\u001b[2J\u202e\u009b\nrejected  x';

const files = {
  'a.ndjson.gz': gzipSync(ndjson([failed, unrelated, 'no JSON', { hello: 1 }, farAhead])),
  'b.json': JSON.stringify([message, longAgo], null, 1),
  'c.zip': zipOf({ name: 'x', content: Buffer.from(`\uFEFF${JSON.stringify({ items: [] })}`, 'utf16le') }),
  'cut.json.gz': gzipSync(ndjson([failed, volumeEvent('begin', '2026-11-19T05:00:00Z')])).subarray(0, -30),
  'hostile.json': ndjson([
    databaseEvent('end', '2026-11-19T03:04:17Z', {
      details: { lifecycleState: 'FAILED', lifecycleDetails: hostile, dbUniqueName: hostile },
    }),
    rawEvent({ type: `x.${hostile}`, time: hostile }),
  ]),
  'empty.json': '',
  'page.html': '<html>',
  'folder/1.json': ndjson([failed]),
  'folder/2.json': ndjson([failed]),
  'folder/README.md': 'not for reading',
};

describe('explain FILE…', () => {
  let project: Project;

  beforeAll(async () => {
    vi.stubEnv('SOURCE_DATE_EPOCH', now);
    project = await Project.create(files);
    execFileSync('mkfifo', [join(project.directory, 'pipe')]);
    await symlink('a.ndjson.gz', join(project.directory, 'link.gz'));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await project.remove();
  });

  interface More {
    readonly json?: boolean;
    readonly columns?: number;
    readonly input?: readonly Buffer[];
  }

  function explained(paths: readonly string[], more: More = {}): Promise<CliResult> {
    const { json = false, columns, input = [] } = more;
    async function* standardInput(): AsyncGenerator<Buffer> {
      yield* input;
    }
    const options = { files: paths, json, directory: project.directory, standardInput: standardInput() };
    return captured((output) =>
      explainNamedFiles(options, { ...output, ...(columns === undefined ? {} : { columns }) }),
    );
  }

  it('says of each record what became of it and why, and adds up', async () => {
    const { stdout, code } = await explained(['a.ndjson.gz', 'b.json']);
    expect(squeezed(stdout)).toEqual([
      expect.stringMatching(
        /^a\.ndjson\.gz \d+ bytes, gzip, JSON lines and other lines, 5 records, read whole$/,
      ),
      ':1 used OCI Events 2026-11-19T03:04:17Z databaseservice.automaticbackupdatabase.end ERPPRD_iad1kq end of a backup: FAILED, the destination refused the write',
      ':2 ignored OCI Events 2026-11-19T01:00:00Z computeapi.launchinstance.begin not about backups',
      ':3 rejected the line is not JSON',
      ':4 rejected not an event: it has no event type',
      ':5 rejected OCI Events 2031-11-19T03:04:17Z databaseservice.automaticbackupdatabase.end the event has no readable time',
      '',
      expect.stringMatching(/^b\.json \d+ bytes, JSON list, 2 records, read whole$/),
      '[0] duplicate stream message, OCI Events 2026-11-19T03:04:17Z databaseservice.automaticbackupdatabase.end ERPPRD_iad1kq end of a backup: FAILED, the destination refused the write',
      '[1] used OCI Events 2019-01-01T00:00:00Z blockvolumes.createvolumebackup.end data01 end of a backup: SUCCEEDED (operationSucceed)',
      '',
      '2 files: 2 read whole',
      '7 records read = 2 used + 1 duplicate + 1 ignored + 3 rejected',
      '',
    ]);
    expect(code).toBe(3);
  });

  it.each([
    ['packed UTF-16 without a record', 'c.zip', 0, 'zip of one file, UTF-16 text (little-endian), JSON'],
    ['nothing', 'empty.json', 0, 'empty.json  0 bytes, empty, 0 records, read whole'],
    ['damage', 'cut.json.gz', 3, 'its gzip data is cut off'],
    ['something else', 'page.html', 3, 'XML or HTML text, 0 records, not read'],
  ])('says what a file is: %s', async (_words, name, expected, words) => {
    const { stdout, code } = await explained([name]);
    expect(stdout).toContain(words);
    expect(code).toBe(expected);
  });

  it('names what cannot be read, never waits for a pipe, and explains the rest', async () => {
    const { stdout, code } = await explained(['none.json', 'no*.gz', 'pipe', 'folder/1.json']);
    expect(squeezed(stdout)).toEqual([
      'none.json not read',
      '! none.json does not exist',
      '',
      'no*.gz not read',
      '! no file matches no*.gz',
      '',
      'pipe not read',
      '! it cannot be opened: it is a pipe, not a file: send what it gives to `backup-report explain -`',
      '',
      expect.stringContaining('folder/1.json'),
      expect.stringContaining(':1 used'),
      '',
      '4 files: 1 read whole, 3 not at all',
      '1 record read = 1 used + 0 duplicate + 0 ignored + 0 rejected',
      '',
    ]);
    expect(code).toBe(3);
  });

  it('takes folders and patterns as a source does, and each file once', async () => {
    const { stdout, code } = await explained(['folder', '*.gz', 'folder/2.json', 'a.ndjson.gz']);
    const heads = stdout.split('\n').filter((line) => / {2}(\d+ bytes|left out)/.test(line));
    expect(heads.map((line) => line.split(' ')[0])).toEqual([
      'folder/1.json',
      'folder/2.json',
      'folder/README.md',
      'a.ndjson.gz',
      'cut.json.gz',
      'link.gz',
    ]);
    expect(stdout).toContain('folder/README.md  left out\n  ! ignore: README*');
    expect(stdout).toContain('link.gz  left out\n  ! the same file as a.ndjson.gz');
    expect(code).toBe(3);
    const whole = await explained([join(project.directory, 'folder')]);
    expect(whole.code).toBe(0);
    expect(whole.stdout).toContain(`${project.directory}/folder/1.json  `);
  });

  it.each(['-', '/dev/stdin'])('reads standard input for %s', async (name) => {
    const { stdout, code } = await explained([name, name], { input: [gzipSync(ndjson([failed]))] });
    expect(squeezed(stdout)[0]).toMatch(
      /^standard input [1-9]\d+ bytes, gzip, JSON lines, 1 record, read whole$/,
    );
    expect(stdout).toContain('1 file: 1 read whole');
    expect(code).toBe(0);
  });

  it('fits a terminal, and keeps its columns', async () => {
    for (const columns of [60, 80, 100, 140]) {
      const { stdout } = await explained(['a.ndjson.gz', 'b.json'], { columns });
      const rows = stdout.split('\n').filter((line) => line.startsWith('  '));
      expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(columns);
      const results = rows
        .filter((row) => row.includes('end of a backup'))
        .map((row) => row.indexOf('end of'));
      expect(results).toHaveLength(3);
      expect(new Set(results).size).toBe(1);
    }
    const narrow = await explained(['a.ndjson.gz'], { columns: 80 });
    expect(narrow.stdout).toContain('Not shown in 80 columns: envelope, type');
    expect(narrow.stdout).toContain('computeapi.launchinst');
  });

  it('lets no text of a file control the terminal', async () => {
    for (const columns of [undefined, 80, 140]) {
      const more = columns === undefined ? {} : { columns };
      const { stdout } = await explained(['hostile.json'], more);
      expect(stdout).toContain('evil\ufffd[2J');
      expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
      expect(stdout.split('\n').filter((line) => line.startsWith('  '))).toHaveLength(2);
    }
  });

  it('shows a long text whole where nothing is cut, and keeps the other lines short', async () => {
    const type = `com.oraclecloud.${'x'.repeat(5000)}`;
    await project.write('long.json', ndjson([failed, rawEvent({ type, time: '2026-11-19T01:00:00Z' })]));
    const { stdout } = await explained(['long.json']);
    const [, first = '', second] = stdout.split('\n');
    expect(first.length).toBeLessThan(400);
    expect(second).toContain('x'.repeat(5000));
  });

  it('gives a program one object a line', async () => {
    const { stdout, code } = await explained(['b.json', 'none.json'], { json: true });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toEqual([
      {
        file: {
          name: 'b.json',
          read: 'whole',
          reason: null,
          bytes: Buffer.byteLength(files['b.json']),
          format: ['JSON list'],
          records: { read: 2, used: 2, duplicate: 0, outside: 0, ignored: 0, rejected: 0 },
        },
      },
      {
        record: {
          record: 1,
          file: 'b.json',
          place: 'b.json[0]',
          disposition: 'used',
          envelope: 'stream message, OCI Events',
          reason: null,
          eventType: 'com.oraclecloud.databaseservice.automaticbackupdatabase.end',
          time: '2026-11-19T03:04:17.102Z',
          eventId: 'failure-1',
          subject: { id: 'ocid1.database.oc1.iad.erpprd', name: 'ERPPRD_iad1kq' },
          became: 'end of a backup: FAILED, the destination refused the write',
        },
      },
      { record: expect.objectContaining({ record: 2, place: 'b.json[1]', eventId: 'old' }) as unknown },
      { file: expect.objectContaining({ name: 'none.json', read: 'not at all', bytes: null }) as unknown },
      {
        totals: {
          files: { found: 2, whole: 1, inPart: 0, notAtAll: 1, leftOut: 0 },
          records: { read: 2, used: 2, duplicate: 0, outside: 0, ignored: 0, rejected: 0 },
        },
      },
    ]);
    expect(code).toBe(3);
  });

  it('corrects a record that only a later one shows to be a duplicate, also where many are kept in a file', async () => {
    const { data, ...head } = failed;
    const { resourceId: _, ...less } = data;
    await project.write('partial/1.json', ndjson([{ ...head, data: less }, unrelated]));
    await project.write('partial/2.json', ndjson([failed, 'no JSON']));
    const contents = wireNamedFiles({
      paths: ['partial'],
      directory: project.directory,
      standardInput: (async function* () {})(),
    });
    const result = await explainFiles(
      contents,
      await wireExplanation(Number(now) * 1000),
      new LineSpool(300),
    );
    const found: string[] = [];
    for await (const { record, place, disposition } of result.items())
      found.push(`${record} ${place} ${disposition}`);
    await result.close();
    expect(found).toEqual([
      '1 partial/1.json:1 duplicate',
      '2 partial/1.json:2 ignored',
      '3 partial/2.json:1 used',
      '4 partial/2.json:2 rejected',
    ]);
    expect(result.files.map(({ records }) => records)).toMatchObject([
      { read: 2, used: 0, duplicate: 1, ignored: 1, rejected: 0 },
      { read: 2, used: 1, duplicate: 0, ignored: 0, rejected: 1 },
    ]);
    expect(result.records).toMatchObject({ read: 4, used: 1, duplicate: 1, ignored: 1, rejected: 1 });
  });

  it('runs as a command, without any configuration', async () => {
    const told = await mainHere(['explain', 'folder', 'a.ndjson.gz', '--json'], project.directory);
    expect(told).toMatchObject({ code: 3, stderr: '' });
    const lines = told.stdout.trimEnd().split('\n');
    // 4 files, their 7 records, and the totals.
    expect(lines).toHaveLength(12);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      totals: { records: { read: 7, used: 1, duplicate: 2, ignored: 1, rejected: 3 } },
    });
  });
});

describe('explain', () => {
  it.each<[string, string[], Partial<ExplainOptions>, string]>([
    ['nothing', [], {}, 'explain needs to know what to explain'],
    ['a date alone', [], { date: '2026-11-19' }, 'explain --date needs --resource as well'],
    ['a resource alone', [], { resource: 'x' }, 'explain --resource needs --date as well'],
    ['files and a date', ['x'], { date: '2026-11-19' }, 'either files or --date, not both'],
    [
      'files and a resource of a day',
      ['x'],
      { resource: 'x', date: '2026-11-19' },
      'either files or --resource and --date, not both',
    ],
    ['files and a configuration', ['x'], { config: 'x' }, 'either files or --config, not both'],
  ])('refuses %s, and says what to do', async (_words, paths, options, words) => {
    const { code, stdout, stderr } = await captured((output) =>
      explain(paths, { logLevel: 'silent', ...options }, output),
    );
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(words);
    expect(stderr).toContain('backup-report explain FILE…');
    expect(stderr).toContain('explain --resource NAME --date');
  });
});

/** Lines without the spaces that align them. */
function squeezed(text: string): string[] {
  return text.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' '));
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}
