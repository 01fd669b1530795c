import type { AttestationFault } from '../../../model/attestation.js';
import type { Match } from './match.js';
import type { WaiverRule } from './policy.js';

/**
 * Why a resource that the inventory no longer names is judged all the same: an earlier revision of the day judged it, it
 * has an attempt of the day or an open incident, or the day is made late.
 */
export type KeptBecause = 'judged-before' | 'attempt' | 'incident' | 'made-late';

/** Something that a person should act on, before it is put into words. Instants in epoch milliseconds, dates civil. */
export type JudgedFinding =
  | { readonly kind: 'policy-matches-nothing'; readonly policy: string; readonly match: Match }
  | {
      readonly kind: 'policy-shadowed';
      readonly policy: string;
      readonly matched: number;
      /** Names of the earlier policies that apply to its resources instead, in their order. */
      readonly shadowedBy: readonly string[];
    }
  | { readonly kind: 'exclude-matches-nothing'; readonly reason: string; readonly match: Match }
  | { readonly kind: 'recipients-match-nothing'; readonly recipients: string; readonly match: Match }
  | { readonly kind: 'waiver-expired'; readonly waiver: WaiverRule; readonly daysAgo: number }
  | { readonly kind: 'waiver-matches-nothing'; readonly waiver: WaiverRule }
  | {
      readonly kind: 'waiver-expiring';
      readonly waiver: WaiverRule;
      /** 0: the report day is its last. */
      readonly daysLeft: number;
      readonly matched: number;
    }
  | {
      readonly kind: 'waiver-over-broad';
      readonly waiver: WaiverRule;
      readonly matched: number;
      readonly expected: number;
      /** Fraction of the expected resources, 0 to 1. */
      readonly maxShare: number;
    }
  | {
      readonly kind: 'left-inventory';
      readonly resourceName: string;
      readonly resourceType: string;
      /** Date of the last report that judged it. */
      readonly lastDate: string;
    }
  | {
      /** Events of the day, or what was known before, have a name that two or more resources are known by. */
      readonly kind: 'name-undecided' | 'name-given-up';
      readonly resourceName: string;
      /** Their ids, sorted. */
      readonly candidates: readonly string[];
    }
  | {
      /** Settings of the backups of somebody who is not known were changed. */
      readonly kind: 'setting-unmatched';
      readonly resourceName: string;
      /** Oracle's display name of what was done. */
      readonly what: string;
    }
  | {
      /** The inventory names a volume group by a name that two or more have. */
      readonly kind: 'group-undecided';
      readonly resourceName: string;
      /** Their ids, sorted. */
      readonly candidates: readonly string[];
    }
  | { readonly kind: 'group-unknown'; readonly resourceName: string }
  | { readonly kind: 'notice-unmatched'; readonly resourceName: string; readonly condition: string }
  | {
      readonly kind: 'event-id-shared';
      /** Name of the source. */
      readonly source: string;
      /** Facts whose event id another fact has, too. */
      readonly records: number;
      /** The first of these ids, sorted. */
      readonly eventIds: readonly string[];
    }
  | {
      /** Two rows of a job that are equally new say that it ended, and each another way. */
      readonly kind: 'job-conflict';
      readonly resourceName: string;
      readonly jobId: string;
      /** What they say, verbatim, sorted. */
      readonly states: readonly string[];
    }
  | {
      readonly kind: 'kept-unlisted';
      readonly resourceName: string;
      readonly resourceType: string;
      readonly because: KeptBecause;
    }
  | {
      /** Backups that were deleted, and of which nobody knows whose they were. */
      readonly kind: 'deletion-unmatched';
      readonly deletions: number;
      /** Their ids, sorted. */
      readonly backupIds: readonly string[];
    }
  | {
      /** A source of earlier reports is not configured under that name. */
      readonly kind: 'source-gone';
      readonly source: string;
      /** Resources that are due, of which nothing was heard, and that it told of last. */
      readonly resources: number;
    }
  | {
      /** The report was made while late records may still come. */
      readonly kind: 'not-settled';
      /** When the settle delay is over. */
      readonly settlesMs: number;
    }
  | {
      /** The inventory says that it was created later. */
      readonly kind: 'attempt-before-created';
      readonly resourceName: string;
      readonly resourceType: string;
      readonly createdMs: number;
      /** An attempt or a notice of before. */
      readonly seenMs: number;
    }
  | { readonly kind: 'attempt-given-up'; readonly resourceName: string; readonly beganMs: number }
  | {
      /** Somebody attested it, and no later test that passed. */
      readonly kind: 'restore-test-failed';
      readonly resourceName: string;
      readonly resourceType: string;
      readonly testedMs: number;
      readonly by: string;
      readonly ticket: string;
    }
  | {
      /** A file of `attestations/` counts for nothing. */
      readonly kind: 'attestation-refused';
      readonly name: string;
      readonly fault: AttestationFault;
    }
  | {
      /** Events that are not about backups name a type of backup event in their text. */
      readonly kind: 'ignored-names-backup';
      /** The one with the most events, and a type that it names. */
      readonly eventType: string;
      readonly names: string;
      /** How many types of ignored events do so. */
      readonly types: number;
    };
