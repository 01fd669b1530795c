import { toIso } from '../../base/instants.js';
import { Failure, UnreadableFile, explainError } from '../../errors.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { keyRecordKey } from '../../model/archive-keys.js';
import type { Archive } from '../../ports/archive.js';
import type { Clock } from '../../ports/clock.js';
import type { Log } from '../../ports/log.js';
import type { Signer, SignatureKey } from '../../ports/signer.js';
import type { KeyRecord } from '../../signing/key-record.js';
import { type ArchivedKeys, publishKey, readArchivedKeys } from './key-store.js';

export interface SigningPlan {
  readonly name: string;
  readonly tool: KeyRecord['tool'];
}

export interface SigningPorts {
  readonly archive: Archive;
  readonly clock: Clock;
  readonly log: Log;
  /** Absent: the plan does not sign. */
  readonly signer?: Signer | undefined;
}

/** Why nothing can be signed now, in words. */
export interface Unsigned {
  readonly kind: 'unsigned';
  readonly reason: string;
  /** What to do next, one sentence each. */
  readonly hints: readonly string[];
}

/** What became of signing a revision that was committed. */
export type SignatureResult = { readonly kind: 'signed'; readonly keyId: string } | Unsigned;

export type OpenedSigning = { readonly kind: 'ready'; readonly key: SignatureKey } | Unsigned;

/**
 * Makes ready to sign: fetches the key, and publishes it in the archive where it is new. A key that cannot be reached, or that
 * the archive knows as revoked or out of its validity, signs nothing: that is a result and no error, because the report is
 * archived all the same.
 *
 * @returns null: the plan does not sign
 * @throws Failure('storage') where the archive cannot be read or written
 */
export async function openSigning(plan: SigningPlan, ports: SigningPorts): Promise<OpenedSigning | null> {
  const { archive, clock, log, signer } = ports;
  if (signer === undefined) return null;
  let key: SignatureKey;
  try {
    key = await signer.open();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return told({ kind: 'unsigned', reason: explainError(error), hints: error.hints }, plan, log);
  }
  try {
    const known = await readArchivedKeys(archive, plan.name);
    const nowMs = clock.nowMs();
    const reason = whyNot(key, known, nowMs);
    if (reason !== null) {
      const hints = ['Make another key with `backup-report keys create`, and name it under signing.'];
      return told({ kind: 'unsigned', reason, hints }, plan, log);
    }
    if (!known.ring.has(key.keyId)) await publish(key, known, { plan, ports, nowMs });
    return { kind: 'ready', key };
  } catch (error) {
    // A folder keys/ that is a link, or may not be entered, is damage of its own and costs no report.
    if (!(error instanceof UnreadableFile)) throw error;
    return told({ kind: 'unsigned', reason: error.message, hints: error.hints }, plan, log);
  }
}

function told(unsigned: Unsigned, { name: plan }: SigningPlan, log: Log): Unsigned {
  log.warn({ plan, reason: unsigned.reason }, 'signing: the key cannot be used');
  return unsigned;
}

/** null: the archive has nothing against the key. */
export function whyNot(
  { keyId }: SignatureKey,
  { ring, revocations }: ArchivedKeys,
  nowMs: number,
): string | null {
  const revocation = revocations.find((each) => each.keyId === keyId);
  if (revocation !== undefined) {
    return `the key ${shortKeyId(keyId)} was revoked as of ${revocation.revokedAt}: ${revocation.reason}`;
  }
  const { validFromMs, validToMs } = ring.get(keyId) ?? { validFromMs: nowMs, validToMs: null };
  if (nowMs < validFromMs) return `the key ${shortKeyId(keyId)} is valid from ${toIso(validFromMs)} on`;
  if (validToMs === null || nowMs < validToMs) return null;
  return `the key ${shortKeyId(keyId)} was valid until ${toIso(validToMs)}`;
}

/** As people compare them: the first 16 digits. */
export function shortKeyId(keyId: string): string {
  return keyId.slice(0, 16);
}

/** A record that was altered is damage that verification tells. The key signs all the same: whoever has it elsewhere can check. */
async function publish(
  key: SignatureKey,
  { damaged }: ArchivedKeys,
  {
    plan,
    ports,
    nowMs,
  }: { readonly plan: SigningPlan; readonly ports: SigningPorts; readonly nowMs: number },
): Promise<void> {
  const { archive, log } = ports;
  const { keyId } = key;
  const facts = { plan: plan.name, tool: plan.tool, nowMs, validToMs: null };
  if ((await publishKey(archive, key, facts)) === 'published') {
    log.info({ plan: plan.name, keyId }, 'signing: public key published in the archive');
    return;
  }
  const damage = damaged.find((each) => each.key === keyRecordKey(plan.name, keyId));
  if (damage === undefined) return;
  const reason = `${damage.location}: ${damageInEnglish(damage)}`;
  log.warn({ plan: plan.name, keyId, reason }, 'signing: the record of the public key is damaged');
}
