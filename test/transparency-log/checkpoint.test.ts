import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  checkpointText,
  checkpointWithin,
  originOf,
  planOfOrigin,
  readCheckpoint,
  signedCheckpoint,
} from '../../src/transparency-log/checkpoint.js';
import {
  type NoteKey,
  isOfKey,
  isSignedBy,
  keyHashOf,
  readSignatureLine,
} from '../../src/transparency-log/signed-note.js';

const root = Buffer.from('ab'.repeat(32), 'hex');
const checkpoint = { origin: originOf('daily'), size: 12, root };
const text = `oci-backup-reporter/daily\n12\n${root.toString('base64')}\n`;

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const rawKey = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
const signer = {
  name: 'example.com/daily',
  publicKey: rawKey,
  sign: async (bytes: Uint8Array) => sign(null, bytes, privateKey),
};

/** The example in the documentation of Go's package of signed notes. */
const published = {
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
  key: {
    name: 'PeterNeumann',
    publicKey: Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1),
  },
};

test('a checkpoint is three lines', () => {
  expect(checkpointText(checkpoint)).toBe(text);
  expect(readCheckpoint(text)).toEqual({ ok: true, checkpoint: { ...checkpoint, text, signatures: [] } });
  expect(planOfOrigin(checkpoint.origin)).toBe('daily');
  expect(planOfOrigin('sum.golang.org')).toBeNull();
});

test('a published note is read and its signature holds', () => {
  const signature = readSignatureLine(published.line)!;
  expect(Buffer.from(keyHashOf(published.key)).toString('hex')).toBe('c74f20a3');
  expect(isOfKey(signature, published.key)).toBe(true);
  expect(isSignedBy(published.text, signature, published.key)).toBe(true);
  expect(isSignedBy(`${published.text}!`, signature, published.key)).toBe(false);
});

test('a signed checkpoint is read back, and its signature is of its key alone', async () => {
  const written = await signedCheckpoint(checkpoint, signer);
  const read = readCheckpoint(written);
  if (!read.ok) throw new Error(read.words);
  const [signature] = read.checkpoint.signatures;
  expect(written).toMatch(/^[^\n]+\n12\n[^\n]+\n\n— example\.com\/daily \S+\n$/);
  expect(isOfKey(signature!, signer)).toBe(true);
  expect(isSignedBy(read.checkpoint.text, signature!, signer)).toBe(true);
  const other: NoteKey = { name: signer.name, publicKey: published.key.publicKey };
  expect(isOfKey(signature!, other)).toBe(false);
  expect(isSignedBy(read.checkpoint.text, signature!, other)).toBe(false);
});

test.each([
  ['nothing', '', 'its last line does not end'],
  ['no last newline', text.trimEnd(), 'its last line does not end'],
  [
    'a line too few',
    text.split('\n').slice(0, 2).join('\n') + '\n',
    'it has 2 lines before the signatures, and not 3',
  ],
  ['a line too many', `${text}more\n`, 'it has 4 lines before the signatures, and not 3'],
  ['an origin with a space', text.replace('daily', 'my daily'), 'its first line names no log'],
  ['a size with a sign', text.replace('\n12', '\n+12'), 'its second line is no number of leaves'],
  ['a size with a zero in front', text.replace('\n12', '\n012'), 'its second line is no number of leaves'],
  [
    'a size beyond all numbers',
    text.replace('\n12', `\n${'9'.repeat(20)}`),
    'its second line is no number of leaves',
  ],
  ['a short root', text.replace(/q.{4}/, ''), 'its third line is no hash of 32 bytes in base64'],
  ['a root of other letters', text.replace('q', '-'), 'its third line is no hash of 32 bytes in base64'],
  ['a carriage return', text.replaceAll('\n', '\r\n'), 'its first line names no log'],
  ['words for a signature', `${text}\nSigned: me\n`, 'a line after the empty one is no signature'],
  ['a signature without a name', `${text}\n— AAAAAAAA\n`, 'a line after the empty one is no signature'],
  ['a signature of no bytes', `${text}\n— me AAAAAA==\n`, 'a line after the empty one is no signature'],
])('%s is no checkpoint', (_what, written, words) => {
  expect(readCheckpoint(written)).toEqual({ ok: false, words });
});

test('a checkpoint is found in what a person pasted from a mail', async () => {
  const written = await signedCheckpoint(checkpoint, signer);
  expect(checkpointWithin(written)).toBe(written);
  expect(checkpointWithin(text)).toBe(text);
  const quoted = written
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\r\n');
  expect(checkpointWithin(`Report day: 2026-11-19\r\n\r\n${quoted}\r\n-- \r\nthe tool`)).toBe(written);
  expect(checkpointWithin(`Keep this mail:\n  ${text.replaceAll('\n', '  \n  ')}`)).toBe(text);
  expect(checkpointWithin('nothing of this sort')).toBe('nothing of this sort');
});
