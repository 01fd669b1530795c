import type { JudgedControls } from './control-reason.js';
import type { UnjudgedResource } from './daily-report.js';
import type { FormerKnown } from './day-memory.js';
import type { ResourceCompliance } from './resource-compliance.js';

/** Something else worth knowing about a resource. */
export type ResourceNote =
  | {
      readonly code: 'copy.failed' | 'copy.without-end';
      readonly endMs: number | null;
      /** The source's own words. */
      readonly reason: string | null;
    }
  | { readonly code: 'backups.deleted'; readonly deletions: number }
  | { readonly code: 'incident.cleared' | 'incident.open'; readonly condition: string }
  | {
      /** Another resource of the same type has the same name: this one may have been recreated or failed over. */
      readonly code: 'same-name';
      readonly resourceId: string;
      readonly otherId: string;
      readonly otherSuccessMs: number | null;
    }
  | { readonly code: 'backup.made-up-for'; readonly dueDate: string }
  | {
      readonly code: 'backup.ended-after-cut-off';
      /** Epoch milliseconds. */
      readonly endMs: number;
      /** How it ended, for the sentence alone: nothing is judged by it. */
      readonly status: string;
      /** Whether the next report has it; else one after that. */
      readonly isNextDay: boolean;
    };

/** A judged resource: the report's entry before its reasons are put into words. */
export interface JudgedResource extends Omit<ResourceCompliance, 'controls' | 'findings'> {
  readonly controls: JudgedControls;
  readonly findings: readonly ResourceNote[];
  readonly byBackupType: NonNullable<ResourceCompliance['byBackupType']>;
  readonly recoveryPoints: NonNullable<ResourceCompliance['recoveryPoints']>;
}

export type UnjudgedReason =
  | {
      readonly code: 'excluded';
      /** As given by the rule. */
      readonly reason: string;
    }
  | { readonly code: 'not-in-inventory' }
  /** A volume group that no inventory lists: its members are judged, as many as are given. */
  | { readonly code: 'members-judged'; readonly members: number };

/** A resource with backup events that is not judged. */
export interface UnjudgedFacts extends Omit<UnjudgedResource, 'reason'> {
  readonly reason: UnjudgedReason;
}

export type LeavingReason =
  | { readonly code: 'left-inventory' | 'terminated' }
  | {
      readonly code: 'terminated-with';
      /** OCID of what was terminated with all that was in it. */
      readonly parentId: string;
    };

/** A resource that has left the population. */
export interface LeftResource extends FormerKnown {
  readonly reason: LeavingReason;
}
