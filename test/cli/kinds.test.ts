import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { index } from '../../src/cli/archive-index.js';
import { attestRestoreTest } from '../../src/cli/attest-restore-test.js';
import { exportDocument } from '../../src/cli/export-document.js';
import { exportDays } from '../../src/cli/export.js';
import { status } from '../../src/cli/status.js';
import { loadConfiguration } from '../../src/config/load.js';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import { redeliver } from '../../src/day/delivery/redeliver.js';
import { rebuildRevisions } from '../../src/rebuild/rebuild-revisions.js';
import { allChecks } from '../../src/verify/all-checks.js';
import { type Verification, verifyArchive } from '../../src/verify/verify-archive.js';
import { type KindRegistry, shippedKinds } from '../../src/wiring/report-kinds.js';
import { wireDoctor } from '../../src/wiring/wire-doctor.js';
import { wireExplanation } from '../../src/wiring/wire-explain.js';
import { wirePeriods } from '../../src/wiring/wire-periods.js';
import { type WiredPlan, wirePlan } from '../../src/wiring/wire-plan.js';
import { wireReplay, wireSurroundings } from '../../src/wiring/wire-replay.js';
import { verifyReadersOf, wireFolderArchive } from '../../src/wiring/wire-verify.js';
import type { CliResult } from '../support/cli.js';
import { quiet } from '../support/judge-day.js';
import { dayOf } from '../support/judge.js';
import { twoKinds, twoKindsOfPlans } from '../support/line-count-wirable.js';
import { captured } from '../support/run-here.js';
import { themeHere } from '../support/theme-here.js';

/* Two plans of two kinds of report, in one archive. */

const dates = ['2026-11-18', '2026-11-19'];
const [first = '', last = ''] = dates;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinds-'));
  await mkdir(join(folder, 'events'));
  const lines = dates.map((date) => JSON.stringify({ text: `a line of ${date}`, time: `${date}T08:00:00Z` }));
  await writeFile(join(folder, 'events', 'lines.ndjson'), `${lines.join('\n')}\n`);
  await writePlan(
    'lines',
    'report: line-count',
    'mail: { type: outbox, directory: ./outbox, from: a@example.com, to: [b@example.com] }',
  );
  await writePlan('backups', '');
});

afterEach(async () => rm(folder, { recursive: true, force: true }));

async function writePlan(name: string, ...more: readonly string[]): Promise<void> {
  const common = [
    `plan: ${name}`,
    'timezone: UTC',
    'sources: [{ type: local-files, paths: [./events] }]',
    'archive: { type: file-system, directory: ./reports }',
  ];
  await writeFile(join(folder, `${name}.yaml`), [...common, ...more].join('\n'));
}

const archiveFolder = (): string => join(folder, 'reports');

async function wired(name: string): Promise<WiredPlan> {
  const loaded = await loadConfiguration(join(folder, `${name}.yaml`), { kinds: twoKindsOfPlans });
  return wirePlan(loaded, quiet, themeHere, twoKinds);
}

async function make(name: string, days = dates): Promise<void> {
  const { plan, ports } = await wired(name);
  for (const date of days) {
    const day = dayOf(date);
    const renderers = name === 'lines' ? ports.renderers : [];
    await makeDailyReport(plan, { day, generatedAtMs: day.cutOffMs + 1 }, { ...ports, renderers });
  }
}

const places = { config: 'none.yaml', logLevel: 'silent' };

function statusOf(plan: string, kinds?: KindRegistry): Promise<CliResult> {
  const options = { ...places, archive: archiveFolder(), plan, from: first, to: last, json: true };
  return captured((output) => status(options, output, {}, kinds));
}

function verified(kinds: KindRegistry): Promise<Verification> {
  const range = { from: null, to: null };
  return verifyArchive(
    wireFolderArchive(archiveFolder()),
    { plan: null, range, checks: allChecks, readers: verifyReadersOf(kinds) },
    { nowMs: Date.parse('2100-01-01'), backfillCommand: (from, to) => `backfill ${from} ${to}` },
  );
}

describe('a plan of another kind than backups', () => {
  it('is run, delivered again, shown, verified, and made again from the archive', async () => {
    await make('lines');
    const shown = JSON.parse((await statusOf('lines', twoKinds)).stdout) as {
      readonly days: readonly { readonly verdict: string; readonly counts: unknown }[];
    };
    expect(shown.days.map(({ verdict, counts }) => [verdict, counts])).toEqual([
      ['1 LINES', null],
      ['1 LINES', null],
    ]);
    const { plan, ports } = await wired('lines');
    expect((await redeliver(plan, last, ports)).delivery?.kind).toBe('already-delivered');

    expect((await verified(twoKinds)).findings).toEqual([]);
    const outcomes: unknown[] = [];
    const replayed = { openReplay: wireReplay(themeHere, twoKinds), surroundings: await wireSurroundings() };
    for await (const { outcome, reason } of rebuildRevisions(ports.archive, 'lines', dates, {
      ...replayed,
      log: quiet,
    })) {
      outcomes.push([outcome, reason]);
    }
    expect(outcomes).toEqual([
      ['same-bytes', null],
      ['same-bytes', null],
    ]);
  });

  it('is indexed and packed', async () => {
    await make('lines');
    const place = { ...places, archive: archiveFolder(), plan: 'lines', from: first, to: last };
    const out = join(folder, 'public');
    expect((await captured((output) => index({ ...place, out }, output, twoKinds))).code).toBe(0);
    expect(await readFile(join(out, 'index.html'), 'utf8')).toContain('1 LINES');

    const file = join(folder, 'lines.zip');
    expect(await captured((output) => exportDays({ ...place, out: file }, output, twoKinds))).toMatchObject({
      code: 0,
    });
    const sampled = { ...place, out: join(folder, 'sampled.zip'), sample: 5, seed: '7' };
    const refused = await captured((output) => exportDays(sampled, output, twoKinds));
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('nothing is drawn from reports of the kind line-count'),
    ]);
  });

  it('shares an archive with a plan of backups', async () => {
    await make('lines');
    await make('backups', [last]);
    const { findings, plans } = await verified(twoKinds);
    expect([findings, plans]).toEqual([[], expect.anything()]);
    expect((await statusOf('backups', twoKinds)).stdout).toContain('"expected":0');
  });

  it('is told by a version that does not know it: shown without a verdict, verified in part, not made again', async () => {
    await make('lines');
    const { code, stdout } = await statusOf('lines');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { days: [{ verdict: null }, { verdict: null }] }]);
    const { findings, notes } = await verified(shippedKinds);
    expect(findings).toEqual([]);
    expect(notes.map(({ kind }) => kind)).toContain('unread-kind');
    const again = rebuildRevisions((await wired('lines')).ports.archive, 'lines', [last], {
      openReplay: wireReplay(themeHere),
      surroundings: await wireSurroundings(),
      log: quiet,
    });
    for await (const { outcome, reason } of again) {
      const words = 'this version does not know reports of the kind line-count';
      expect([outcome, reason]).toEqual(['cannot-rebuild', words]);
    }
  });

  it('has no restore tests, no OSCAL documents and no periods, and says so', async () => {
    await make('lines');
    const out = join(folder, 'results.json');
    const place = { ...places, archive: archiveFolder(), plan: 'lines', from: first, to: last, out };
    const exported = await captured((output) => exportDocument({ ...place, format: 'oscal' }, output));
    expect([exported.code, exported.stderr]).toEqual([
      2,
      expect.stringContaining('--format: reports of the kind line-count judge no controls'),
    ]);
    await expect(readFile(out)).rejects.toThrow('ENOENT');

    const attested = {
      result: 'passed',
      ticket: 'CHG-1',
      by: 'me',
      resource: 'x',
      logLevel: 'silent',
    } as const;
    const config = join(folder, 'lines.yaml');
    const answer = await captured((output) =>
      attestRestoreTest({ ...attested, config }, output, () => wired('lines')),
    );
    expect([answer.code, answer.stderr]).toEqual([
      2,
      expect.stringContaining('lines: reports of the kind line-count count no restore tests'),
    ]);

    const loaded = await loadConfiguration(config, { kinds: twoKindsOfPlans });
    await expect(wirePeriods(loaded, await wired('lines'), twoKinds)).rejects.toThrow(
      'lines: reports of the kind line-count have no periods',
    );
  });

  it('is diagnosed without an inventory', async () => {
    const loaded = await loadConfiguration(join(folder, 'lines.yaml'), { kinds: twoKindsOfPlans });
    const { openInventory, archivedDays } = await wireDoctor(loaded, quiet, themeHere, twoKinds);
    expect([openInventory, archivedDays?.linesFile]).toEqual([undefined, 'lines.ndjson.gz']);
  });

  it('explains records of files in its own words', async () => {
    const explanation = await wireExplanation(0, 'line-count', twoKinds);
    expect(explanation.take({ text: 'one', time: '2026-11-19T08:00:00Z' }, 1)).toMatchObject([
      { became: 'a line' },
    ]);
    await expect(wireExplanation(0, 'line-counts', twoKinds)).rejects.toThrow(
      'report: this version does not know reports of the kind line-counts',
    );
  });
});

describe('a plan whose key report was changed', () => {
  const refusal =
    'backups: the archive has its report of 2026-11-18 as report: backup-compliance, and the configuration says report: line-count';

  it.each([
    ['on the next day', '2026-11-19'],
    ['on the same day', '2026-11-18'],
  ])('is refused %s, and nothing is archived', async (_when, date) => {
    await make('backups', [first]);
    await writePlan('backups', 'report: line-count');
    await expect(make('backups', [date])).rejects.toThrow(refusal);
    await expect(readFile(join(archiveFolder(), 'backups/2026/11/19/r1/report.json'))).rejects.toThrow(
      'ENOENT',
    );
    await expect(readFile(join(archiveFolder(), 'backups/2026/11/18/r2/report.json'))).rejects.toThrow(
      'ENOENT',
    );
  });

  it('is refused the other way, too', async () => {
    await make('lines', [first]);
    await writePlan('lines', 'report: backup-compliance');
    await expect(make('lines', [last])).rejects.toThrow(
      'lines: the archive has its report of 2026-11-18 as report: line-count, and the configuration says report: backup-compliance',
    );
  });
});
