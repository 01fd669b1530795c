import type { BackupChange } from './backup-change.js';
import type { JobStatus } from './backup-job.js';

/** How something that was done ended. */
export type ChangeState =
  | {
      readonly code: 'quoted';
      /** The source's own word; null: none. */
      readonly state: string | null;
    }
  | { readonly code: 'restore'; readonly status: JobStatus };

export type ChangeDetail =
  | { readonly code: 'begun' }
  | {
      readonly code: 'ended';
      /** The source's own words. */
      readonly message: string | null;
      /** How old a backup was when it was deleted; null for other changes, and where that is not known. */
      readonly deletedAgeMs: number | null;
    };

/** A change as the events tell it, before anything of it is in words. */
export interface ObservedChange extends Omit<BackupChange, 'state' | 'detail'> {
  readonly state: ChangeState;
  readonly detail: ChangeDetail;
}
