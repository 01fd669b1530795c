import type { VerifyKeys } from './reading/verify-keys.js';
import type { ReportStamp } from '../model/report-stamp.js';
import type { Archive } from '../ports/archive.js';
import type { ReportHead } from '../model/report-head.js';
import type { ReportKind } from '../reports/report-kind.js';
import type { Told } from './finding.js';
import type { ListedPlan, ListedRevision } from './listing/list-plan.js';
import type { TimestampReader } from './reading/timestamp-reader.js';
import type { VerifiedRevision } from './reading/verified-revision.js';

/**
 * One check. Each has a file of its own in checks/, and its place in `allChecks`. It tells what it finds, and throws only where
 * the archive itself cannot be read.
 */
export interface Check {
  readonly name: string;
  /** Called for each revision of the range that was read, in order of days and numbers. */
  ofRevision?(revision: VerifiedRevision, told: Told, context: CheckContext): void | Promise<void>;
  /** Called once, after all revisions. */
  ofPlan?(plan: PlanFacts, told: Told, context: CheckContext): void | Promise<void>;
}

export interface CheckContext {
  readonly archive: Archive;
  readonly readers: Readers;
  /** The time stamps of the plan. */
  readonly timestamps: TimestampReader;
  /** Epoch milliseconds: whether a claim has expired. */
  readonly nowMs: number;
  /** What the signatures of the plan are checked by. */
  readonly keys: VerifyKeys;
  /** The command that makes days without a report. */
  backfillCommand(from: string, to: string): string;
}

/** What is known of a plan when all revisions of the range were read. */
export interface PlanFacts {
  readonly plan: string;
  readonly listed: ListedPlan;
  readonly range: DateRange;
  /** In order of days and numbers: what links them. */
  readonly links: readonly RevisionLink[];
}

/** First and last day, both included; null: from the first, to the last that there is. */
export interface DateRange {
  readonly from: string | null;
  readonly to: string | null;
}

export function isInRange(date: string, { from, to }: DateRange): boolean {
  return (from === null || date >= from) && (to === null || date <= to);
}

/** What is kept of a revision while others are read: nothing that grows with its day. */
export interface RevisionLink extends Pick<ListedRevision, 'date' | 'revision' | 'prefix'> {
  readonly manifestKey: string;
  /** sha-256 hex of its manifest; null: it has none, or none that can be used. */
  readonly manifestSha256: string | null;
  /** null: as before, or a field of it is not what it must be. */
  readonly facts: LinkFacts | null;
  /** It has no manifest: a run is still writing it, or was stopped. */
  readonly isUnfinished: boolean;
}

/** What of a manifest links it to others. */
export interface LinkFacts {
  readonly generatedAt: string;
  readonly schemaVersion: number;
  readonly timezone: string;
  readonly isDayOver: boolean;
  readonly previousManifest: { readonly key: string; readonly sha256: string } | null;
  readonly supersedes: { readonly revision: number; readonly manifestSha256: string } | null;
  readonly unfinishedRevisions: readonly number[];
  /** It says that it is signed. */
  readonly asksForSignature: boolean;
  /** Routes by which the revision was owed to people. */
  readonly routes: readonly string[];
  /** sha-256 of files in made-by/, by what they are. */
  readonly madeBy: Readonly<Record<string, string>>;
}

/** What `verify` needs of a kind of report. */
export type VerifiedKind<R extends ReportHead = ReportHead> = Pick<
  ReportKind<R>,
  'name' | 'linesFile' | 'readReport' | 'contentDigest' | 'contentDigestVersion' | 'audit' | 'periods'
>;

/** Reads the stamp of a page or a workbook; null: it carries none. Throws for what is neither. */
export type ReadStamp = (bytes: Uint8Array) => Promise<ReportStamp | null>;

/** What is handed in, because only wiring knows it. */
export interface Readers {
  /** By the name that `report.json` has for its kind; null: it is none of this program. */
  kindOf(name: string): Promise<VerifiedKind | null>;
  readonly pageStamp: ReadStamp;
  readonly workbookStamp: ReadStamp;
}
