import type { BackupChange } from './backup-change.js';
import type { SettingChange } from './backup-settings.js';
import type { JobStatus } from './backup-job.js';

/** The result of an operation. */
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
      /** Age of a backup when it was deleted; null for other changes, or if unknown. */
      readonly deletedAgeMs: number | null;
    };

/** A change as the events report it, before it is put into words. */
export interface ObservedChange extends Omit<
  BackupChange,
  'state' | 'detail' | 'from' | 'to' | 'consequence'
> {
  readonly state: ChangeState;
  readonly detail: ChangeDetail;
  /** What it changed, where it is an update of settings in effect. */
  readonly setting?: SettingChange;
}
