import { describe, expect, it } from 'vitest';
import { isEverythingRun, shareOf } from '../support/share-of.js';
import { eachOf, faultsOf, inProject, pointsUpTo, run, runUntil } from './crash-runs.js';

describe('run, killed before a file-system or network operation and run again', () => {
  it('loses no day and no mail, and sends none twice without saying so', async () => {
    let operations = 0;
    await inProject(async (project, sink) => {
      ({ operations } = await runUntil(0, run, project.directory));
      expect(await faultsOf(project, sink)).toEqual([]);
    });
    expect(operations).toBeGreaterThan(200);

    const points = shareOf('kills of a run', pointsUpTo(operations));
    const wrong: unknown[] = [];
    let resent = 0;
    let killed = 0;
    await eachOf(points, (killAt) =>
      inProject(async (project, sink) => {
        const first = await runUntil(killAt, run, project.directory);
        if (first.signal === 'SIGKILL') killed += 1;
        const { code, stderr } = await runUntil(0, run, project.directory);
        const faults = await faultsOf(project, sink);
        if (code !== 0 || faults.length > 0) wrong.push({ killAt, code, faults, stderr });
        if (sink.mails.length > 1) resent += 1;
      }),
    );
    expect(wrong).toEqual([]);
    // Some operations are not in every run, such as reads of a stream in more pieces.
    expect(killed).toBeGreaterThan(0.85 * points.length);
    // Kills between the server's answer and its record are among all points, but need not be in a share of them.
    expect(resent).toBeGreaterThanOrEqual(isEverythingRun ? 1 : 0);
  });
});
