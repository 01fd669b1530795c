import type { Incident } from '../model/incident.js';
import type { Protection } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { Outcome } from '../model/verdict.js';
import type { Demand, Due } from '../rules/due.js';
import type { ResourceHistory } from '../facts/resource-history.js';

/** All that one resource is judged by. */
export interface ControlInput {
  readonly history: ResourceHistory;
  /** As the inventory knows it; null where it does not ask. */
  readonly protection: Protection | null;
  readonly demand: Demand;
  /** The backup that is or was due last; null: none yet, as for a resource made today. */
  readonly due: Due | null;
  readonly outcome: Outcome;
  /** Open and cleared incidents of the resource. */
  readonly incidents: readonly Incident[];
  readonly day: ReportDay;
  /** From when on every event is known; nothing is known of what was before. */
  readonly knownSinceMs: number;
  /** null: not known. */
  readonly createdMs: number | null;
}
