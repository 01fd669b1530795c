import { type KeyObject, createHash, createPublicKey, verify } from 'node:crypto';

/*
 * Signed notes of C2SP (signed-note): a text, an empty line, and one line for each signature. Of the kinds of signature
 * only Ed25519 is known here.
 */

/** One signature line: a dash, name, base64(key hash, signature). */
export interface NoteSignature {
  readonly name: string;
  /** 4 bytes. */
  readonly keyHash: Uint8Array;
  readonly signature: Uint8Array;
}

/** A key that signatures are checked with. */
export interface NoteKey {
  /** As in the signature line: without spaces and `+`. */
  readonly name: string;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** What signs the text of a note. */
export interface NoteSigner extends NoteKey {
  /** @returns the Ed25519 signature of the bytes, 64 of them */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Fetches what signs, when something is to be signed. Throws Failure where that cannot be used. */
export type OpenNoteSigner = () => Promise<NoteSigner>;

/** An em dash and a space. Written as an escape, because the joined code is ASCII. */
export const signatureMark = '\u2014 ';
const ed25519 = 1;
const keyHashBytes = 4;
/** How an Ed25519 key begins as SubjectPublicKeyInfo (RFC 8410). */
const publicKeyHead = Buffer.from('302a300506032b6570032100', 'hex');

/** The 4 bytes that tell keys of one name apart. */
export function keyHashOf({ name, publicKey }: NoteKey): Uint8Array {
  const hash = createHash('sha256').update(`${name}\n`).update(Uint8Array.of(ed25519)).update(publicKey);
  return hash.digest().subarray(0, keyHashBytes);
}

/** The line of a signature, with its newline. */
export function signatureLine(key: NoteKey, signature: Uint8Array): string {
  const bytes = Buffer.concat([keyHashOf(key), signature]);
  return `${signatureMark}${key.name} ${bytes.toString('base64')}\n`;
}

/** null: it is no signature line. */
export function readSignatureLine(line: string): NoteSignature | null {
  const [, name, encoded] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
  if (name === undefined || encoded === undefined) return null;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded || bytes.length <= keyHashBytes) return null;
  return { name, keyHash: bytes.subarray(0, keyHashBytes), signature: bytes.subarray(keyHashBytes) };
}

/** A key of `node:crypto` under the name that it has in notes. */
export function noteKeyOf(name: string, publicKey: KeyObject): NoteKey {
  return {
    name,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(publicKeyHead.length),
  };
}

/** Whether the signature says that it is of this key. */
export function isOfKey({ name, keyHash }: NoteSignature, key: NoteKey): boolean {
  return name === key.name && Buffer.compare(keyHash, keyHashOf(key)) === 0;
}

/** Whether the key made the signature of this text. */
export function isSignedBy(text: string, { signature }: NoteSignature, { publicKey }: NoteKey): boolean {
  const spki = Buffer.concat([publicKeyHead, publicKey]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), key, signature);
}
