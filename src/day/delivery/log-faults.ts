import type { LogStanding } from '../log/keep-log.js';
import type { Deliveries } from './deliver-report.js';

/** What is wrong with the log of a plan, and what to do next. */
export type LogFaults = Pick<LogStanding, 'faults' | 'hints'>;

/** The deliveries, with what is wrong with the log: each fault once. */
export function withLogFaults<T extends Deliveries>(deliveries: T, { faults, hints = [] }: LogFaults): T {
  if (faults.length === 0) return deliveries;
  const { logFaults } = deliveries;
  const all = {
    faults: [...new Set([...(logFaults?.faults ?? []), ...faults])],
    hints: [...new Set([...(logFaults?.hints ?? []), ...hints])],
  };
  return { ...deliveries, logFaults: all };
}
