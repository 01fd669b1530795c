import { Failure } from '../../errors.js';
import { createPublicKey } from 'node:crypto';
import type { SignatureKey } from '../../ports/signer.js';
import { originOf } from '../../transparency-log/checkpoint.js';
import { type NoteSigner, type OpenNoteSigner, noteKeyOf } from '../../transparency-log/signed-note.js';
import { minuteMs } from '../../base/time-units.js';
import { type SigningPlan, type SigningPorts, openSigning } from './open-signing.js';

/** So long a key that was opened is used for checkpoints: a backfill has one after the other. */
const openedForMs = minuteMs;

/**
 * Signs the checkpoints of a plan with the key that signs its reports, under the name of its log. A key that was revoked signs
 * none.
 *
 * @returns undefined: the plan does not sign
 */
export function checkpointSignerOf(plan: SigningPlan, ports: SigningPorts): OpenNoteSigner | undefined {
  if (ports.signer === undefined) return undefined;
  let opened: { readonly signer: NoteSigner; readonly atMs: number } | null = null;
  return async () => {
    const nowMs = ports.clock.nowMs();
    if (opened !== null && nowMs - opened.atMs < openedForMs) return opened.signer;
    const opening = await openSigning(plan, ports);
    if (opening?.kind !== 'ready') {
      throw new Failure('storage', opening?.reason ?? 'the plan does not sign', {
        hints: opening?.hints ?? [],
      });
    }
    opened = { signer: noteSignerOf(plan.name, opening.key), atMs: nowMs };
    return opened.signer;
  };
}

function noteSignerOf(plan: string, key: SignatureKey): NoteSigner {
  return {
    ...noteKeyOf(originOf(plan), createPublicKey(key.publicPem)),
    sign: async (bytes) => key.sign(bytes),
  };
}
