import { describe, expect, it } from 'vitest';
import { hoursOf, noteStartHours } from '../../../../src/reports/backup-compliance/views/page/start-hours.js';
import { sampleJob } from '../../../support/sample-job.js';

async function hoursIn(zone: string, jobs: readonly Parameters<typeof sampleJob>[0][]) {
  const hours = new Map([
    ['a', 0],
    ['"b\\', 0],
  ]);
  const batch = jobs.map((job) => `${JSON.stringify(sampleJob(job))}\n`).join('');
  const passed: string[] = [];
  const lines = (async function* () {
    yield batch;
  })();
  for await (const each of noteStartHours(lines, zone, hours)) passed.push(each);
  expect(passed).toEqual([batch]);
  return Object.fromEntries([...hours].map(([id, bits]) => [id, hoursOf(bits)]));
}

describe('the hours in which attempts began', () => {
  it.each([
    ['UTC', [7, 23]],
    ['America/New_York', [2, 18]],
    ['Asia/Kathmandu', [4, 12]],
  ])('are of the clock of %s', async (zone, expected) => {
    const found = await hoursIn(zone, [
      { resourceId: 'a', startTime: '2026-11-19T07:14:59.000Z' },
      { resourceId: 'a', startTime: '2026-11-19T23:00:00.000Z' },
      { resourceId: 'a', startTime: '2026-11-19T07:05:00.000Z' },
    ]);
    expect(found['a']).toEqual(expected);
  });

  it('are of the end where no begin was seen, of nothing where no time is known, and of listed ones alone', async () => {
    const found = await hoursIn('UTC', [
      { resourceId: '"b\\', startTime: null, endTime: '2026-11-19T05:00:00.000Z' },
      { resourceId: 'a', startTime: null, endTime: null },
      { resourceId: 'other', startTime: '2026-11-19T05:00:00.000Z' },
      { resourceId: 'other', resourceName: '"resourceId":"a"', startTime: '2026-11-19T05:00:00.000Z' },
    ]);
    expect(found).toEqual({ a: [], '"b\\': [5] });
  });
});
