import { listLeaves } from '../day/log/log-files.js';
import { type ExtensionProof, extensionInWords, proveExtends } from '../day/log/prove-extends.js';
import { UnreadableFile } from '../errors.js';
import type { Archive } from '../ports/archive.js';
import type { KnownKey } from '../signing/key-record.js';
import { planOfOrigin } from '../transparency-log/checkpoint.js';
import type { FindingKind, Told } from './finding.js';
import { readVerifyKeys } from './reading/verify-keys.js';

/** A checkpoint that somebody kept outside of the archive. */
export interface OutsideCheckpoint {
  /** The file that it was read from, for people. */
  readonly name: string;
  /** As it was written: three lines, and its signatures. */
  readonly text: string;
  /** Its first line. */
  readonly origin: string;
}

/**
 * Whether the archive still has all that it had when each checkpoint was made. It is compared with the log of the plan that it
 * names, whichever plans are verified: a plan may have another name since.
 *
 * @throws Failure('storage') where the archive cannot be read
 */
export async function proveCheckpoints(
  archive: Archive,
  checkpoints: readonly OutsideCheckpoint[],
  { plans, pinned }: { readonly plans: readonly string[]; readonly pinned: readonly KnownKey[] },
  told: Told,
): Promise<void> {
  for (const { name, text, origin } of checkpoints) {
    const plan = planOfOrigin(origin);
    const isOfArchive = plan !== null && (plans.includes(plan) || (await hasLog(archive, plan)));
    if (plan === null || !isOfArchive) {
      const words = `${name} is of another log: ${origin}, and the archive has none of that plan`;
      told.find('checkpoint-of-another', './', words);
      continue;
    }
    const { noteKeys } = await readVerifyKeys(archive, plan, pinned);
    const proof = await proveExtends(archive, plan, text, noteKeys);
    const words = `${name}: ${extensionInWords(proof)}`;
    if (proof.kind !== 'extends') told.find(kinds[proof.kind], `${plan}/log/`, words);
    else told.note('extends-checkpoint', `${plan}/log/`, `${words}${signatureWords[proof.signature]}`);
  }
}

const kinds: Readonly<Record<Exclude<ExtensionProof['kind'], 'extends'>, FindingKind>> = {
  'rolled-back': 'rolled-back',
  'another-history': 'other-history',
  'damaged-leaf': 'log-damaged',
  'not-a-checkpoint': 'checkpoint-of-another',
  'of-another-log': 'checkpoint-of-another',
  'signature-wrong': 'wrong-signature',
  'unknown-key': 'unknown-key',
};

const signatureWords: Readonly<
  Record<Extract<ExtensionProof, { readonly kind: 'extends' }>['signature'], string>
> = {
  verified: '; its signature is right',
  unsigned: '; it is not signed',
  'not-checked': '; there is no key to check its signature by',
};

async function hasLog(archive: Archive, plan: string): Promise<boolean> {
  // A name from a file: it must not lead elsewhere.
  if (!/^[a-z0-9-]+$/.test(plan)) return false;
  try {
    return (await listLeaves(archive, plan)).size > 0;
  } catch (error) {
    if (error instanceof UnreadableFile) return false;
    throw error;
  }
}
