import { type Hash, createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ArtefactEntry } from '../../model/manifest.js';

export interface StagedArtefact extends ArtefactEntry {
  /** Path of the local file, until it is archived. */
  readonly path: string;
}

/** Of a finished file; of a gzipped one also the digest of its content. */
export type FileDigests = Pick<ArtefactEntry, 'bytes' | 'sha256' | 'contentSha256'>;

/** A file that its writer has described. */
export interface WrittenFile {
  readonly path: string;
  readonly digests: FileDigests;
}

const readBytes = 256 * 1024;

/** Reads a finished file to describe it. One that is gzipped was described by its writer. */
export async function describeArtefact(
  path: string,
  name: string,
  mediaType: string,
): Promise<StagedArtefact> {
  return describedArtefact({ path, digests: await digestsOf(path) }, name, mediaType);
}

export function describedArtefact(
  { path, digests }: WrittenFile,
  name: string,
  mediaType: string,
): StagedArtefact {
  const { bytes, sha256, contentSha256 } = digests;
  const described = { name, bytes, sha256, mediaType, path };
  return contentSha256 === undefined ? described : { ...described, contentSha256 };
}

/**
 * Into one buffer, again and again: for each new one, V8 would soon look through all memory for what is no longer needed,
 * and on a large day find nothing.
 */
async function digestsOf(path: string): Promise<FileDigests> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const buffer = Buffer.allocUnsafe(Math.min(size + 1, readBytes));
    const hash: Hash = createHash('sha256');
    for (let bytes = 0; ;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await file.close();
  }
}
