import { join } from 'node:path';
import type { PageStore } from '../ports/page-store.js';
import { writeNewFile } from './new-file.js';

/** Pages in a folder, each written as a whole. */
export function createFolderPages(folder: string): PageStore {
  return {
    locate: (name) => join(folder, name),
    put: async (name, text) => {
      await writeNewFile(join(folder, name), true, async (target) => {
        target.end(text);
      });
    },
  };
}
