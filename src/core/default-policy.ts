import type { Policy } from '../model/policy.js';

const hourMs = 60 * 60 * 1000;

/** What is demanded where no policy matches: daily, at most 26 h old, at most 12 h long (design section 4). */
export const defaultPolicy: Policy = {
  name: 'default',
  isDefault: true,
  maxAgeMs: 26 * hourMs,
  maxDurationMs: 12 * hourMs,
  minRetentionMs: null,
};
