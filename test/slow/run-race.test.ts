import { describe, expect, it } from 'vitest';
import { faultsOf, inProject, run, runUntil } from './crash-runs.js';

describe('processes that race for one day', () => {
  it.each([2, 10])('%d of them make one report and send one mail', async (number) => {
    await inProject(
      async (project, sink) => {
        const ended = await Promise.all(
          Array.from({ length: number }, () => runUntil(0, run, project.directory)),
        );
        expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
          ended.map(() => ({ code: 0, stderr: '' })),
        );
        expect(await faultsOf(project, sink)).toEqual([]);
        expect(sink.mails).toHaveLength(1);
      },
      // Nobody is killed, so that nobody waits for so long.
      { lease: '600s', mailTimeout: '600s' },
    );
  });

  it.each([2, 10])('%d of them, most killed on the way: the next run puts all right', async (number) => {
    for (let round = 0; round < 4; round += 1) {
      await inProject(
        async (project, sink) => {
          await Promise.all(
            Array.from({ length: number }, (_, index) =>
              runUntil(150 + 37 * round + 43 * index, run, project.directory),
            ),
          );
          const { code } = await runUntil(0, run, project.directory);
          expect(code).toBe(0);
          expect(await faultsOf(project, sink)).toEqual([]);
        },
        { lease: '10s' },
      );
    }
  });
});
