import { sha256Hex } from '../base/digest.js';
import type { DeepReadonly } from '../base/deep-readonly.js';
import type { PeriodDay } from './period-head.js';

/** sha-256 hex of what was counted and of the days that it was counted of. */
export function periodContentDigest(
  label: string,
  countsDigest: string,
  days: DeepReadonly<Pick<PeriodDay, 'date' | 'state' | 'manifestSha256'>[]>,
): string {
  const manifests = days.map((day) => [day.date, day.state, day.manifestSha256]);
  return sha256Hex(JSON.stringify([label, countsDigest, manifests]));
}
