import { readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runBackfill } from '../../src/backfill/run-backfill.js';
import { addDays, dateAt } from '../../src/base/civil-dates.js';
import { exitCodeOfDay } from '../../src/cli/backfill-summary.js';
import { explainResourceOfDay } from '../../src/cli/explain-resource.js';
import { openScheduledPlan } from '../../src/cli/open-scheduled-plan.js';
import { dayFor } from '../../src/model/named-day.js';
import { resend } from '../../src/cli/resend.js';
import { loadConfiguration } from '../../src/config/load.js';
import { archivedFindings } from '../../src/day/doctor/archived-days.js';
import { readArchivedDay } from '../../src/preview/archived-day.js';
import { type WiredPlan, wirePlan } from '../../src/wiring/wire-plan.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { contentsOf } from '../support/damage.js';
import { quiet } from '../support/judge-day.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, oneLine, oneLineMail, runPlainly } from '../support/run-here.js';
import { themeHere } from '../support/theme-here.js';
import { sliceOf } from '../support/share-of.js';

const today = dateAt(Date.now(), 'UTC');
const [older, before, day] = [3, 2, 1].map((ago) => addDays(today, -ago)) as [string, string, string];
const records = [older, before, day].map((date) =>
  databaseEvent('end', `${date}T02:00:00Z`, {
    id: date,
    details: { databaseId: 'ocid1.database.oc1.iad.sales', dbUniqueName: 'SALES' },
  }),
);
const configuration = `${defaultConfiguration}recipients:
  - { name: team, match: {}, to: [team@example.com] }
`;

let whole: Project;
let project: Project;

beforeAll(async () => {
  whole = await Project.create({ 'events/a.ndjson': ndjson(records) }, configuration);
  for (const date of [older, before, day]) await runPlainly(whole.directory, date);
});

afterAll(() => whole.remove());

beforeEach(async () => {
  project = await Project.create({});
  copyFolder(whole.directory, project.directory);
});

afterEach(() => project.remove());

const folderOf = (date: string, revision = 1): string =>
  join(project.directory, 'reports/daily', date.replaceAll('-', '/'), `r${revision}`);

const config = (): string => join(project.directory, 'backup-report.yaml');

/** With one line in place of page, workbook and mail. */
const wire: typeof wirePlan = async (loaded, log) => {
  const made = await wirePlan(loaded, log, themeHere);
  const renderers = made.ports.renderers.map(oneLine);
  return { ...made, ports: { ...made.ports, renderers, mailRenderer: oneLineMail } };
};

const wired = async (): Promise<WiredPlan> => wire(await loadConfiguration(config()), quiet);

type Harm = (path: string) => Promise<unknown>;

const edited =
  (edit: (bytes: Buffer) => Uint8Array | string): Harm =>
  async (path) =>
    writeFile(path, edit(await readFile(path)));
const cutTo = (length: number): Harm => edited((bytes) => bytes.subarray(0, length));
const replacedBy = (text: string): Harm => edited(() => text);
const linked: Harm = async (path) => {
  const real = join(project.directory, 'moved');
  await rename(path, real);
  await symlink(real, path);
};

const replacedByFile: Harm = async (path) => {
  await rm(path, { recursive: true });
  await writeFile(path, '');
};

/** Files of the newest day, each damaged in one way; '' is the folder of the revision, .. that of the day. */
const damages = {
  'a manifest that is cut off': ['manifest.json', cutTo(99)],
  'an altered manifest': [
    'manifest.json',
    edited((bytes) => `${bytes}`.replace('"revision": 1', '"revision": 7')),
  ],
  'a manifest made at no time': [
    'manifest.json',
    edited((bytes) => `${bytes}`.replace(/"generatedAt": "[^"]+"/, '"generatedAt": "soon"')),
  ],
  'a manifest of a day without an end': [
    'manifest.json',
    edited((bytes) => `${bytes}`.replace(/"cutOff": "[^"]+"/, '"cutOff": ""')),
  ],
  'a manifest that is a link': ['manifest.json', linked],
  'a manifest of a newer version': [
    'manifest.json',
    edited((bytes) => `${bytes}`.replace('"schemaVersion": 2', '"schemaVersion": 3')),
  ],
  'an altered report': ['report.json', replacedBy('{}')],
  'no report': ['report.json', rm],
  'a report that is a link': ['report.json', linked],
  'an altered page': ['report.html', replacedBy('<p>')],
  'no page': ['report.html', rm],
  'a page that is a link': ['report.html', linked],
  'an altered workbook': ['report.xlsx', replacedBy('x')],
  'no workbook': ['report.xlsx', rm],
  'an altered slice': ['slice-team.xlsx', replacedBy('x')],
  'no slice': ['slice-team.xlsx', rm],
  'jobs that are cut off': ['jobs.ndjson.gz', cutTo(30)],
  'no jobs': ['jobs.ndjson.gz', rm],
  'events that are cut off': ['events.ndjson.gz', cutTo(30)],
  'no events': ['events.ndjson.gz', rm],
  'events that are a link': ['events.ndjson.gz', linked],
  'a revision that is a link': ['', linked],
  'a revision that is a file': ['', replacedByFile],
  'a day that is a link': ['..', linked],
  'a day that is a file': ['..', replacedByFile],
} as const satisfies Readonly<Record<string, readonly [string, Harm]>>;

type DamageName = keyof typeof damages;

async function damage(name: DamageName, date = day): Promise<string> {
  const [file, harm] = damages[name];
  const path = join(folderOf(date), file);
  await harm(path);
  return path;
}

/** In a folder that is a link or a file nothing is written. */
const isOfDay = (name: DamageName): boolean => name.startsWith('a day that is ');
const isNewer = (name: DamageName): boolean => name === 'a manifest of a newer version';

/** Commands that show or send what is archived, and the damage that none of them passes over. */
const showing = {
  resend: () => captured((output) => resend({ config: config(), date: day, logLevel: 'silent' }, output)),
  explain: () =>
    captured((output) =>
      explainResourceOfDay({ config: config(), date: day, resource: 'SALES', logLevel: 'silent' }, output),
    ),
  preview: () =>
    captured(async () => {
      const { plan, ports } = await wired();
      await readArchivedDay(ports.archive, plan, null);
      return 0;
    }),
} as const;

const manifestAndReport: readonly DamageName[] = [
  'a manifest that is cut off',
  'an altered manifest',
  'a manifest that is a link',
  'a manifest of a newer version',
  'an altered report',
  'no report',
  'a report that is a link',
];

const folders: readonly DamageName[] = [
  'a revision that is a link',
  'a revision that is a file',
  'a day that is a link',
];

describe.each<readonly [keyof typeof showing, readonly DamageName[]]>([
  [
    'resend',
    [
      ...manifestAndReport,
      ...folders,
      'an altered workbook',
      'no workbook',
      'an altered slice',
      'no slice',
      'jobs that are cut off',
      'no jobs',
    ],
  ],
  [
    'explain',
    [
      ...manifestAndReport,
      ...folders,
      'jobs that are cut off',
      'no jobs',
      'events that are cut off',
      'no events',
      'events that are a link',
    ],
  ],
  ['preview', [...manifestAndReport, 'jobs that are cut off', 'no jobs']],
])('%s', (command, stops) => {
  it.each(sliceOf(stops))('names %s, says what to do, and changes nothing: exit 4', async (name) => {
    const path = await damage(name);
    const then = await contentsOf(project.directory);
    const { code, stderr } = await showing[command]();
    expect(code).toBe(4);
    expect(stderr).toContain(`cannot show or send ${path}: `);
    expect(stderr).toContain(
      isNewer(name) ? 'Update this program, or run the version' : 'Restore it from a copy of the archive',
    );
    expect(await contentsOf(project.directory)).toEqual(then);
  });

  it('does its work where all is whole', async () => {
    expect((await showing[command]()).code).toBe(0);
  });
});

const diagnose = async () => {
  const { ports } = await wired();
  const asked = { plan: 'daily', linesFile: 'jobs.ndjson.gz', diagnose: async () => [] };
  return archivedFindings(ports.archive, asked, { timezone: 'UTC', nowMs: Date.now() });
};

/** Without a manifest that can be used, a day has no report. */
const damagedManifests = [
  'a manifest that is cut off',
  'an altered manifest',
  'a manifest made at no time',
  'a manifest that is a link',
  'a revision that is a link',
  'a revision that is a file',
] as const satisfies readonly DamageName[];

describe('a day after one that is damaged', () => {
  it.each(sliceOf([...damagedManifests, 'a day that is a link', 'a day that is a file'] as const))(
    '%s: is made, INCOMPLETE, and names what is damaged',
    async (name) => {
      await rm(join(folderOf(day), '..'), { recursive: true });
      const path = await damage(name, before);
      const { code, stdout } = await runPlainly(project.directory, day);
      expect([code, stdout]).toEqual([3, expect.stringContaining(`(${path}) cannot be gone on from: `)]);
    },
  );
});

describe('doctor', () => {
  it.each(sliceOf(Object.keys(damages) as DamageName[]))('names %s of the last week', async (name) => {
    const path = await damage(name, before);
    expect(await diagnose()).toEqual([
      {
        check: 'archived reports',
        state: 'failed',
        words: expect.stringContaining(`${path}: `),
        advice: expect.stringContaining(isNewer(name) ? 'Update this program' : `run --date ${before}`),
      },
    ]);
  });

  it('has nothing to say where all is whole', async () => {
    expect(await diagnose()).toEqual([]);
  });
});

describe('run', () => {
  it.each(sliceOf((Object.keys(damages) as DamageName[]).filter((name) => !isNewer(name) && !isOfDay(name))))(
    'makes the day with %s again, names it, and mails it: exit 3, and ever after',
    async (name) => {
      const path = await damage(name);
      const mails = (await project.list('outbox')).length;
      const { code, stdout } = await runPlainly(project.directory, day);
      expect(code).toBe(3);
      expect(stdout).toContain(path.endsWith('events.ndjson.gz') ? 'events.ndjson.gz' : path);
      expect(await readdir(join(folderOf(day), '..'))).toEqual(['r1', 'r2']);
      expect((await project.list('outbox')).length).toBeGreaterThan(mails);
      expect((await runPlainly(project.directory, day)).code).toBe(3);
      expect(await readdir(join(folderOf(day), '..'))).toEqual(['r1', 'r2']);
    },
  );

  it('writes nothing through a day that is a link, and names it: exit 4', async () => {
    const path = await damage('a day that is a link');
    const then = await contentsOf(project.directory);
    const { code, stderr } = await runPlainly(project.directory, day);
    expect([code, stderr]).toEqual([4, expect.stringContaining('it is a symbolic link')]);
    expect(stderr).toContain(path);
    expect(await contentsOf(project.directory)).toEqual(then);
  });

  it('leaves a day of a newer version alone: exit 4', async () => {
    const path = await damage('a manifest of a newer version');
    const { code, stderr } = await runPlainly(project.directory, day);
    expect([code, stderr]).toEqual([
      4,
      expect.stringContaining(
        `${path}: a newer version of this program wrote it (format 3); nothing was written`,
      ),
    ]);
  });

  it('sends a message again whose record cannot be read: twice is better than never', async () => {
    const names = (await readdir(folderOf(day))).filter((name) => /^delivery-\d+\.json$/.test(name));
    for (const name of names) await writeFile(join(folderOf(day), name), '{"schema');
    const mails = (await project.list('outbox')).length;
    expect((await runPlainly(project.directory, day)).code).toBe(0);
    expect((await project.list('outbox')).length).toBeGreaterThan(mails);
    for (const name of names) expect(await readFile(join(folderOf(day), name), 'utf8')).toBe('{"schema');
  });
});

async function backfilled(): Promise<readonly (readonly [string, string, number])[]> {
  const { plan, ports } = await wired();
  const request = {
    ...({ from: older, to: day, timezone: 'UTC', mode: 'missing', notify: false } as const),
    shard: { index: 1, of: 1 },
    ahead: 0,
    writesEmpty: false,
    generatedAtMs: () => Date.now(),
  };
  const days: (readonly [string, string, number])[] = [];
  for await (const each of runBackfill(plan, request, ports)) {
    days.push([each.date, each.kind, exitCodeOfDay(each)]);
  }
  return days;
}

describe('backfill', () => {
  it.each(damagedManifests)('makes a day with %s again; the days after it stay', async (name) => {
    await damage(name, before);
    expect(await backfilled()).toEqual([
      [older, 'there', 0],
      [day, 'there', 0],
      [before, 'made', 3],
    ]);
  });

  it('leaves a day of a newer version alone and says so; the days after it go on', async () => {
    await damage('a manifest of a newer version', before);
    await rm(join(folderOf(day), '..'), { recursive: true });
    expect(await backfilled()).toEqual([
      [older, 'there', 0],
      [before, 'newer', 4],
      [day, 'made', 3],
    ]);
  });
});

const open = async () => (await openScheduledPlan(config(), quiet, wire)).plan;

describe('schedule', () => {
  it.each(damagedManifests)('counts a day with %s as missing, so that it is made again', async (name) => {
    const plan = await open();
    expect(await plan.stateOf(day)).toBe('done');
    await damage(name);
    expect(await plan.stateOf(day)).toBe('missing');
    const made = await plan.makeDay(dayFor(day, 'UTC'), new AbortController().signal);
    expect([made.exitCode, made.isComplete]).toEqual([3, false]);
  });

  it('fails a day of a newer version; the others go on', async () => {
    await damage('a manifest of a newer version');
    const plan = await open();
    await expect(plan.stateOf(day)).rejects.toMatchObject({ kind: 'storage' });
    expect(await plan.stateOf(before)).toBe('done');
  });

  it('makes a report that was not sent and cannot be sent as it is again, and sends that', async () => {
    for (const name of await readdir(folderOf(day))) {
      if (name.startsWith('delivery-')) await rm(join(folderOf(day), name));
    }
    await damage('an altered workbook');
    const plan = await open();
    expect(await plan.stateOf(day)).toBe('undelivered');
    const { exitCode, deliveries } = await plan.deliver(day, new AbortController().signal);
    expect([exitCode, new Set(deliveries)]).toEqual([3, new Set(['delivered'])]);
    expect(await plan.stateOf(day)).toBe('done');
  });
});

describe.each<readonly [string, Harm]>([
  ['is altered', replacedBy('{"schema')],
  ['is a link', linked],
])('a record of the delivery ledger that %s', (_how, harm) => {
  beforeEach(() => harm(join(folderOf(day), 'delivery-1.json')));

  it('counts as none: the schedule sends the message again', async () => {
    const plan = await open();
    expect(await plan.stateOf(day)).toBe('undelivered');
    const { exitCode, deliveries } = await plan.deliver(day, new AbortController().signal);
    expect([exitCode, deliveries.includes('delivered')]).toEqual([0, true]);
    expect(await plan.stateOf(day)).toBe('done');
  });

  it('keeps backfill from saying that all is delivered', async () => {
    expect(await backfilled()).toEqual([
      [older, 'there', 0],
      [before, 'there', 0],
      [day, 'there', 4],
    ]);
  });

  it.each(['resend', 'explain', 'preview'] as const)('keeps nobody from %s', async (command) => {
    expect((await showing[command]()).code).toBe(0);
  });
});
