import { execFileSync } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, dateAt } from '../../src/base/civil-dates.js';
import { backfill } from '../../src/cli/backfill.js';
import { openScheduledPlan } from '../../src/cli/open-scheduled-plan.js';
import { resend } from '../../src/cli/resend.js';
import { loadConfiguration } from '../../src/config/load.js';
import { archivedFindings } from '../../src/day/doctor/archived-days.js';
import { UnreadableFile } from '../../src/errors.js';
import type { Archive } from '../../src/ports/archive.js';
import { wirePlan } from '../../src/wiring/wire-plan.js';
import { asNobody } from '../support/as-nobody.js';
import { Project, ndjson } from '../support/cli.js';
import { quiet } from '../support/judge-day.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';
import { themeHere } from '../support/theme-here.js';

const date = addDays(dateAt(Date.now(), 'UTC'), -1);
const events = ndjson([databaseEvent('end', `${date}T02:00:00Z`, { id: 'a' })]);

let whole: Project;
let project: Project;

beforeAll(async () => {
  whole = await Project.create({ 'events/a.ndjson': events });
  await runPlainly(whole.directory, date);
});

afterAll(() => whole.remove());

beforeEach(async () => {
  project = await Project.create({});
  await cp(whole.directory, project.directory, { recursive: true });
});

/** As somebody to whom something can be refused. */
async function harmed<T>(harm: Harm, path: string, work: () => Promise<T>): Promise<T> {
  await harm(path);
  if (process.getuid?.() === 0) execFileSync('chown', ['-hR', '65534', project.directory]);
  return asNobody(work);
}

afterEach(() => project.remove());

const fileOf = (name: string): string =>
  join(project.directory, 'reports/daily', date.replaceAll('-', '/'), 'r1', name);
const record = (): string => fileOf('delivery-1.json');
const claim = (): string => fileOf('delivery-1.claim.json');
const config = (): string => join(project.directory, 'backup-report.yaml');
const mails = async (): Promise<number> => (await project.list('outbox')).length;

async function doctor(read: (archive: Archive) => Archive = (archive) => archive) {
  const { ports } = await wirePlan(await loadConfiguration(config()), quiet, themeHere);
  const asked = { plan: 'daily', linesFile: 'jobs.ndjson.gz', diagnose: async () => [] };
  return archivedFindings(read(ports.archive), asked, { timezone: 'UTC', nowMs: Date.now() });
}

const runBackfill = (mail: boolean) =>
  captured((output) =>
    backfill({ config: config(), from: date, to: date, mail, ahead: 0, logLevel: 'silent' }, output),
  );

type Harm = (path: string) => Promise<unknown>;

const newerFormat: Harm = async (path) =>
  writeFile(path, (await readFile(path, 'utf8')).replace('"schemaVersion": 1', '"schemaVersion": 9'));
const replacedByFolder: Harm = async (path) => {
  await rm(path);
  await mkdir(path);
};
const replacedByLink: Harm = async (path) => {
  await rename(path, join(project.directory, 'moved'));
  await symlink(join(project.directory, 'moved'), path);
};
const withoutRight: Harm = (path) => chmod(path, 0);

const harms: Readonly<Record<string, readonly [Harm, string]>> = {
  'that is cut off': [
    async (path) => writeFile(path, (await readFile(path)).subarray(0, 40)),
    'it is not JSON',
  ],
  'that is empty': [(path) => writeFile(path, ''), 'it is not JSON'],
  'with the bytes of something else': [
    (path) => writeFile(path, Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))),
    'it is not JSON',
  ],
  'of another document': [(path) => writeFile(path, '[1]'), 'this version cannot read what it says'],
  'of a newer version': [newerFormat, 'this version cannot read what it says'],
  'that is a folder': [replacedByFolder, 'it is a folder'],
  'that is a link': [replacedByLink, 'it is a symbolic link, and links within an archive are not followed'],
  'that this user may not read': [withoutRight, 'permission denied'],
};

describe.each(Object.entries(harms))('a record of the delivery ledger %s', (_how, [harm, words]) => {
  it('fails doctor, which says what follows; once the message is out again, it is a warning', async () => {
    await harmed(harm, record(), async () => {
      expect(await doctor()).toEqual([
        {
          check: 'deliveries',
          state: 'failed',
          words: `${record()}: ${words}`,
          advice: `Restore it from a copy of the archive. Otherwise its message counts as unsent: run --date ${date} sends it again.`,
        },
      ]);
      expect((await runPlainly(project.directory, date)).code).toBe(0);
      expect(await doctor()).toEqual([
        expect.objectContaining({
          state: 'warning',
          words: `${record()}: ${words}; other files say that the message went out`,
        }),
      ]);
    });
  });
});

/** Whatever is wrong with it, to those who deliver it is missing. */
const some = Object.entries(harms).filter(([how]) => /cut off|folder|may not read/.test(how));

describe.each(some)('a record of the delivery ledger %s', (_how, [harm, words]) => {
  it('has run send the message once more, and leaves the record as it is', async () => {
    await harmed(harm, record(), async () => {
      expect((await runPlainly(project.directory, date)).code).toBe(0);
      expect(await mails()).toBe(2);
      expect((await runPlainly(project.directory, date)).code).toBe(0);
      expect(await mails()).toBe(2);
    });
  });

  it('has backfill say that it is not known to be delivered, and why: exit 4; --mail delivers it: exit 0', async () => {
    await harmed(harm, record(), async () => {
      const { code, stdout } = await runBackfill(false);
      expect([code, await mails()]).toEqual([4, 1]);
      expect(stdout).toContain(`not delivered yet as far as can be read (${record()}: ${words})`);
      expect((await runBackfill(true)).code).toBe(0);
      expect(await mails()).toBe(2);
      expect((await runBackfill(false)).code).toBe(0);
    });
  });

  it('has the schedule deliver it once more', async () => {
    await harmed(harm, record(), async () => {
      const { plan } = await openScheduledPlan(config(), quiet);
      expect(await plan.stateOf(date)).toBe('undelivered');
      const { exitCode } = await plan.deliver(date, new AbortController().signal);
      expect([exitCode, await plan.stateOf(date), await mails()]).toEqual([0, 'done', 2]);
    });
  });

  it('keeps nobody from resend', async () => {
    await harmed(harm, record(), async () => {
      const sent = await captured((output) => resend({ config: config(), date, logLevel: 'silent' }, output));
      expect([sent.code, await mails()]).toEqual([0, 2]);
    });
  });
});

async function nothingIsSent(): Promise<void> {
  expect((await runPlainly(project.directory, date)).code).toBe(0);
  expect((await runBackfill(true)).code).toBe(0);
  expect(await (await openScheduledPlan(config(), quiet)).plan.stateOf(date)).toBe('done');
  expect(await mails()).toBe(1);
}

describe.each(some)('a claim %s whose record is whole', (_how, [harm, words]) => {
  it('sends nothing again, and is a warning of doctor', async () => {
    await harmed(harm, claim(), async () => {
      await nothingIsSent();
      const found = `${claim()}: ${words}; other files say that the message went out`;
      expect(await doctor()).toEqual([expect.objectContaining({ state: 'warning', words: found })]);
    });
  });
});

describe('what the device cannot read', () => {
  it('is named by doctor', async () => {
    const worn = (archive: Archive): Archive => ({
      ...archive,
      read: async (key) => {
        if (archive.locate(key) === record()) throw new UnreadableFile(record(), 'device');
        return archive.read(key);
      },
    });
    const words = `${record()}: the device reported an input/output error`;
    expect(await doctor(worn)).toEqual([expect.objectContaining({ state: 'failed', words })]);
  });
});

describe('two records of one delivery', () => {
  it.each(['delivery-2.json', 'delivery-7.json'])(
    'send nothing again, and are no fault: %s',
    async (name) => {
      await copyFile(record(), fileOf(name));
      await nothingIsSent();
      expect(await doctor()).toEqual([]);
    },
  );
});

describe('a number that something else has taken', () => {
  it('is passed over: the next attempt has the one after it', async () => {
    await mkdir(fileOf('delivery-2.claim.json'));
    const sent = await captured((output) => resend({ config: config(), date, logLevel: 'silent' }, output));
    expect(sent.code).toBe(0);
    expect(JSON.parse(await readFile(fileOf('delivery-3.json'), 'utf8'))).toMatchObject({ attempt: 3 });
  });
});
