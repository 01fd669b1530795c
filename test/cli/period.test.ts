import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { openScheduledPeriods } from '../../src/cli/open-scheduled-periods.js';
import { type PeriodOptions, period } from '../../src/cli/period.js';
import { loadConfiguration } from '../../src/config/load.js';
import { settledPeriods } from '../../src/periods/due-periods.js';
import { wirePlan } from '../../src/wiring/wire-plan.js';
import type { CliResult } from '../support/cli.js';
import { quiet } from '../support/judge-day.js';
import { type DayTable, archiveTable } from '../support/period-days.js';
import { captured } from '../support/run-here.js';
import { firstPem } from '../support/signing.js';

const days = { from: '2026-11-01', to: '2026-11-03' };

describe('backup-report period', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'period-'));
    await writeFile(
      join(folder, 'backup-report.yaml'),
      [
        'plan: daily-backup',
        'timezone: UTC',
        'sources: [{ type: local-files, paths: [./events] }]',
        'archive: { type: file-system, directory: ./reports }',
        'periodTarget: 80',
        'policies: [{ name: production-databases, periodTarget: 100 }]',
        'periods: [month, quarter]',
      ].join('\n'),
    );
  });

  afterEach(async () => rm(folder, { recursive: true, force: true }));

  function call(options: Partial<PeriodOptions>): Promise<CliResult> {
    const config = join(folder, 'backup-report.yaml');
    return captured((output) => period({ config, logLevel: 'silent', ...options }, output));
  }

  async function archive(table: Pick<DayTable, 'states' | 'resources'>): Promise<void> {
    await archiveTable({ from: '2026-11-01', ...table }, createFileSystemArchive(join(folder, 'reports')));
  }

  it('says what was counted, for a person', async () => {
    await archive({ states: 'CCC', resources: { a: '+F+', b: '+++' } });

    const { code, stdout } = await call(days);

    expect(code).toBe(0);
    expect(stdout).toContain('COMPLETE  daily-backup  2026-11-01_2026-11-03 (UTC, 3 days)');
    expect(stdout).toContain('attainment 5 of 6 (83.33%), target 80% reached');
    expect(stdout).toContain('expected   6 = 5 met + 1 failed + 0 missed + 0 unknown; 0 of them waived');
    expect(stdout).toContain('revision   1 (archived)');
    expect((await call(days)).stdout).toContain('revision   1 (unchanged, nothing was written)');
  });

  it('says it for a program, and exits with 3 where a day is missing or INCOMPLETE', async () => {
    await archive({ states: 'C-I', resources: { a: '+ +' } });

    const { code, stdout } = await call({ ...days, json: true });

    expect(code).toBe(3);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      plan: 'daily-backup',
      status: 'INCOMPLETE',
      totals: { expected: 3, met: 1, unknown: 2 },
      policies: [{ policy: 'production-databases', target: 100, targetState: 'missed' }],
      days: [{ state: 'COMPLETE' }, { state: 'MISSING' }, { state: 'INCOMPLETE' }],
      revision: 1,
      kind: 'committed',
      delivery: null,
    });
    const written = await readdir(join(folder, 'reports/daily-backup/periods/2026-11-01_2026-11-03/r1'));
    expect(written).toEqual(expect.arrayContaining(['manifest.json', 'report.json']));
  });

  it('exits with 4 where its key cannot be reached, until a later run signs it', async () => {
    await archive({ states: 'CCC', resources: { a: '+F+' } });
    await signs();

    const first = await call({ ...days, json: true });
    expect(first.code).toBe(4);
    expect(JSON.parse(first.stdout)).toMatchObject({ kind: 'committed', signature: { kind: 'unsigned' } });
    expect(first.stderr).toContain('not signed: signing.key cannot read ./signing-key.pem');

    await writeFile(join(folder, 'signing-key.pem'), firstPem);
    expect(await call(days)).toMatchObject({ code: 0, stderr: '' });
  });

  it('and so does the schedule, which says what is owed', async () => {
    const nowMs = Date.now();
    const [month] = settledPeriods(['month'], { timezone: 'UTC', settleDelayMs: 6 * 3_600_000 }, nowMs);
    const from = month?.from ?? '';
    const table = { from, states: 'CC', resources: { a: '++' } };
    await archiveTable(table, createFileSystemArchive(join(folder, 'reports')));
    await signs();
    const make = async () => {
      const loaded = await loadConfiguration(join(folder, 'backup-report.yaml'));
      const periods = await openScheduledPeriods(loaded, await wirePlan(loaded, quiet));
      return periods.make(month?.label ?? '', new AbortController().signal);
    };
    const unsigned = expect.stringMatching(/^not signed: signing\.key cannot read/);
    expect(await make()).toMatchObject({ kind: 'committed', exitCode: 4, unsigned });

    await writeFile(join(folder, 'signing-key.pem'), firstPem);
    const signed = await make();
    // Days of the month are missing.
    expect(signed).toMatchObject({ kind: 'unchanged', exitCode: 3 });
    expect(signed.unsigned).toBeUndefined();
  });

  const signs = (): Promise<void> =>
    appendFile(join(folder, 'backup-report.yaml'), '\nsigning: { key: "${file:./signing-key.pem}" }\n');

  it.each([
    { options: {}, says: /name one period: --month, --quarter, or --from and --to/ },
    { options: { month: '2026-11', quarter: '2026-Q4' }, says: /name one period/ },
    { options: { month: '2026-13' }, says: /--month 2026-13: not understood/ },
    { options: { quarter: '2026-4' }, says: /--quarter 2026-4: not understood/ },
    { options: { from: '2026-11-01' }, says: /--to is missing/ },
    { options: { to: '2026-11-01' }, says: /--from is missing/ },
    { options: { from: '2026-11-08', to: '2026-11-01' }, says: /not a period/ },
    { options: { from: '2026-02-30', to: '2026-03-01' }, says: /--from 2026-02-30: not a date/ },
    { options: { from: '2024-01-01', to: '2026-11-01' }, says: /at most 366 days/ },
    { options: { month: '2098-11' }, says: /2098-11 is not over/ },
  ])('refuses $options', async ({ options, says }) => {
    const { code, stdout, stderr } = await call(options);

    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(says);
  });
});
