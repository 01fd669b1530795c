import { minuteMs } from '../base/time-units.js';
import type { Clock } from '../ports/clock.js';
import type { Signer, SignatureKey } from '../ports/signer.js';

/** A backfill of many days does not wait for a service anew with each of them. */
const rememberedFailureMs = 5 * minuteMs;

/** A signer that is asked once: its key stays in memory, and a failure is thrown again for five minutes. */
export function rememberSigner({ location, open }: Signer, clock: Pick<Clock, 'nowMs'>): Signer {
  let opening: Promise<SignatureKey> | null = null;
  let failedMs: number | null = null;
  return {
    location,
    open: () => {
      if (failedMs !== null && clock.nowMs() - failedMs >= rememberedFailureMs) opening = failedMs = null;
      opening ??= open().catch((error: unknown) => {
        failedMs = clock.nowMs();
        throw error;
      });
      return opening;
    },
  };
}
