import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createSampling, sampleFiles, sampleTable } from '../../src/export/sample-jobs.js';

const dates = ['2026-11-18', '2026-11-19'];
const linesOf = (date: string, jobs: readonly object[]) => ({
  place: { date, path: `archive/daily/${date.replaceAll('-', '/')}/r1/jobs.ndjson.gz` },
  bytes: gzipSync(jobs.map((job) => `${JSON.stringify(job)}\n`).join('')),
});
const jobsOf = (date: string) =>
  Array.from({ length: 30 }, (_, index) => ({ jobId: `job-${index}`, resourceName: `DB_${index}`, date }));

async function draw(
  size: number,
  seed: string,
  jobs: (date: string) => readonly { readonly jobId: string }[] = jobsOf,
) {
  const { take, drawn } = createSampling({ size, seed });
  for (const date of dates) {
    const { place, bytes } = linesOf(date, jobs(date));
    await take(place, bytes);
  }
  return drawn();
}

const ids = async (seed: string) => (await draw(10, seed)).jobs.map(({ sha256 }) => sha256);

describe('a sample of jobs', () => {
  it('is what the written method draws: the smallest digests of seed, date and id', async () => {
    const byHand = dates
      .flatMap((date) => jobsOf(date).map(({ jobId }) => `7|${date}|${jobId}`))
      .map((unit) => createHash('sha256').update(unit).digest('hex'))
      .sort()
      .slice(0, 5);
    const { jobs, population } = await draw(5, '7');
    expect(jobs.map(({ sha256 }) => sha256)).toEqual(byHand);
    expect(population).toBe(60);
  });

  it('is the same for the same seed, and another one for another', async () => {
    expect(await ids('7')).toEqual(await ids('7'));
    expect(await ids('8')).not.toEqual(await ids('7'));
  });

  it('is everything where there is less than was asked for', async () => {
    expect((await draw(100, '7')).jobs).toHaveLength(60);
  });

  it('has the line of each job, and keeps two jobs of one id apart', async () => {
    const { jobs } = await draw(4, '1', (date) =>
      date === dates[0] ? [{ jobId: 'a' }, { jobId: 'a' }] : [],
    );
    expect(jobs.map(({ line }) => line)).toEqual([1, 2]);
  });

  it('is a table that no spreadsheet takes for formulas', async () => {
    const table = sampleTable(
      await draw(9, '1', (date) =>
        date === dates[0] ? [{ jobId: '=1+1', resourceName: 'say "hi"', status: 'FAILED' }] : [],
      ),
    );
    const [head = '', row = ''] = table.split('\r\n');
    expect(head.split(',')).toHaveLength(row.split('","').length);
    expect(row).toContain(`"'=1+1"`);
    expect(row).toContain('"say ""hi"""');
    expect(row).toContain('"archive/daily/2026/11/18/r1/events.ndjson.gz"');
  });

  it('names the files that were drawn from', async () => {
    expect(sampleFiles(await draw(1, '1'))).toBe(
      `2026-11-18 archive/daily/2026/11/18/r1/jobs.ndjson.gz
2026-11-19 archive/daily/2026/11/19/r1/jobs.ndjson.gz
`,
    );
  });
});
