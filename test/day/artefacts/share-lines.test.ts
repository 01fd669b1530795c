import { describe, expect, it } from 'vitest';
import { shareLines } from '../../../src/day/artefacts/share-lines.js';
import type { BackupJob } from '../../../src/reports/backup-compliance/model/backup-job.js';

let made = 0;

function* jobs(count: number): Generator<BackupJob> {
  for (made = 0; made < count; made += 1) yield { jobId: `job-${made}\n` } as BackupJob;
}

async function textOf(lines: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const some of lines) text += some;
  return text;
}

function* torn(): Generator<BackupJob> {
  yield* jobs(500);
  throw new Error('no more jobs');
}

const expected = (count: number): string =>
  [...jobs(count)].map((job) => `${JSON.stringify(job)}\n`).join('');

describe('jobs that several read', () => {
  it.each([0, 1, 64, 65, 5000])('come whole to each of them: %d jobs', async (count) => {
    const read = shareLines(jobs(count));
    const texts = await Promise.all([textOf(read()), textOf(read()), textOf(read())]);
    expect(new Set(texts)).toEqual(new Set([expected(count)]));
  });

  it('are made at the pace of the slowest', async () => {
    const read = shareLines(jobs(100_000));
    const [slow, fast] = [read(), textOf(read())];
    const iterator = slow[Symbol.asyncIterator]();
    await iterator.next();
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(made).toBeLessThan(2000);
    await textOf({ [Symbol.asyncIterator]: () => iterator });
    expect((await fast).length).toBe(expected(100_000).length);
  });

  it('go on for the others when one stops or fails', async () => {
    const read = shareLines(jobs(20_000));
    const [first, other] = [read(), textOf(read())];
    for await (const some of first) {
      expect(some).not.toBe('');
      break;
    }
    expect((await other).length).toBe(expected(20_000).length);
  });

  it.each([0, 1, 3, 4, 5, 20])(
    'go on for the last one when all others leave after %d batches',
    async (count) => {
      const read = shareLines(jobs(5000));
      const others = [read(), read()].map(async (lines) => {
        const iterator = lines[Symbol.asyncIterator]();
        for (let taken = 0; taken < count; taken += 1) await iterator.next();
        // One more is asked for while it leaves, as by a reader that another one failed beside.
        const asked = iterator.next();
        await iterator.return?.();
        await asked;
        expect(await iterator.next()).toEqual({ done: true, value: undefined });
      });
      const last = textOf(read());
      await Promise.all(others);
      expect((await last).length).toBe(expected(5000).length);
    },
  );

  it('do not wait for one who leaves before reading', async () => {
    const read = shareLines(jobs(5000));
    const idle = read()[Symbol.asyncIterator]();
    const last = textOf(read());
    await new Promise((resolve) => setImmediate(resolve));
    await idle.return?.();
    expect((await last).length).toBe(expected(5000).length);
  });

  it('fail for each of them when making them fails', async () => {
    const read = shareLines(torn());
    const results = await Promise.allSettled([textOf(read()), textOf(read())]);
    for (const result of results) {
      expect(result).toEqual({ status: 'rejected', reason: new Error('no more jobs') });
    }
  });

  it('are not given to one who asks when the beginning is gone', async () => {
    const read = shareLines(jobs(10));
    await textOf(read());
    expect(() => read()).toThrow('ask for them with the others');
  });
});
