import type { PeriodReport } from './period-report.js';

/** Least attainment in percent, as the configuration demands it. null: no target is set. */
export interface PeriodTargets {
  readonly plan: number | null;
  /** Policies with a target of their own, by name. */
  readonly ofPolicy: ReadonlyMap<string, number>;
}

export const noTargets: PeriodTargets = { plan: null, ofPolicy: new Map() };

/** Those that a report was made by. */
export function targetsIn({ totals, policies }: Pick<PeriodReport, 'totals' | 'policies'>): PeriodTargets {
  const ofPolicy = policies.flatMap(({ policy, target }) =>
    target === null ? [] : [[policy, target] as const],
  );
  return { plan: totals.target, ofPolicy: new Map(ofPolicy) };
}

export type TargetState = 'reached' | 'missed';

/**
 * Whether met of expected is at least the target, without rounding. null: there is no target, or nothing was expected.
 *
 * @param target in percent
 */
export function targetStateOf(
  { met, expected }: { readonly met: number; readonly expected: number },
  target: number | null,
): TargetState | null {
  if (target === null || expected === 0) return null;
  // In thousandths of a percent both sides are whole numbers, as far as a configuration writes them.
  return met * 100_000 >= Math.round(target * 1000) * expected ? 'reached' : 'missed';
}
