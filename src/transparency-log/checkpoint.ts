import {
  type NoteSignature,
  type NoteSigner,
  readSignatureLine,
  signatureLine,
  signatureMark,
} from './signed-note.js';

/*
 * Checkpoints of C2SP (tlog-checkpoint): which log, how many leaves, the root of their tree. Signed as a note, or not.
 */

export interface Checkpoint {
  /** `oci-backup-reporter/<plan>`: the same wherever the archive is. */
  readonly origin: string;
  /** How many leaves the tree has. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/** A checkpoint that was read from a text. */
export interface ReadCheckpoint extends Checkpoint {
  /** What is signed: three lines. */
  readonly text: string;
  /** Empty: it is not signed. */
  readonly signatures: readonly NoteSignature[];
}

export type CheckpointReading =
  | { readonly ok: true; readonly checkpoint: ReadCheckpoint }
  /** In English, for a sentence: "its second line is no number of leaves". */
  | { readonly ok: false; readonly words: string };

const originHead = 'oci-backup-reporter/';

export function originOf(plan: string): string {
  return `${originHead}${plan}`;
}

/** The plan that an origin names; null: it is of another program. */
export function planOfOrigin(origin: string): string | null {
  return origin.startsWith(originHead) ? origin.slice(originHead.length) : null;
}

/** Three lines, each with its newline. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/** The same with an empty line and the signature of the key. @throws what the signer throws */
export async function signedCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): Promise<string> {
  const text = checkpointText(checkpoint);
  return `${text}\n${signatureLine(signer, await signer.sign(Buffer.from(text)))}`;
}

/** Reads a checkpoint exactly as it was written. Signatures are read, not checked. */
export function readCheckpoint(written: string): CheckpointReading {
  if (!written.endsWith('\n')) return wrong('its last line does not end');
  const end = written.indexOf('\n\n');
  const text = end < 0 ? written : written.slice(0, end + 1);
  const lines = text.slice(0, -1).split('\n');
  if (lines.length !== 3) return wrong(`it has ${lines.length} lines before the signatures, and not 3`);
  const [origin = '', size = '', root = ''] = lines;
  if (!/^\S+$/.test(origin)) return wrong('its first line names no log');
  if (!/^(?:0|[1-9]\d{0,14})$/.test(size)) return wrong('its second line is no number of leaves');
  const rootBytes = Buffer.from(root, 'base64');
  if (rootBytes.length !== 32 || rootBytes.toString('base64') !== root) {
    return wrong('its third line is no hash of 32 bytes in base64');
  }
  const signatures = readSignatures(end < 0 ? '' : written.slice(end + 2));
  if (signatures === null) return wrong('a line after the empty one is no signature');
  return { ok: true, checkpoint: { origin, size: Number(size), root: rootBytes, text, signatures } };
}

/** null: a line is none. */
function readSignatures(written: string): readonly NoteSignature[] | null {
  if (written === '') return [];
  const signatures = written.slice(0, -1).split('\n').map(readSignatureLine);
  return signatures.every((each) => each !== null) ? signatures : null;
}

/**
 * The checkpoint within the text of a mail, or of a file that a person pasted it into, as it was written: without what mail
 * programs put before and after lines. A text without one comes back whole.
 */
export function checkpointWithin(pasted: string): string {
  const lines = pasted.split(/\r\n|\r|\n/).map((line) => line.replace(/^[\s>\uFEFF]+|\s+$/g, ''));
  const first = lines.findIndex((line) => line.startsWith(originHead));
  if (first < 0) return pasted;
  const head = lines.slice(first, first + 3);
  const after = lines.slice(first + 3, first + 7);
  const signatures = after.filter((line) => line.startsWith(signatureMark));
  const tail = signatures.length === 0 ? '' : `\n${signatures.join('\n')}\n`;
  return `${head.join('\n')}\n${tail}`;
}

function wrong(words: string): CheckpointReading {
  return { ok: false, words };
}
