import type { Protection } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { Membership } from '../facts/group-membership.js';
import type { ResourceHistory } from '../facts/resource-history.js';
import type { Incident } from '../model/incident.js';
import type { RestoreTests } from '../model/restore-test.js';
import type { Outcome } from '../model/verdict.js';
import type { Demand, Due } from '../rules/due.js';

/** Everything that one resource is judged by. */
export interface ControlInput {
  readonly history: ResourceHistory;
  /** According to the inventory; null if it does not look this up. */
  readonly protection: Protection | null;
  readonly demand: Demand;
  /** The backup that is or was due last; null: none yet, as for a resource created today. */
  readonly due: Due | null;
  readonly outcome: Outcome;
  /** Whether the backup that was due last, on an earlier day, has not been made by the cut-off. */
  readonly isLate: boolean;
  /** Open and cleared incidents of the resource. */
  readonly incidents: readonly Incident[];
  readonly day: ReportDay;
  /** Since when every event is known; nothing earlier is known. */
  readonly knownSinceMs: number;
  /** Whether backups were deleted that day of which nobody knows whose they were. */
  readonly hasUnownedDeletions: boolean;
  /** What was attested before the cut-off. */
  readonly restoreTests: RestoreTests;
  /** null: unknown. */
  readonly createdMs: number | null;
  /** It was created then or later. */
  readonly mayBeYounger: boolean;
  /** The volume group through which it is backed up: the history has its backups, too. */
  readonly group: Pick<Membership, 'groupId' | 'groupName'> | null;
}
