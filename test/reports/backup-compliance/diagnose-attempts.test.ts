import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../../src/archives/file-system/file-system-archive.js';
import { archivedFindings } from '../../../src/day/doctor/archived-days.js';
import { hourMs } from '../../../src/base/time-units.js';
import { diagnoseAttempts } from '../../../src/reports/backup-compliance/diagnose-attempts.js';
import { type Settings, judgeDays } from '../../support/judge-day.js';
import { createMemoryArchive } from '../../support/memory-archive.js';
import { databaseEvent } from '../../support/raw-event.js';

interface Line {
  readonly begin?: boolean;
  readonly hours?: number;
  readonly status?: string;
  readonly critical?: boolean;
}

async function* linesOf(jobs: readonly Line[]): AsyncGenerator<string> {
  for (const { begin = false, hours = 1, status = 'SUCCEEDED', critical = false } of jobs) {
    yield JSON.stringify({
      kind: 'backup',
      family: 'database',
      status,
      startTime: '2026-11-19T00:00:00Z',
      endTime: new Date(Date.parse('2026-11-19T00:00:00Z') + hours * hourMs).toISOString(),
      beginEventId: begin ? 'b' : null,
      endEventId: 'e',
      criticalEventIds: critical ? ['c'] : [],
    });
  }
}

describe('what archived jobs show of the collection of events', () => {
  it.each<readonly [string, readonly Line[], readonly RegExp[]]>([
    ['nothing where all is told', [{ begin: true }], []],
    ['nothing of no jobs', [], []],
    ['begins that never arrive', [{}, {}], [/^none of 2 attempts has a begin event$/]],
    ['nothing where some begins arrive', [{}, { begin: true }], []],
    [
      'attempts by ends alone that took longer than is waited',
      [{ hours: 7 }, { hours: 9 }, { begin: true }],
      [/^2 attempts .*settleDelay \(6 h\), the longest 9 h$/],
    ],
    ['nothing of such as took as long as is waited', [{ hours: 6 }, { begin: true }], []],
    ['nothing of long ones with a begin', [{ hours: 9, begin: true }], []],
    [
      'critical events that never arrive',
      [{ begin: true, status: 'FAILED' }],
      [/^1 backup of a database failed, and no critical event/],
    ],
    ['nothing where one arrived', [{ begin: true, status: 'FAILED', critical: true }], []],
  ])('%s', async (_words, jobs, words) => {
    const found = await diagnoseAttempts(linesOf(jobs), 6 * hourMs);
    expect(found.map((each) => each.words)).toEqual(words.map((each) => expect.stringMatching(each)));
  });
});

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'doctor-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('the archived reports, for doctor', () => {
  const nowMs = Date.parse('2026-11-20T12:00:00Z');
  const findings = (archive: Settings['archive'], plan: string) =>
    archivedFindings(
      archive ?? createMemoryArchive(),
      { plan, linesFile: 'jobs.ndjson.gz', diagnose: (lines) => diagnoseAttempts(lines, 6 * hourMs) },
      { timezone: 'UTC', nowMs },
    );

  it('are read with their jobs, and other plans are named for one that has none', async () => {
    const archive = createFileSystemArchive(directory);
    const long = databaseEvent('end', '2026-11-19T20:00:00Z', {
      resourceId: 'b',
      details: { timeCreated: '2026-11-19T08:00:00Z' },
    });
    await judgeDays(['2026-11-19'], () => ({ archive, records: [long] }));
    expect((await findings(archive, 'test')).map(({ words }) => words)).toEqual([
      'none of 1 attempt has a begin event',
      '1 attempt known by the end alone took longer than settleDelay (6 h), the longest 12 h',
    ]);
    expect(await findings(archive, 'renamed')).toMatchObject([
      {
        check: 'plans',
        state: 'warning',
        words: 'it has no report of the plan renamed, but of others: test',
      },
    ]);
    expect(await findings(createMemoryArchive(), 'test')).toEqual([]);
  });
});
