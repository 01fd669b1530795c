import { type Scalar, scalarText } from '../../../records/json.js';
import type { EventResult } from '../model/backup-event.js';
import type { JobStatus } from '../model/backup-job.js';
import type { EventType } from '../model/event-type.js';
import type { EventData, EventDetails } from './event-fields.js';
import { type ResultField, familyRules } from './families.js';

const noResult: EventResult = { status: null, state: null };

/** States as the services write them (design section 3, Oracle's event reference), in lower case. */
const statusOfState: ReadonlyMap<string, JobStatus> = new Map([
  ['active', 'SUCCEEDED'],
  ['available', 'SUCCEEDED'],
  ['operationsucceed', 'SUCCEEDED'],
  ['completedwithwarnings', 'SUCCEEDED_WITH_WARNINGS'],
  ['failed', 'FAILED'],
  ['faulty', 'FAILED'],
  ['operationfailed', 'FAILED'],
  ['canceled', 'CANCELED'],
  ['cancelled', 'CANCELED'],
  ['terminated', 'CANCELED'],
]);

/**
 * How an attempt ended. The first field of its family with a value decides; a later one that reports failure or
 * cancellation makes it worse, never better. A word that the table lacks is UNKNOWN, kept verbatim.
 */
export function readResult(type: EventType, data: EventData, details: EventDetails): EventResult {
  if (type.phase === 'begin') return readBeginning(type, data, details);
  const remains = isRemoval(type) ? stateThatRemains(data, details) : undefined;
  if (remains !== undefined) return { status: 'FAILED', state: remains };
  // File Storage sends a single event when a snapshot was created or skipped: the type is the result.
  if (type.action === 'omission') return { status: 'FAILED', state: type.meaning };
  if (type.phase === 'single' && type.catalogued)
    return failureIn(type, data, details) ?? { status: 'SUCCEEDED', state: null };

  let decided: EventResult | undefined;
  for (const field of familyRules[type.family].resultFields) {
    const state = scalarText(valueOf(field, data, details));
    if (state === undefined) continue;
    const status = statusOfState.get(state.toLowerCase());
    if (decided === undefined) {
      decided = { status: status ?? 'UNKNOWN', state };
    } else if (status === 'FAILED' && decided.status !== 'FAILED') {
      decided = { status, state };
    } else if (status === 'CANCELED' && decided.status === 'SUCCEEDED') {
      decided = { status, state };
    }
  }
  return decided ?? { status: 'UNKNOWN', state: null };
}

function isRemoval({ action }: EventType): boolean {
  return action === 'termination' || action === 'deletion';
}

const removalFields = ['lifecycleState', 'status', 'dataStatus'] as const;
const remainingWords: ReadonlySet<string> = new Set(['failed', 'active', 'available']);

/**
 * The state, in whichever field, that says FAILED, ACTIVE or AVAILABLE at the end of a termination or deletion: what was
 * to be removed is still there (design section 4). `operationFailed` is two words, `INACTIVE` is another one. `backupState`
 * is what the backup was in before, where another field says how the operation ended.
 */
function stateThatRemains(data: EventData, details: EventDetails): string | undefined {
  const told = removalFields.flatMap((field) => scalarText(valueOf(field, data, details)) ?? []);
  const states = told.length > 0 ? told : [scalarText(details.backupState) ?? ''];
  return states.find((state) => wordsOf(state).some((word) => remainingWords.has(word)));
}

function wordsOf(state: string): readonly string[] {
  const apart = state.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return apart.split(/[^a-z]+/);
}

/** A backup or a copy whose begin says that it failed will have no better end. Other begins tell of what they begin with. */
function readBeginning(type: EventType, data: EventData, details: EventDetails): EventResult {
  const isAttempt = type.action === 'backup' || type.action === 'copy';
  return (isAttempt ? failureIn(type, data, details) : null) ?? noResult;
}

/** The first word of failure; null: there is none. */
function failureIn(type: EventType, data: EventData, details: EventDetails): EventResult | null {
  for (const field of familyRules[type.family].resultFields) {
    const state = scalarText(valueOf(field, data, details));
    if (state !== undefined && statusOfState.get(state.toLowerCase()) === 'FAILED')
      return { status: 'FAILED', state };
  }
  return null;
}

function valueOf(field: ResultField, data: EventData, details: EventDetails): Scalar {
  return field === 'dataStatus' ? data.status : details[field];
}
