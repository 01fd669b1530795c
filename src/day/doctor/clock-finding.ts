import { dayMs, hourMs, minuteMs } from '../../base/time-units.js';
import type { Finding } from '../../ports/finding.js';

/** OCI refuses a signature that is more than five minutes off. */
const maxSkewMs = minuteMs;
/** Answers tell their time in whole seconds, and were on their way. */
const exactToMs = 2000;

/** @param skewMs how far OCI's clock is ahead of this machine's */
export function clockFinding(skewMs: number): Finding {
  const check = 'clock';
  const off = Math.abs(skewMs);
  if (off < exactToMs) return { check, state: 'ok', words: 'right to within 2 s', advice: null };
  const words = `up to ${roundedUp(off)} ${skewMs > 0 ? 'behind' : 'ahead'}`;
  if (off <= maxSkewMs) return { check, state: 'ok', words, advice: null };
  const advice = "Set this machine's clock: OCI refuses signatures that are five minutes off.";
  return { check, state: 'warning', words, advice };
}

/** A difference never looks smaller than it is. */
export function roundedUp(ms: number): string {
  if (ms <= 2 * minuteMs) return `${Math.ceil(ms / 1000)} s`;
  if (ms <= 2 * hourMs) return `${Math.ceil(ms / minuteMs)} min`;
  return ms <= 2 * dayMs ? `${Math.ceil(ms / hourMs)} h` : `${Math.ceil(ms / dayMs)} d`;
}
