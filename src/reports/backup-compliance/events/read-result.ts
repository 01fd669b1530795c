import type { EventResult } from '../model/backup-event.js';
import type { JobStatus } from '../model/backup-job.js';
import type { ResultField } from './families.js';
import { textOf } from '../../../records/event-schema.js';

/** States as the services write them (design section 3, Oracle's event references), in lower case. */
const statusOfState: Readonly<Record<string, JobStatus>> = {
  active: 'SUCCEEDED',
  available: 'SUCCEEDED',
  operationsucceed: 'SUCCEEDED',
  completedwithwarnings: 'SUCCEEDED_WITH_WARNINGS',
  failed: 'FAILED',
  faulty: 'FAILED',
  operationfailed: 'FAILED',
  canceled: 'CANCELED',
  cancelled: 'CANCELED',
  terminated: 'CANCELED',
};

type Scalar = string | number | boolean | null | undefined;

/**
 * How an attempt ended. The first field that says anything decides; a later one that tells of failure or
 * cancellation makes it worse, never better. A word that the table does not know is UNKNOWN, verbatim.
 */
export function readResult(
  fields: Readonly<Record<ResultField, Scalar>>,
  order: readonly ResultField[],
): EventResult {
  let decided: EventResult | undefined;
  for (const field of order) {
    const state = textOf(fields[field]);
    if (state === undefined) continue;
    const status = statusOfState[state.toLowerCase()];
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
