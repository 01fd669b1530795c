import { createFileSystemArchive } from '../archives/file-system/file-system-archive.js';
import { loadPlanWithoutMissing } from './load-plan.js';
import type { Archive } from '../ports/archive.js';
import type { Log } from '../ports/log.js';
import { readPageStamp } from '../renderers/html/page-stamp.js';
import type { Readers } from '../verify/check.js';
import { wireArchiveOf } from './wire-archive.js';
import type { KindRegistry } from './report-kinds.js';

/** How archived reports of these kinds are read back. */
export function verifyReadersOf(kinds: KindRegistry): Readers {
  return {
    kindOf: async (name) => (await kinds.load(name))?.archived ?? null,
    pageStamp: async (bytes) => readPageStamp(bytes),
    workbookStamp: async (bytes) => {
      const { readWorkbookStamp } = await import('../renderers/xlsx/package/read-stamp.js');
      return readWorkbookStamp(bytes);
    },
  };
}

/** An archive in a folder: it needs no configuration. */
export function wireFolderArchive(directory: string): Archive {
  return createFileSystemArchive(directory);
}

/** The archive of a plan, and its name. What only sending needs may be missing. */
export async function wireVerifiedArchive(
  config: string,
  log: Log,
): Promise<{ readonly archive: Archive; readonly plan: string; readonly kinds: KindRegistry }> {
  const loaded = await loadPlanWithoutMissing(config);
  const { archive, plan } = loaded.configuration;
  const failure = archive.type === 'object-storage' ? loaded.leftOut?.get('auth') : undefined;
  if (failure !== undefined) throw failure;
  return { archive: await wireArchiveOf(loaded, log), plan, kinds: loaded.kinds };
}
