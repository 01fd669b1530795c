import type { DeepReadonly } from '../../base/deep-readonly.js';
import type { ArchiveDamage } from '../../model/archive-damage.js';
import type { ControlTotals } from '../../model/control-totals.js';
import type { ArtefactEntry } from '../../model/manifest.js';
import type { ReportStamp, StampedReport } from '../../model/report-stamp.js';
import type { ReportHead } from '../../model/report-head.js';
import type { CommittedRevision } from '../../day/revisions/read-revisions.js';
import type { ListedRevision } from '../listing/list-plan.js';
import type { ManifestFields } from './manifest-fields.js';

/**
 * All that was read of a revision: each file once. Nothing in it grows with its lines, so the checks are comparisons of small
 * values.
 */
export interface VerifiedRevision extends Pick<ListedRevision, 'date' | 'revision' | 'prefix' | 'files'> {
  readonly plan: string;
  readonly manifestKey: string;
  /** null: it has no manifest, or none that can be used. */
  readonly committed: CommittedRevision | null;
  /** Why the manifest cannot be used; null: it can, or there is none. */
  readonly damage: ArchiveDamage | null;
  /** null: as `committed`, or a field of it is not what it must be. */
  readonly fields: ManifestFields | null;
  /** What that field is; null: all are right. */
  readonly fieldsFault: string | null;
  /** Each that the manifest names, in its order. */
  readonly artefacts: readonly ArtefactFacts[];
  /** null: it is not whole, or not readable. */
  readonly report: ReportFacts | null;
  /** Why a report with the right bytes cannot be read; null: it can. */
  readonly reportFault: string | null;
  readonly lines: readonly LinesFacts[];
  /** null: there is none that is whole. */
  readonly evidence: EvidenceFacts | null;
  readonly stamps: readonly StampFacts[];
}

export interface ArtefactFacts {
  readonly entry: ArtefactEntry;
  readonly key: string;
  /** unsafe: its name leads elsewhere, and nothing was read. */
  readonly state: 'whole' | 'altered' | 'missing' | 'unreadable' | 'unsafe';
  /** What is wrong; empty for a whole one. */
  readonly words: string;
}

export interface ReportFacts {
  readonly head: StampedReport & DeepReadonly<Pick<ReportHead, 'controlTotals' | 'sources'>>;
  /** Name of its kind. */
  readonly kind: string;
  /** Whether a kind of this program can compare what only it knows. */
  readonly isKnownKind: boolean;
  /** Version of the content digest that this program computes; null: the kind is none of it. */
  readonly digestVersion: number | null;
  /** The content digest as recomputed; null: another version of the digest, or its lines are not whole. */
  readonly contentDigest: string | null;
  /** Sums that do not add up, one sentence each. */
  readonly imbalances: readonly string[];
}

/** A gzipped file of lines. */
export interface LinesFacts {
  readonly key: string;
  /** sha-256 hex of its content; null: it cannot be unpacked. */
  readonly contentSha256: string | null;
  /** As the manifest has it; null: it does not say. */
  readonly expectedSha256: string | null;
  /** Why it cannot be read; null: it can. */
  readonly fault: string | null;
  /** Where it contradicts the report, one sentence each. */
  readonly differences: readonly string[];
}

/** What the lines of the evidence add up to. */
export interface EvidenceFacts {
  readonly key: string;
  readonly totals: ControlTotals;
  /** Records by the name of their source. */
  readonly bySource: ReadonlyMap<string, number>;
}

/** What a page or a workbook says of itself. */
export interface StampFacts {
  readonly key: string;
  readonly name: string;
  /** null: it carries nothing. */
  readonly stamp: ReportStamp | null;
  /** Why it cannot be read; null: it can. */
  readonly fault: string | null;
}
