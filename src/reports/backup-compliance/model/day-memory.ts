import type { SourcePulse } from '../../../model/pulse.js';
import type { TrendDay, FormerResource, Transition } from './daily-report.js';
import type { Incident } from './incident.js';
import type { LifeCycle } from './life-cycle.js';
import type { PointsByResource } from './recovery-point.js';
import type { GroupMembership, LastFailure, LastKnown } from './resource-compliance.js';
import type { RunningAttempt } from './running-attempt.js';
import type { FormerFacts } from './unjudged-resource.js';
import type { Outcome, Verdict } from './verdict.js';

/** What one day passes on to the next: read from the archived report, or empty. Instants in epoch milliseconds. */
export interface DayMemory {
  /** The day of that report. */
  readonly date: string;
  readonly cutOffMs: number;
  /** Zone of that day; absent: that of the day judged. */
  readonly timezone?: string;
  /** Since when every event is known, without a gap. */
  readonly knownSinceMs: number;
  /** Where the next reading continues: the cut-off, or earlier if a source could not be read completely. */
  readonly resumeMs: number;
  readonly resources: ReadonlyMap<string, RememberedResource>;
  /** The backups that are known, also of resources that have left. */
  readonly points: PointsByResource;
  /** Open at the cut-off. */
  readonly incidents: readonly Incident[];
  readonly running: readonly RunningAttempt[];
  readonly former: ReadonlyMap<string, FormerKnown>;
  /** Of OCIDs that are no resource; missing: of none. */
  readonly lives?: readonly LifeCycle[];
  /** Oldest first; the last is the day itself. */
  readonly trend: readonly TrendDay[];
  /** How much each source told on the days before, by its name; absent or without it: not known. */
  readonly pulses?: ReadonlyMap<string, SourcePulse>;
}

/** A resource that has left. */
export interface FormerKnown extends Omit<FormerResource, 'reason'> {
  /** What was known of it; missing where it was not terminated, and in archives of 0.1. */
  readonly before?: FormerFacts;
}

/** A resource as a report knew it. */
export interface RememberedResource {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  readonly compartmentId: string | null;
  readonly compartmentName: string | null;
  readonly owner: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly lastSuccessMs: number | null;
  readonly lastFailure: LastFailure | null;
  readonly lastRestoreMs: number | null;
  readonly lastKnown: LastKnown;
  /** Null or missing: in no volume group, as far as that report knew. */
  readonly volumeGroup?: GroupMembership | null;
  /** null: not judged, but excluded or not in the inventory. */
  readonly standing: Standing | null;
}

export interface Standing {
  readonly outcome: Outcome;
  readonly compliance: Verdict;
  /** Why it is bad, for the list of resolved resources; empty for a day without a report. */
  readonly words: Transition['words'];
  readonly consecutiveBadDays: number;
  readonly badSince: string | null;
  readonly recentOutcomes: readonly (Outcome | null)[];
  readonly firstReported: string;
}
