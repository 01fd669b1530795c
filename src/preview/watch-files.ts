import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { explainError } from '../errors.js';

/** Editors save in several steps: changes that follow each other within this time count as one. */
const quietMs = 80;

export interface Watching {
  /** Watches these from now on: folders with everything in them, and single files. What does not exist is skipped. */
  follow(folders: readonly string[], files: readonly string[]): Promise<void>;
  close(): void;
}

/**
 * Calls back shortly after something was saved, once for changes that follow each other quickly.
 *
 * Each directory is watched separately, and a file through its directory: editors replace files, and a watch on the file
 * itself would miss its replacement.
 *
 * @param onFault called with a message for a directory that cannot be watched
 */
export function watchFiles(onChange: () => void, onFault: (words: string) => void): Watching {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, quietMs);
  };

  const follow = (directory: string, isOfInterest: (name: string | null) => boolean): void => {
    try {
      const watcher = watch(directory, (_kind, name) => {
        if (isOfInterest(name)) changed();
      });
      watcher.on('error', () => stop(directory));
      watchers.set(directory, watcher);
    } catch (error) {
      onFault(`${directory}: ${explainError(error)}`);
    }
  };
  const stop = (directory: string): void => {
    watchers.get(directory)?.close();
    watchers.delete(directory);
  };

  return {
    follow: async (folders, files) => {
      const wanted = new Map<string, ReadonlySet<string> | null>();
      for (const file of files) {
        const names = wanted.get(dirname(file));
        wanted.set(dirname(file), new Set([...(names ?? []), basename(file)]));
      }
      for (const directory of (await Promise.all(folders.map(directoriesIn))).flat()) {
        wanted.set(directory, null);
      }
      // Start all watches again: one on a directory that was replaced is dead, although the name is the same.
      for (const directory of watchers.keys()) stop(directory);
      for (const [directory, names] of wanted) {
        follow(directory, (name) => names === null || name === null || names.has(name));
      }
    },
    close: () => {
      clearTimeout(timer);
      for (const directory of watchers.keys()) stop(directory);
    },
  };
}

/** A folder and all folders below it; none if it cannot be read. */
async function directoriesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
    return [folder, ...(await Promise.all(below.map(directoriesIn))).flat()];
  } catch {
    return [];
  }
}
