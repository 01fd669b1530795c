import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Failure, explainError, systemErrorCode } from '../../errors.js';
import { makeTemporaryFolder, removeLeftFolders } from '../../files/temporary-folders.js';

/**
 * Runs `work` with its own temporary folder, which is removed afterwards.
 *
 * @throws Failure('storage') where no folder can be created
 */
export async function inWorkspace<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await makeWorkspace();
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A new temporary folder, which the caller removes. Those that killed processes left are removed first. */
export async function makeWorkspace(): Promise<string> {
  await removeLeftFolders();
  try {
    return await makeTemporaryFolder();
  } catch (error) {
    throw asStorageFailure(error, tmpdir());
  }
}

/** Turns an error of the file system into a Failure with words; returns anything else unchanged. */
export function asStorageFailure(error: unknown, where: string): unknown {
  if (error instanceof Failure || systemErrorCode(error) === undefined) return error;
  return new Failure('storage', `cannot write in ${where}: ${explainError(error)}`, {
    cause: error,
    hints: [adviceOnTmpdir(systemErrorCode(error))],
  });
}

/** What to do about the temporary folder: only a full disk is helped by free space. */
function adviceOnTmpdir(code: string | undefined): string {
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return 'Free space on that disk, or point TMPDIR to a folder with more.';
  }
  return 'Set TMPDIR to a folder that exists and that the user of this command may write in.';
}
