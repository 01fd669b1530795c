import { appendFile, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Output } from '../../src/cli/output.js';
import { type StatusOptions, status } from '../../src/cli/status.js';
import { Project, ndjson } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { databaseEvent } from '../support/raw-event.js';
import { mainHere } from '../support/main-here.js';
import { captured, runPlainly } from '../support/run-here.js';

const dates = ['2026-11-17', '2026-11-18', '2026-11-19'] as const;
/** Two days after the last of them. */
const environment = { SOURCE_DATE_EPOCH: String(Date.parse('2026-11-20T12:00:00Z') / 1000) };

let whole: Project;
let project: Project;

beforeAll(async () => {
  const records = dates.map((date) =>
    databaseEvent('end', `${date}T02:00:00Z`, {
      id: date,
      details: { databaseId: 'ocid1.database.oc1.iad.sales', dbUniqueName: 'SALES' },
    }),
  );
  whole = await Project.create({ 'events/a.ndjson': ndjson(records) });
  for (const date of dates) await runPlainly(whole.directory, date);
});

afterAll(() => whole.remove());

beforeEach(async () => {
  project = await Project.create({});
  copyFolder(whole.directory, project.directory);
});

afterEach(() => project.remove());

const inDay = (name: string, date = '2026-11-18'): string =>
  join(project.directory, 'reports/daily', date.replaceAll('-', '/'), name);
const inPlan = (name: string): string => join(project.directory, 'reports/daily', name);

function ask(options: Partial<StatusOptions> = {}, variables: NodeJS.ProcessEnv = {}, columns?: number) {
  const config = join(project.directory, 'backup-report.yaml');
  return captured((output) => {
    const shown: Output = columns === undefined ? output : { ...output, columns };
    return status({ config, logLevel: 'silent', ...options }, shown, { ...environment, ...variables });
  });
}

const due = (time: string) => ask({ json: true }, { SOURCE_DATE_EPOCH: String(Date.parse(time) / 1000) });

interface Answer {
  readonly totals: Readonly<Record<string, number>>;
  readonly days: readonly {
    readonly date: string;
    readonly state: string;
    readonly revision: number | null;
    readonly signed: boolean | null;
    readonly unfinished: readonly number[];
    readonly damage: readonly { readonly key: string; readonly reason: string }[];
  }[];
  readonly foreign: readonly string[];
  readonly steps: readonly string[];
}

async function answer(
  options: Partial<StatusOptions> = {},
): Promise<Answer & { readonly code: number | null }> {
  const { code, stdout, stderr } = await ask({ json: true, ...options });
  expect(stderr).toBe('');
  return { code, ...(JSON.parse(stdout) as Answer) };
}

it.each([
  ['status'],
  ['export', '--from', '2026-11-17', '--to', '2026-11-17', '--out', 'x.zip'],
  ['index', '--out', 'pages'],
])('%s tells a folder of one plan from an archive', async (...command) => {
  const { code, stderr } = await mainHere([...command, '--archive', 'reports/daily'], project.directory);
  expect(code).toBe(2);
  expect(stderr).toMatch(/this is the folder of one plan\n {2}-> Name its parent: --archive \S*reports\b/);
});

describe('status of a whole archive', () => {
  it('has a letter for each day, its legend and its totals', async () => {
    const { code, stdout, stderr } = await ask();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('daily  2026-11-17 to 2026-11-19 (UTC)');
    expect(lines).toContain(`  2026-11${' '.repeat(5 + 32)}c c c`);
    expect(lines).toContain('  c compliant');
    expect(lines).toContain('  3 days = 3 present + 0 missing + 0 unfinished + 0 damaged');
    expect(lines).toContain('  of these 0 INCOMPLETE, 0 non-compliant, 0 revised');
  });

  it('is read from a folder without a configuration, too', async () => {
    const { code, stdout } = await ask({
      config: 'nowhere.yaml',
      archive: join(project.directory, 'reports'),
    });
    expect({ code, first: stdout.split('\n')[0] }).toEqual({
      code: 0,
      first: 'daily  2026-11-17 to 2026-11-19 (UTC)',
    });
  });

  it('ends with the last day whose report is due', async () => {
    const before = JSON.parse((await due('2026-11-21T05:59:00Z')).stdout) as { readonly to: string };
    const after = await due('2026-11-21T06:00:00Z');
    expect(before.to).toBe('2026-11-19');
    expect(JSON.parse(after.stdout)).toMatchObject({ to: '2026-11-20', totals: { missing: 1 } });
    expect(after.code).toBe(3);
  });
});

describe('status of a terminal', () => {
  it.each([
    { case: 'a terminal', variables: {}, columns: 80, isColoured: true },
    { case: 'NO_COLOR', variables: { NO_COLOR: '1' }, columns: 80, isColoured: false },
    { case: 'an empty NO_COLOR', variables: { NO_COLOR: '' }, columns: 80, isColoured: true },
    { case: 'a terminal without colours', variables: { TERM: 'dumb' }, columns: 80, isColoured: false },
    { case: 'no terminal', variables: {}, columns: undefined, isColoured: false },
  ])('has colours by what it is: $case', async ({ variables, columns, isColoured }) => {
    const { stdout } = await ask({}, variables, columns);
    expect(stdout.includes('\u001b[32mc\u001b[0m')).toBe(isColoured);
    expect(stdout.includes('\u001b')).toBe(isColoured);
  });

  it('breaks months after whole weeks where it is narrow, and no line is wider', async () => {
    const { stdout } = await ask({ from: '2026-11-01' }, { NO_COLOR: '1' }, 44);
    expect(stdout).toContain('  2026-11-01  M M M M M M M M M M M M M M\n  2026-11-15  M M c c c\n');
    const calendar = stdout.split('\n').filter((line) => /^ {2}2026-|compliant {3}/.test(line));
    expect(Math.max(...calendar.map((line) => line.length))).toBeLessThanOrEqual(44);
  });
});

describe('status of an archive in which something is wrong', () => {
  const whatIsWrong: readonly {
    readonly case: string;
    readonly harm: () => Promise<unknown>;
    readonly code: number;
    readonly day: object;
    readonly letter: string;
    readonly step: string;
  }[] = [
    {
      case: 'a day that is gone',
      harm: () => rm(inDay(''), { recursive: true }),
      code: 3,
      day: { state: 'missing', revision: null, damage: [] },
      letter: 'M',
      step: 'make 2026-11-18: backup-report backfill --from 2026-11-18 --to 2026-11-18 --config ',
    },
    {
      case: 'only what a crash left',
      harm: async () => {
        await rename(inDay('r1/report.json'), inPlan('kept'));
        await rm(inDay('r1'), { recursive: true });
        await mkdir(inDay('r1'), { recursive: true });
        await rename(inPlan('kept'), inDay('r1/report.json'));
      },
      code: 3,
      day: { state: 'unfinished', revision: null, unfinished: [1], damage: [] },
      letter: 'X',
      step: 'make 2026-11-18: ',
    },
    {
      case: 'a report.json with other bytes',
      harm: () => appendFile(inDay('r1/report.json'), ' '),
      code: 6,
      day: { state: 'damaged', revision: 1, verdict: null, damage: [{ reason: 'other-bytes' }] },
      letter: 'D',
      step: 'restore 2026-11-18 from a copy of the archive',
    },
    {
      case: 'a manifest that is no JSON',
      harm: () => writeFile(inDay('r1/manifest.json'), '{'),
      code: 6,
      day: { state: 'damaged', revision: null, damage: [{ reason: 'not-json' }] },
      letter: 'D',
      step: 'restore 2026-11-18 from ',
    },
    {
      case: 'a file that is not there',
      harm: () => rm(inDay('r1/report.xlsx')),
      code: 6,
      day: { state: 'damaged', damage: [{ key: 'daily/2026/11/18/r1/report.xlsx', reason: 'not-there' }] },
      letter: 'D',
      step: 'restore 2026-11-18 from ',
    },
    {
      case: 'a link in the place of a file',
      harm: async () => {
        await rename(inDay('r1/report.html'), inPlan('moved.html'));
        await symlink(inPlan('moved.html'), inDay('r1/report.html'));
      },
      code: 6,
      day: { state: 'damaged', damage: [{ reason: 'link' }] },
      letter: 'D',
      step: 'restore 2026-11-18 from ',
    },
    {
      case: 'a link in the place of a day',
      harm: async () => {
        await rename(inDay(''), inPlan('moved'));
        await symlink(inPlan('moved'), inDay('').replace(/\/$/, ''));
      },
      code: 6,
      day: { state: 'damaged', revision: null, damage: [{ reason: 'link' }] },
      letter: 'D',
      step: 'restore 2026-11-18 from ',
    },
    {
      case: 'a report that was made before its day was over',
      harm: async () => {
        const path = inDay('r1/manifest.json');
        const early = (await readFile(path, 'utf8')).replace(
          /"generatedAt": ?"[^"]*"/,
          '"generatedAt":"2026-11-18T09:00:00.000Z"',
        );
        await writeFile(path, early);
      },
      code: 3,
      day: { state: 'missing', revision: 1, damage: [] },
      letter: 'M',
      step: 'make 2026-11-18: ',
    },
  ];

  it.each(whatIsWrong)('$case', async ({ harm, code, day, letter, step }) => {
    await harm();
    const found = await answer();
    expect(found.code).toBe(code);
    expect(found.days[1]).toMatchObject({ date: '2026-11-18', ...day });
    expect(found.days.map(({ state }) => state === 'present')).toEqual([true, false, true]);
    expect(found.steps[0]).toMatch(new RegExp(`^${step}`));
    const { stdout } = await ask();
    expect(stdout).toContain(`c ${letter} c`);
  });

  it('a day without a report may have no events any more: then the command for that is named, too', async () => {
    await rm(inDay(''), { recursive: true });
    const { steps } = await answer();
    expect(steps).toEqual([
      expect.stringMatching(/^make /),
      expect.stringMatching(/no event: .*--write-empty/),
    ]);
  });

  it('a damaged revision that was superseded', async () => {
    await project.write('events/b.ndjson', ndjson([databaseEvent('end', '2026-11-18T04:00:00Z')]));
    await runPlainly(project.directory, '2026-11-18');
    expect(await answer()).toMatchObject({
      code: 0,
      totals: { revised: 1, present: 3 },
      days: [{}, { revision: 2, committed: 2 }, {}],
    });
    expect((await ask()).stdout).toContain("c c'c");
    await writeFile(inDay('r1/manifest.json'), 'none');
    expect(await answer()).toMatchObject({
      code: 6,
      days: [{}, { state: 'damaged', damage: [{ key: 'daily/2026/11/18/r1/manifest.json' }] }, {}],
    });
  });

  it('an INCOMPLETE day, which is there', async () => {
    await project.write('events/b.ndjson', 'no JSON\n');
    await runPlainly(project.directory, '2026-11-19');
    const found = await answer();
    expect(found).toMatchObject({ code: 3, totals: { incomplete: 1, present: 3, missing: 0 } });
    expect(found.steps[0]).toMatch(/^2026-11-19: the page says why.* --revise$/);
    expect((await ask()).stdout).toContain("c c I'");
  });

  it('days without a signature, only where the plan has signatures or keys', async () => {
    expect((await answer()).days.map(({ signed }) => signed)).toEqual([null, null, null]);
    await writeFile(inDay('r1/manifest.json.sig'), 'signature');
    expect(await answer()).toMatchObject({ code: 0, totals: { unsigned: 2 } });
    expect((await ask()).stdout).toContain('c!c c!');
  });

  it('reports of days that are not over, which are counted as missing alone and need no command', async () => {
    await rm(inDay(''), { recursive: true });
    const manifest = inDay('r1/manifest.json', '2026-11-19');
    const early = (await readFile(manifest, 'utf8'))
      .replace(/"generatedAt": ?"[^"]*"/, '"generatedAt":"2026-11-17T09:00:00.000Z"')
      .replace('"status":"COMPLETE"', '"status":"INCOMPLETE"');
    await writeFile(manifest, early);
    const { code, stdout } = await due('2026-11-18T12:00:00Z');
    const { days, totals, steps } = JSON.parse(stdout) as Answer;
    expect(code).toBe(3);
    expect(days.map(({ date }) => date)).toEqual(['2026-11-17', '2026-11-19']);
    expect(totals).toMatchObject({ days: 2, present: 1, missing: 1, incomplete: 0, nonCompliant: 0 });
    expect(steps).toEqual([expect.stringMatching(/^2026-11-19: not over yet, .*makes the next revision$/)]);
    expect(steps[0]).not.toContain('backfill');
  });

  it('a report that was made too early is in no other sum, however bad it is', async () => {
    await project.write(
      'events/b.ndjson',
      ndjson([
        databaseEvent('end', '2026-11-18T04:00:00Z', {
          details: {
            lifecycleState: 'FAILED',
            databaseId: 'ocid1.database.oc1.iad.sales',
            dbUniqueName: 'SALES',
          },
        }),
      ]),
    );
    await runPlainly(project.directory, '2026-11-18');
    const before = (await answer()).totals;
    const path = inDay('r2/manifest.json');
    const early = (await readFile(path, 'utf8')).replace(
      /"generatedAt": ?"[^"]*"/,
      '"generatedAt":"2026-11-18T09:00:00.000Z"',
    );
    await writeFile(path, early);
    expect(before).toMatchObject({ nonCompliant: 1, revised: 1 });
    expect((await answer()).totals).toMatchObject({ present: 2, missing: 1, nonCompliant: 0, revised: 0 });
  });

  it('what does not belong there', async () => {
    await writeFile(inPlan('notes.txt'), 'mine');
    expect(await answer()).toMatchObject({ code: 0, foreign: ['daily/notes.txt'] });
    expect((await ask()).stdout).toContain('1 file is no part of the archive: daily/notes.txt');
  });
});

describe('status that is asked wrongly', () => {
  it.each([
    { case: 'no date', options: { from: '2026-11-31' }, words: '--from 2026-11-31: not a date' },
    {
      case: 'an end before its beginning',
      options: { from: '2026-11-19', to: '2026-11-18' },
      words: 'the range ends before it begins',
    },
    {
      case: 'another plan',
      options: { plan: 'other' },
      words: 'there is no report of other in the archive',
    },
    {
      case: 'a folder without plans',
      options: { archive: '/nowhere' },
      words: '--archive /nowhere: there is no plan in this folder',
    },
  ])('$case', async ({ options, words }) => {
    const { code, stdout, stderr } = await ask(options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  it('a folder with two plans', async () => {
    await mkdir(join(project.directory, 'reports/another'));
    const archive = join(project.directory, 'reports');
    expect((await ask({ archive })).stderr).toContain('it has the plans another, daily');
    expect((await ask({ archive, plan: 'daily' })).code).toBe(0);
  });
});
