import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, explainError, systemErrorCode } from '../../errors.js';

/**
 * Does some work with a temporary folder of its own, which is gone afterwards.
 *
 * @throws Failure('storage') where no folder can be made
 */
export async function inWorkspace<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await makeWorkspace();
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A temporary folder. Whoever asks for it removes it. */
export async function makeWorkspace(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'backup-report-'));
  } catch (error) {
    throw asStorageFailure(error, tmpdir());
  }
}

/** The file system's own errors become words; anything else stays what it is. */
export function asStorageFailure(error: unknown, where: string): unknown {
  if (error instanceof Failure || systemErrorCode(error) === undefined) return error;
  return new Failure('storage', `cannot write in ${where}: ${explainError(error)}`, {
    cause: error,
    hints: ['Free space on that disk, or point TMPDIR to a folder with more.'],
  });
}
