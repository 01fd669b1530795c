import type { DailyReport } from '../reports/backup-compliance/model/daily-report.js';
import { reportVerdict } from '../reports/backup-compliance/model/report-verdict.js';
import type {
  ControlResult,
  ResourceCompliance,
} from '../reports/backup-compliance/model/resource-compliance.js';
import { type ControlName, type Verdict, controlNames } from '../reports/backup-compliance/model/verdict.js';
import { type ReportedDay, whyIncomplete } from './interchange-day.js';

/** What a document may say: only `pass` is ever satisfied. */
export type ClaimState = 'pass' | 'fail' | 'unknown';

/** What a report says of one resource and one control that is demanded of it. */
export interface Claim {
  readonly resource: ResourceCompliance;
  readonly control: ControlName;
  readonly result: ControlResult;
  readonly state: ClaimState;
  /** Bad, and a waiver holds: it stays bad. */
  readonly isWaived: boolean;
  /** The report's reason, and why it is unknown although it was met. */
  readonly reasons: readonly string[];
}

/**
 * Unknown is never good: what was met in a report that did not see everything is unknown, because something that it did not
 * see may say otherwise. null: nothing is demanded.
 */
export function claimState(verdict: Verdict, isComplete: boolean): ClaimState | null {
  switch (verdict) {
    case 'COMPLIANT':
      return isComplete ? 'pass' : 'unknown';
    case 'NON_COMPLIANT':
      return 'fail';
    case 'UNKNOWN':
      return 'unknown';
    case 'NOT_APPLICABLE':
      return null;
  }
}

/** Every control that is demanded of the resource, in the order of controls. */
export function claimsOfResource(day: ReportedDay, resource: ResourceCompliance): readonly Claim[] {
  const incomplete = whyIncomplete(day);
  const claims: Claim[] = [];
  for (const control of controlNames) {
    const result = resource.controls[control];
    const state = claimState(result.verdict, incomplete === null);
    if (state === null) continue;
    const isDoubted = result.verdict === 'COMPLIANT' && incomplete !== null;
    const reasons = isDoubted ? [result.reason, incomplete] : [result.reason];
    claims.push({
      resource,
      control,
      result,
      state,
      isWaived: result.verdict !== 'COMPLIANT' && resource.waiver !== null,
      reasons,
    });
  }
  return claims;
}

/** What the report says of the whole day. */
export function stateOfDay(report: DailyReport): ClaimState {
  const verdict = reportVerdict(report);
  if (verdict === 'COMPLIANT') return 'pass';
  return report.totals.nonCompliant > 0 ? 'fail' : 'unknown';
}

/** The worst of them; null: there is none. */
export function worstState(states: readonly (ClaimState | null)[]): ClaimState | null {
  for (const state of ['fail', 'unknown', 'pass'] as const) if (states.includes(state)) return state;
  return null;
}
