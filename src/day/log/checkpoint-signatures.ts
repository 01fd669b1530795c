import type { ReadCheckpoint } from '../../transparency-log/checkpoint.js';
import { type NoteKey, isOfKey, isSignedBy } from '../../transparency-log/signed-note.js';

/** not-checked: it is signed, and there is no key to check it by. */
export type CheckpointStanding = 'unsigned' | 'verified' | 'not-checked';

export interface FaultySignature {
  readonly kind: 'signature-wrong' | 'unknown-key';
  readonly keyName: string;
}

/** Signatures of keys that nobody knows are passed over where one of a known key holds: notes may have several. */
export function checkSignaturesOf(
  { text, signatures }: ReadCheckpoint,
  keys: readonly NoteKey[],
): CheckpointStanding | FaultySignature {
  const [first] = signatures;
  if (first === undefined) return 'unsigned';
  if (keys.length === 0) return 'not-checked';
  let isVerified = false;
  for (const signature of signatures) {
    const key = keys.find((each) => isOfKey(signature, each));
    if (key === undefined) continue;
    if (!isSignedBy(text, signature, key)) return { kind: 'signature-wrong', keyName: signature.name };
    isVerified = true;
  }
  return isVerified ? 'verified' : { kind: 'unknown-key', keyName: first.name };
}
