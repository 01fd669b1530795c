import { type ControlName, controlNames } from '../model/verdict.js';
import type { CountedDay, CountedResource } from './counted-day.js';
import type { PeriodReport } from './period-report.js';

/** Of each control, the resource-days that it applied to. */
export interface ControlTallies {
  addDay(resources: readonly CountedResource[], status: CountedDay['status'] | 'MISSING'): void;
  rows(): PeriodReport['controls'];
}

type Counts = { met: number; notMet: number; unknown: number };

/**
 * As resource-days are counted: on an INCOMPLETE day what is not met stays, all else is unknown; on a missing day all that
 * applied to the population before it is unknown.
 */
export function openControlTallies(): ControlTallies {
  const tallies = new Map<ControlName, Counts>();
  return {
    addDay(resources, status) {
      for (const { controls } of resources) {
        for (const name of controlNames) {
          const counted = countedAs(controls?.[name]?.verdict, status);
          if (counted === null) continue;
          const counts = tallies.get(name) ?? { met: 0, notMet: 0, unknown: 0 };
          counts[counted] += 1;
          tallies.set(name, counts);
        }
      }
    },
    rows: () =>
      controlNames.flatMap((control) => {
        const counts = tallies.get(control);
        if (counts === undefined) return [];
        return [{ control, applicable: counts.met + counts.notMet + counts.unknown, ...counts }];
      }),
  };
}

/** null: it did not apply, or the day does not say. */
function countedAs(
  verdict: string | undefined,
  status: CountedDay['status'] | 'MISSING',
): keyof Counts | null {
  if (verdict === undefined || verdict === 'NOT_APPLICABLE') return null;
  if (status === 'MISSING') return 'unknown';
  if (verdict === 'NON_COMPLIANT') return 'notMet';
  return verdict === 'COMPLIANT' && status === 'COMPLETE' ? 'met' : 'unknown';
}
