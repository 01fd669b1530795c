import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { type PeriodOptions, period } from '../../src/cli/period.js';
import type { CliResult } from '../support/cli.js';
import { type DayTable, archiveTable } from '../support/period-days.js';
import { captured } from '../support/run-here.js';

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
