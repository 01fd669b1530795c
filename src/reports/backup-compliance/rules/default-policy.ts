import { hourMs } from '../../../base/time-units.js';
import type { Policy } from '../model/policy.js';

/**
 * What is demanded where no policy matches (design section 4): daily, at most 26 h old, at most 12 h long. If a backup
 * policy assigned in OCI has another schedule, no backup is due on other days; the age is demanded all the same.
 */
export const defaultPolicy: Policy = {
  name: 'default',
  isDefault: true,
  cadence: null,
  maxAgeMs: 26 * hourMs,
  maxDurationMs: 12 * hourMs,
  minRetentionMs: null,
  maxRestoreAgeMs: null,
  severity: 'medium',
  owner: null,
};
