import { resolve } from 'node:path';
import { createFileSystemArchive } from '../archives/file-system/file-system-archive.js';
import type { LoadedConfiguration } from '../config/load.js';
import type { Archive } from '../ports/archive.js';
import type { Log } from '../ports/log.js';
import { type OciParts, connectToOci, requireOci } from './wire-oci.js';

/** The archive alone, for commands that only read it. */
export async function wireArchiveOf(loaded: LoadedConfiguration, log: Log): Promise<Archive> {
  const { archive } = loaded.configuration;
  const oci = archive.type === 'object-storage' ? await connectToOci(loaded, log) : null;
  return wireArchive(loaded, oci);
}

export async function wireArchive(
  { configuration, directory }: LoadedConfiguration,
  oci: OciParts | null,
): Promise<Archive> {
  const { archive } = configuration;
  if (archive.type === 'file-system') return createFileSystemArchive(resolve(directory, archive.directory));
  const { createObjectStorageArchive } = await import('../archives/object-storage/object-storage-archive.js');
  const { connection, http } = requireOci(oci);
  return createObjectStorageArchive(connection, archive, http);
}
