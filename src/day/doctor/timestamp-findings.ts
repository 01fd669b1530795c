import { minuteMs } from '../../base/time-units.js';
import type { Finding } from '../../ports/finding.js';
import type { TimestampAuthority } from '../../ports/timestamp-authority.js';
import { roundedUp } from './clock-finding.js';

const check = 'time stamps';
/** Its answers tell whole seconds, and were on their way. */
const exactToMs = 2000;

/**
 * Asks for a time stamp that nobody keeps, and compares its time with this machine's clock.
 *
 * @throws Failure where the authority gives none, or none that can be trusted
 */
export async function timestampFindings(authority: TimestampAuthority): Promise<readonly Finding[]> {
  const { by, clockSkewMs } = await authority.stamp(
    Buffer.from('Asked for by backup-report doctor, to see whether time stamps are given.\n'),
  );
  const off = Math.abs(clockSkewMs);
  const words = `given by ${authority.location} (${by})`;
  if (off <= exactToMs) return [{ check, state: 'ok', words: `${words}, clocks agree to 2 s`, advice: null }];
  const differs = `${words}; its clock is up to ${roundedUp(off)} ${clockSkewMs > 0 ? 'ahead' : 'behind'}`;
  if (off <= minuteMs) return [{ check, state: 'ok', words: differs, advice: null }];
  const advice = "Set this machine's clock, or ask the authority: stamps say what its clock says.";
  return [{ check, state: 'warning', words: differs, advice }];
}
