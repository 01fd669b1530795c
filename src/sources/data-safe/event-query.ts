import { toIso } from '../../base/instants.js';
import type { TimeWindow } from '../../model/report-day.js';

/** Events to ask for, and by which field they are sorted. */
export interface EventQuery {
  /** A filter of RFC 7644, as the service takes it. */
  readonly scimQuery: string;
}

/** What happened in a window. */
export function happenedIn({ fromMs, toMs }: TimeWindow): EventQuery {
  return { scimQuery: both(from('auditEventTime', fromMs), before('auditEventTime', toMs)) };
}

/** What happened before a window, and was collected in it: it is news of earlier days. */
export function arrivedLateIn({ fromMs, toMs }: TimeWindow): EventQuery {
  return {
    scimQuery: both(
      from('timeCollected', fromMs),
      before('timeCollected', toMs),
      before('auditEventTime', fromMs),
    ),
  };
}

/** What was collected in a window, whenever it happened. */
export function collectedIn({ fromMs, toMs }: Pick<TimeWindow, 'fromMs' | 'toMs'>): EventQuery {
  return { scimQuery: both(from('timeCollected', fromMs), before('timeCollected', toMs)) };
}

type TimeField = 'auditEventTime' | 'timeCollected';

function from(field: TimeField, ms: number): string {
  return `${field} ge "${toIso(ms)}"`;
}

function before(field: TimeField, ms: number): string {
  return `${field} lt "${toIso(ms)}"`;
}

function both(...conditions: readonly string[]): string {
  return conditions.map((each) => `(${each})`).join(' and ');
}
