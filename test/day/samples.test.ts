import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { createLocalFilesSource } from '../../src/sources/local-files/local-files-source.js';
import { judge } from '../support/judge-day.js';

const fixtures = fileURLToPath(new URL('test/fixtures/', packageRoot));
/** Payloads as they were found, where they lie beside the checkout. */
const samples = fileURLToPath(new URL('../shared/samples/', packageRoot));

async function judgeFiles(pattern: string, directory: string, date: string) {
  const source = createLocalFilesSource({ paths: [pattern], directory, timezone: 'UTC' });
  return judge([], date, { sources: [source] });
}

describe('payloads in the shape of the services', () => {
  it('are all read', async () => {
    const { report, jobs } = await judgeFiles('*.json', fixtures, '2026-11-19');
    const files = (await readdir(fixtures)).filter((name) => name.endsWith('.json'));
    expect(report.controlTotals).toMatchObject({ read: files.length, ignored: 1, rejected: 0 });
    expect(jobs.map(({ resourceName, status }) => [resourceName, status])).toEqual([
      ['web01 (Boot Volume)', 'SUCCEEDED'],
      ['FAILDB_phx2cd', 'FAILED'],
      ['FIXDB_phx1ab', 'SUCCEEDED'],
      ['resource unknown (fix1)', 'IN_PROGRESS'],
    ]);
    expect(jobs[1]).toMatchObject({
      statusMessage: 'The backup failed because the listener of the database does not answer.',
      criticalEventIds: ['fixture-4'],
    });
    expect(report.incidents).toEqual([
      expect.objectContaining({ state: 'cleared', resourceName: 'FAILDB_phx2cd' }),
    ]);
    expect(
      report.resources.find(({ resourceName }) => resourceName === 'FAILDB_phx2cd')?.lastFailure?.message,
    ).toBe('The backup failed because the listener of the database does not answer.');
  });
});

if (existsSync(samples)) {
  describe('payloads as they were found', () => {
    it('each event is read as it is; the failed backup is a failed job with the reason of Oracle', async () => {
      const { jobs } = await judgeFiles('**/*.json', samples, '2020-05-03');
      const [job] = jobs;
      expect(job).toMatchObject({ status: 'FAILED', resourceName: 'ORA19_XXXX' });
      const raw: { data: { additionalDetails: { lifecycleDetails: string } } } = JSON.parse(
        await readFile(join(samples, 'db.automaticbackupdatabase.end.failed.real.json'), 'utf8'),
      );
      expect(job?.statusMessage).toBe(raw.data.additionalDetails.lifecycleDetails);
      // Of a day after all of them: an event of years later has no time that can be.
      const { report } = await judgeFiles('**/*.json', samples, '2025-11-14');
      const names = new Set(report.rejectedRecords.map(({ reason }) => reason));
      // What is no event at all (inventories, metrics, reports of other clouds) is refused as such, nothing else.
      expect([...names]).toEqual(['not an event: it has no event type']);
    });
  });
}
