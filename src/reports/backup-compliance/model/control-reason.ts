import type { Cadence } from '../../../model/cadence.js';
import type { SettingKind } from './backup-settings.js';
import type { Policy } from './policy.js';
import type { ControlName, Verdict } from './verdict.js';

/** Whose demand a measurement is compared with. */
export type PolicyName = Pick<Policy, 'name' | 'isDefault'>;

/** How often a backup is demanded, and by whom. */
export interface DemandedCadence {
  readonly policy: PolicyName;
  readonly cadence: Pick<Cadence, 'words'>;
  /** Whether the cadence was assigned in OCI rather than set by the policy. */
  readonly isAssigned: boolean;
}

/** How the last failed attempt of a day ended. */
export interface AttemptFailure {
  readonly status: 'FAILED' | 'CANCELED';
  readonly endMs: number | null;
  /** The source's own words. */
  readonly message: string | null;
  /** Of a volume that is backed up through a group: whose attempt it was. */
  readonly attemptOf?: 'group' | 'volume';
}

/*
 * Why a control has its verdict: a code with its values. Durations and ages are in milliseconds, instants in epoch
 * milliseconds, dates civil (`2026-11-19`). The sentences are made in document/sentences.
 */

export type RecoveryPointReason =
  | {
      readonly code: 'recovery-point.young-enough' | 'recovery-point.too-old';
      /** End of the newest backup that is there. */
      readonly lastSuccessMs: number;
      readonly ageMs: number;
      readonly limitMs: number;
      readonly policy: PolicyName;
      /** How many newer ones are known that were deleted or have expired. */
      readonly newerGone: number;
    }
  | {
      readonly code: 'recovery-point.resource-is-new';
      readonly createdMs: number;
      /** It was created then or later. */
      readonly mayBeYounger: boolean;
      readonly limitMs: number;
      readonly policy: PolicyName;
    }
  | {
      readonly code: 'recovery-point.may-be-earlier' | 'recovery-point.none-seen';
      readonly knownSinceMs: number;
      readonly limitMs: number;
      readonly policy: PolicyName;
    }
  | {
      /** All backups that are known were deleted or have expired; an earlier one may be there. */
      readonly code: 'recovery-point.all-gone' | 'recovery-point.gone-may-be-earlier';
      readonly gone: number;
      readonly knownSinceMs: number;
      readonly limitMs: number;
      readonly policy: PolicyName;
    }
  | {
      /** Everything since the creation is known. */
      readonly code: 'recovery-point.none-since-creation';
      readonly createdMs: number;
      readonly mayBeYounger: boolean;
      readonly limitMs: number;
      readonly policy: PolicyName;
    };

/** Common to all reasons of backup-succeeded. */
interface AttemptedBackups {
  readonly attempts: number;
  readonly demand: DemandedCadence;
  /** Name of the volume group through which it is backed up. */
  readonly throughGroup?: string;
  /** Its cloud tells of most jobs when they have ended: one that is not seen may be running. */
  readonly isToldAtEnd?: true;
}

export type BackupReason = AttemptedBackups &
  (
    | { readonly code: 'backup.failed'; readonly failure: AttemptFailure | null }
    | { readonly code: 'backup.missed-today' }
    | { readonly code: 'backup.missed' | 'backup.late' | 'backup.late-and-running'; readonly dueDate: string }
    | { readonly code: 'backup.of-unknown-type'; readonly eventType: string }
    | { readonly code: 'backup.without-end'; readonly beganMs: number }
    | { readonly code: 'backup.without-state' }
    | { readonly code: 'backup.of-undecided-name'; readonly name: string }
    | { readonly code: 'backup.of-unknown-state'; readonly state: string }
    /** Without an end by the cut-off; null: when it began is not known. */
    | { readonly code: 'backup.running'; readonly beganMs: number | null }
    | {
        readonly code:
          | 'backup.succeeded-and-running'
          | 'backup.recovered'
          | 'backup.succeeded-with-warnings'
          /** Another attempt of the day had none. */
          | 'backup.succeeded-some-with-warnings'
          | 'backup.succeeded';
        /** How many of the attempts were canceled. */
        readonly canceled: number;
      }
    | { readonly code: 'backup.not-due' }
    | { readonly code: 'backup.resource-is-new'; readonly createdMs: number; readonly mayBeYounger: boolean }
  );

/** Attempts whose events name no resource. */
export interface UnattributedBackupReason {
  readonly code: 'unattributed.failed' | 'unattributed.made';
}

export type OpenIncidentReason =
  | { readonly code: 'incident.open'; readonly condition: string; readonly sinceMs: number }
  | { readonly code: 'incident.none-open' }
  | { readonly code: 'incident.not-reported' }
  /** Most alerts of Azure never come into the tables that are read. */
  | { readonly code: 'incident.no-alert-read' };

export type RetentionReason =
  | { readonly code: 'retention.not-demanded'; readonly days: number | null; readonly policy: PolicyName }
  | { readonly code: 'retention.unknown'; readonly limitMs: number; readonly policy: PolicyName }
  | {
      readonly code: 'retention.long-enough' | 'retention.too-short';
      readonly days: number;
      readonly limitMs: number;
      readonly policy: PolicyName;
    };

export type ProtectionReason =
  | {
      readonly code: 'protection.unknown' | 'protection.on' | 'protection.off';
      /** In the inventory's words. */
      readonly means: string;
    }
  | { readonly code: 'protection.untold' }
  | {
      readonly code: 'protection.switched-on' | 'protection.switched-off';
      /** By what; instant in epoch milliseconds. */
      readonly kind: SettingKind;
      readonly sinceMs: number;
    }
  | { readonly code: 'protection.automatic' | 'protection.not-automatic' };

export type DurationReason = { readonly limitMs: number; readonly policy: PolicyName } & (
  | { readonly code: 'duration.unknown' }
  | { readonly code: 'duration.short-enough' | 'duration.too-long'; readonly longestMs: number }
);

export type DeletionReason =
  | { readonly code: 'deletion.none' }
  /** Backups were deleted of which nobody knows whose they were. */
  | { readonly code: 'deletion.none-known' }
  | { readonly code: 'deletion.of-unsuccessful'; readonly deletions: number }
  | { readonly code: 'deletion.no-retention-known'; readonly deletions: number }
  | ({
      readonly deletions: number;
      readonly retentionMs: number;
      /** null: the retention is the resource's own setting. */
      readonly policy: PolicyName | null;
    } & (
      | { readonly code: 'deletion.too-early'; readonly deletedMs: number; readonly ageMs: number }
      /**
       * which-unknown: the event names no backup. perhaps-own: it names no resource, and the backup may be one of these.
       * perhaps-made: how the backup had ended is not known.
       */
      | {
          readonly code:
            | 'deletion.age-unknown'
            | 'deletion.which-unknown'
            | 'deletion.perhaps-own'
            | 'deletion.perhaps-made'
            | 'deletion.in-time';
        }
    ));

/** A restore that counts, and its age at the cut-off. */
export interface SeenRestore {
  /** When it ended, or the test of it did. */
  readonly endMs: number;
  readonly ageMs: number;
  /** Who proved its contents; null: an event says that it ended, and nobody says what was in it. */
  readonly attested: AttestedTest | null;
}

/** What an attested test is known by. */
export interface AttestedTest {
  readonly by: string;
  readonly ticket: string;
  readonly isSigned: boolean;
}

/** A restore test that failed, and that no later one that passed answers. */
export interface FailedTest extends AttestedTest {
  readonly testedMs: number;
  readonly ageMs: number;
}

export type RestoreReason = { readonly policy: PolicyName } & (
  | {
      readonly code: 'restore.not-demanded';
      readonly lastRestore: SeenRestore | null;
      readonly failedTest: FailedTest | null;
    }
  | {
      readonly code: 'restore.test-failed';
      readonly lastRestore: SeenRestore | null;
      readonly failedTest: FailedTest;
      readonly limitMs: number;
    }
  | {
      readonly code: 'restore.recent-enough' | 'restore.too-old';
      readonly lastRestore: SeenRestore;
      readonly limitMs: number;
    }
  | { readonly code: 'restore.may-be-earlier'; readonly knownSinceMs: number; readonly limitMs: number }
  | { readonly code: 'restore.none-seen'; readonly limitMs: number }
);

/** Why nothing is demanded of a resource that day, whatever the control. */
export type NotJudgedReason =
  | { readonly code: 'not-judged.terminated'; readonly terminatedMs: number }
  | { readonly code: 'not-judged.unattributed' };

interface ReasonOfControl {
  readonly 'recovery-point-age': RecoveryPointReason;
  readonly 'backup-succeeded': BackupReason | UnattributedBackupReason;
  readonly 'no-open-incident': OpenIncidentReason;
  readonly retention: RetentionReason;
  readonly 'protection-enabled': ProtectionReason;
  readonly duration: DurationReason;
  readonly 'no-early-deletion': DeletionReason;
  readonly 'restore-tested': RestoreReason;
}

/** What a control found: verdict and reason in one object, because there are many of them. */
export type JudgedControl<Reason> = Reason & { readonly verdict: Verdict };

export type JudgedControls = {
  readonly [Control in ControlName]: JudgedControl<ReasonOfControl[Control]> | JudgedControl<NotJudgedReason>;
};
