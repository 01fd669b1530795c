import type { ControlResult } from '../../model/resource-compliance.js';

/** A control's result without its verdict. */
export type ControlWords = Omit<ControlResult, 'verdict'>;

/** Nothing was measured and nothing is demanded. */
export function reasonAlone(reason: string): ControlWords {
  return { reason, measured: null, threshold: null, demandedBy: null };
}
