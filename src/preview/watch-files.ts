import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { explainError } from '../errors.js';

/** Editors save in several steps: what follows within so many milliseconds is one change. */
const quietMs = 80;

export interface Watching {
  /** Watches these from now on: folders with all that is in them, and single files. What does not exist is left out. */
  follow(folders: readonly string[], files: readonly string[]): Promise<void>;
  close(): void;
}

/**
 * Calls back some time after something was saved, once for changes that follow each other quickly.
 *
 * Directories are watched one by one, files through the directory that they are in: editors replace files, and what
 * replaced a watched file would not be seen.
 *
 * @param onFault told in words when the system watches no more
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
      // All anew: a directory that was replaced has the same name and another watch.
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

/** A folder and those below it; none where it cannot be read. */
async function directoriesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
    return [folder, ...(await Promise.all(below.map(directoriesIn))).flat()];
  } catch {
    return [];
  }
}
