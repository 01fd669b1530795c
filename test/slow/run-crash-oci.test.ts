import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/model/manifest.js';
import { jsonOf } from '../support/cli.js';
import { openMailSink } from '../support/mail-sink.js';
import { OciProject } from '../support/oci-project.js';
import { shareOf } from '../support/share-of.js';
import { date, eachOf, mailSection, pointsUpTo, records, run, runUntil } from './crash-runs.js';

interface Attempt {
  readonly faults: readonly string[];
  /** Of the run that was not killed. */
  readonly operations: number;
}

/** A run that is killed before an operation (0: none), another run, and what is wrong after it. */
async function attempt(killAt: number): Promise<Attempt> {
  const sink = await openMailSink();
  const made = await OciProject.create();
  await made.project.write('backup-report.yaml', `${made.configuration()}${mailSection(sink.port)}`);
  made.addEvents(records);
  const { directory } = made.project;
  if (killAt > 0) await runUntil(killAt, run, directory);
  const { code, operations, stderr } = await runUntil(0, run, directory);
  const faults = code === 0 ? [] : [`exit ${code}: ${stderr}`];
  const revision = [2, 1].find((each) => made.revision(date, each).has('manifest.json')) ?? 0;
  const files = made.revision(date, revision);
  for (const { name, sha256 } of jsonOf<Manifest>(files, 'manifest.json').artefacts) {
    const found = createHash('sha256')
      .update(files.get(name) ?? Buffer.alloc(0))
      .digest('hex');
    if (found !== sha256) faults.push(`${name} is damaged`);
  }
  const ids = new Set(sink.mails.map(({ messageId }) => messageId));
  if (ids.size !== 1 || !ids.has(`<daily.${date}.r${revision}@example.com>`))
    faults.push(`mails: ${[...ids].join()}`);
  if (sink.mails.slice(1).some(({ resent }) => resent === null))
    faults.push('a mail came twice without saying so');
  await sink.close();
  await made.remove();
  return { faults: faults.map((fault) => `${killAt}: ${fault}`), operations };
}

describe('run on Oracle Cloud, killed before a file-system or network operation and run again', () => {
  it('leaves one newest report, whole, and its mail', async () => {
    const whole = await attempt(0);
    expect(whole.faults).toEqual([]);
    expect(whole.operations).toBeGreaterThan(60);
    const faults: string[] = [];
    await eachOf(shareOf('kills of a run on OCI', pointsUpTo(whole.operations)), async (killAt) => {
      faults.push(...(await attempt(killAt)).faults);
    });
    expect(faults).toEqual([]);
  });
});
