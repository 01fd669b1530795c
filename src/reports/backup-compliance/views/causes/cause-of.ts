import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { type ControlName, controlNames, type Outcome } from '../../model/verdict.js';
import { errorCodes } from './error-codes.js';
import { type FailureCauseId, type FailureCauseRow, failureCauseRows } from './failure-causes.js';
import { notOneSpace } from './single-spaces.js';

/** Why a resource needs attention: what made its backups fail, else its outcome, else the first control that is not met. */
export type CauseId = FailureCauseId | Outcome | ControlName;

export interface Cause {
  /** Key of the messages `cause.<id>.name` and `cause.<id>.advice`. */
  readonly id: CauseId;
  /** As `errorCodes` gives them: `RMAN-03009`, `ORA-19511`. */
  readonly codes: readonly string[];
  /** In the words of the service; null where it gave none. */
  readonly message: string | null;
}

/** Outcomes that themselves say what has to be done. */
const actionableOutcomes: ReadonlySet<Outcome> = new Set(['FAILED', 'MISSED', 'UNKNOWN', 'LATE']);

/** Enough for a stack of errors; nobody can make reading it slow with more. */
const readChars = 20_000;

/**
 * What the failed backup tells, where it tells a cause; else what the open incident of the resource tells, where its
 * backup failed; else its outcome; else its first control that is not met.
 */
export function causeOf(resource: ResourceCompliance): Cause {
  const { outcome, lastFailure, openIncident } = resource;
  if (outcome !== 'FAILED') return { id: causeWithoutFailure(resource), codes: [], message: null };
  const message = lastFailure?.message ?? null;
  const text = (message ?? '').slice(0, readChars).replace(notOneSpace, ' ');
  const codes = errorCodes(text);
  const id = toldCause(text, codes) ?? (openIncident && causeOfCondition(openIncident.condition)) ?? 'FAILED';
  return { id, codes, message };
}

interface ReadRow extends FailureCauseRow {
  readonly id: FailureCauseId;
}

const rows: readonly ReadRow[] = failureCauseRows;

/** One code tells more than words, and words tell more than a code that only says where it broke. */
function toldCause(text: string, codes: readonly string[]): FailureCauseId | undefined {
  const has = (given: readonly string[] = []): boolean => given.some((code) => codes.includes(code));
  const row =
    rows.find((each) => has(each.codes)) ??
    rows.find(({ words = [] }) => words.some((word) => word.test(text))) ??
    rows.find(({ weakCodes }) => has(weakCodes));
  return row?.id;
}

function causeOfCondition(condition: string): FailureCauseId | undefined {
  return rows.find(({ conditions = [] }) => conditions.some((each) => each.test(condition)))?.id;
}

function causeWithoutFailure({ outcome, controls }: ResourceCompliance): CauseId {
  if (actionableOutcomes.has(outcome)) return outcome;
  const first = (verdict: string): ControlName | undefined =>
    controlNames.find((control) => controls[control].verdict === verdict);
  return first('NON_COMPLIANT') ?? first('UNKNOWN') ?? outcome;
}
