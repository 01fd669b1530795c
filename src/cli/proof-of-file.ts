import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { Failure, explainError } from '../errors.js';
import { openRegularFile } from '../files/regular-file.js';
import type { Attestation } from '../model/attestation.js';

/** Name, length and digest of a file of any size. @throws Failure('usage') where it cannot be read */
export async function proofOf(path: string): Promise<Attestation['proofs'][number]> {
  try {
    const file = await openRegularFile(path);
    const hash = createHash('sha256');
    let bytes = 0;
    // It is closed when its stream ends.
    for await (const chunk of file.createReadStream() as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    return { name: basename(path), bytes, sha256: hash.digest('hex') };
  } catch (error) {
    throw new Failure('usage', `--file ${path}: cannot read it: ${explainError(error)}`, { cause: error });
  }
}
