import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { type ControlName, controlNames, type Outcome } from '../../model/verdict.js';
import { type FailureCauseId, failureCauseRows } from './failure-causes.js';

/** Why a resource needs attention: what made its backups fail, else its outcome, else the first control that is not met. */
export type CauseId = FailureCauseId | Outcome | ControlName;

export interface Cause {
  /** Key of the messages `cause.<id>.name` and `cause.<id>.advice`. */
  readonly id: CauseId;
  /** As the service wrote them, each once, in their order: `RMAN-03009`, `ORA-19511`. */
  readonly codes: readonly string[];
  /** In the words of the service; null where it gave none. */
  readonly message: string | null;
}

/** Outcomes that themselves say what has to be done. */
const actionableOutcomes: ReadonlySet<Outcome> = new Set(['FAILED', 'MISSED', 'UNKNOWN', 'LATE']);

export function causeOf(resource: ResourceCompliance): Cause {
  const { outcome, lastFailure } = resource;
  const failed = outcome === 'FAILED';
  const message = failed ? (lastFailure?.message ?? null) : null;
  const codes = message === null ? [] : codesIn(message);
  return { id: failureCause(message, codes) ?? causeWithoutFailure(resource), codes, message };
}

function failureCause(message: string | null, codes: readonly string[]): FailureCauseId | null {
  if (message === null) return null;
  const row = failureCauseRows.find(
    (each) =>
      each.codes.some((code) => codes.includes(code)) || each.words.some((words) => words.test(message)),
  );
  return row?.id ?? null;
}

function causeWithoutFailure({ outcome, controls }: ResourceCompliance): CauseId {
  if (actionableOutcomes.has(outcome)) return outcome;
  const first = (verdict: string): ControlName | undefined =>
    controlNames.find((control) => controls[control].verdict === verdict);
  return first('NON_COMPLIANT') ?? first('UNKNOWN') ?? outcome;
}

function codesIn(message: string): string[] {
  return [...new Set(message.match(/\b(?:ORA|RMAN|SBT|KBHS|DCS|DBT|NNL)-\d{4,5}\b/g) ?? [])];
}
