import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Failure, explainError } from '../errors.js';
import type { ThreadProfile } from '../profile/cpu-profile.js';
import { profileTable } from '../profile/profile-table.js';
import { profileThreads } from '../profile/profile-threads.js';
import { stageShares } from '../profile/stage-shares.js';
import type { Output } from './output.js';

/**
 * `--profile <folder>`: says as a note where the time of a command went, by stage, and writes what each thread did as
 * `.cpuprofile` files. The command does what it does without it; it has the same exit code where a profile cannot be
 * written.
 *
 * @param command is loaded within the measurement, too
 * @throws Failure('usage') where the folder cannot be made, before the command begins
 */
export async function profileCommand(
  folder: string,
  output: Output,
  command: () => Promise<number>,
): Promise<number> {
  await makeFolder(folder);
  const [wallFrom, cpuFrom] = [performance.now(), process.cpuUsage()];
  const profiles = await profileThreads();
  try {
    return await command();
  } finally {
    const { user, system } = process.cpuUsage(cpuFrom);
    const times = { processorMs: (user + system) / 1000, wallMs: performance.now() - wallFrom };
    const threads = await profiles.stop();
    const shares = stageShares(threads, times.processorMs, new URL('../', import.meta.url).href);
    output.note(profileTable(shares, times));
    await writeProfiles(threads, folder, output);
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new Failure('usage', `--profile ${folder}: the folder cannot be made: ${explainError(error)}`, {
      cause: error,
      hints: ['Name a folder that you may write to.'],
    });
  }
}

async function writeProfiles(
  threads: readonly ThreadProfile[],
  folder: string,
  output: Output,
): Promise<void> {
  try {
    for (const [index, thread] of threads.entries()) {
      await writeFile(join(folder, fileOf(thread, index)), JSON.stringify(thread.profile));
    }
    output.note(
      `Profiles of ${threads.length} threads in ${resolve(folder)}: open them in the performance panel of Chrome's DevTools, or in an editor.`,
    );
  } catch (error) {
    output.note(`backup-report: the profiles could not be written to ${folder}: ${explainError(error)}`);
  }
}

/** Names of several processes, such as the shards of a backfill, do not meet. */
function fileOf({ url }: ThreadProfile, index: number): string {
  const name = url === null ? 'main' : `thread-${index}-${basename(url, '.js')}`;
  return `${process.pid}-${name}.cpuprofile`;
}
