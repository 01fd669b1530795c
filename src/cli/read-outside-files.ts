import { readFile } from 'node:fs/promises';
import { Failure, systemErrorCode } from '../errors.js';
import { type KnownKey, pinnedKey } from '../signing/key-record.js';
import { type CheckpointReading, checkpointWithin, readCheckpoint } from '../transparency-log/checkpoint.js';
import type { OutsideCheckpoint } from '../verify/prove-checkpoints.js';

/** Public keys that were named with --key. @throws Failure('usage') */
export async function readPinnedKeys(paths: readonly string[]): Promise<readonly KnownKey[]> {
  return Promise.all(
    paths.map(async (path) => {
      const bytes = await readNamed(path, '--key');
      const key = pinnedKey(bytes.toString('utf8'));
      if (key !== null) return key;
      throw new Failure('usage', `--key ${path}: this is no Ed25519 public key in PEM`, {
        hints: ['Name a file that begins with -----BEGIN PUBLIC KEY-----, such as keys/<keyid>.pem.'],
      });
    }),
  );
}

/**
 * Checkpoints that were named with --checkpoint: `checkpoint.txt`, a text that has one, or a whole mail as it was saved.
 *
 * @throws Failure('usage')
 */
export async function readCheckpoints(paths: readonly string[]): Promise<readonly OutsideCheckpoint[]> {
  return Promise.all(paths.map(readOne));
}

async function readOne(path: string): Promise<OutsideCheckpoint> {
  const bytes = await readNamed(path, '--checkpoint');
  const plain = within(bytes.toString('utf8'));
  const found = plain.reading.ok ? plain : ((await withinMail(bytes)) ?? plain);
  const { reading, text } = found;
  if (reading.ok) return { name: path, text, origin: reading.checkpoint.origin };
  throw new Failure('usage', `--checkpoint ${path}: no checkpoint was found in it: ${reading.words}`, {
    hints: [
      'Name a saved mail (.eml or text), or a file with the lines that the mail prints as its checkpoint.',
    ],
  });
}

interface FoundCheckpoint {
  readonly text: string;
  readonly reading: CheckpointReading;
}

function within(pasted: string): FoundCheckpoint {
  const text = checkpointWithin(pasted);
  return { text, reading: readCheckpoint(text) };
}

/** The parts of a mail are encoded, and its lines may be broken. null: it is no mail with a checkpoint. */
async function withinMail(bytes: Uint8Array): Promise<FoundCheckpoint | null> {
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(bytes).catch(() => null);
  if (typeof mail?.text !== 'string') return null;
  const found = within(mail.text);
  return found.reading.ok ? found : null;
}

const longestBytes = 100_000_000;

const hintOf = {
  '--key':
    'Name a file with the public key that you were told, in PEM. Without --key the keys in the archive count.',
  '--checkpoint':
    'Name a saved mail (.eml or text), or a file with the lines that the mail prints as its checkpoint.',
};

async function readNamed(path: string, option: keyof typeof hintOf): Promise<Buffer> {
  try {
    const bytes = await readFile(path);
    if (bytes.length <= longestBytes) return bytes;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    const words =
      code === 'ENOENT'
        ? 'it is not there'
        : code === 'EISDIR'
          ? 'it is a folder'
          : `it cannot be read (${code})`;
    throw new Failure('usage', `${option} ${path}: ${words}`, {
      hints: [hintOf[option]],
      cause: error,
    });
  }
  throw new Failure('usage', `${option} ${path}: it is too large`, {
    hints: ['Name a file of at most 100 MB.'],
  });
}
