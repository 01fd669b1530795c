import type { ControlTotals } from './control-totals.js';

/** One file that belongs to a revision. */
export interface ArtefactEntry {
  readonly name: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly mediaType: string;
}

/** One request that a source made: a file read, a query page run. */
export interface SourceRequest {
  readonly [field: string]: string | number | boolean | null;
}

export interface ManifestSource {
  readonly name: string;
  readonly type: string;
  readonly request: string;
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly complete: boolean;
  readonly controlTotals: ControlTotals;
  readonly requests: readonly SourceRequest[];
}

/** Why a revision replaces another, and what is different in it. */
export interface Superseding {
  readonly revision: number;
  readonly manifestSha256: string;
  /** In words: late events, another configuration, … */
  readonly reason: string;
  /** At most 100 of them, worst first. */
  readonly changes: readonly RevisionChange[];
  /** How many there are. */
  readonly changesTotal: number;
}

export interface RevisionChange {
  readonly kind: 'status' | 'resource' | 'jobs' | 'incident' | 'finding' | 'other';
  /** Name of the resource, or what it is about. */
  readonly subject: string;
  /** `MISSED → SUCCEEDED` */
  readonly words: string;
}

/** manifest.json: the commit record of one archived revision. A revision exists when its manifest does. */
export interface Manifest {
  readonly schemaVersion: 1;
  readonly plan: string;
  readonly date: string;
  readonly timezone: string;
  readonly windowStart: string;
  readonly cutOff: string;
  readonly revision: number;
  readonly supersedes: Superseding | null;
  /** Revisions of the day that a crash left without a manifest. */
  readonly unfinishedRevisions: readonly number[];
  readonly generatedAt: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly nodeVersion: string;
  readonly principal: string;
  readonly status: 'COMPLETE' | 'INCOMPLETE';
  /** sha-256 of what the report asserts, without when it was made and from how many records. */
  readonly contentDigest: string;
  readonly configurationDigest: string;
  readonly inventoryDigest: string;
  readonly controlTotals: ControlTotals;
  readonly sources: readonly ManifestSource[];
  /** The revision that the report goes on from, a chain from report to report; null at the start of the archive. */
  readonly previousManifest: { readonly key: string; readonly sha256: string } | null;
  readonly artefacts: readonly ArtefactEntry[];
}

/** delivery-N.claim.json: written before an attempt. Without its record, a crash came between. */
export interface DeliveryClaim {
  readonly schemaVersion: 1;
  readonly attempt: number;
  readonly time: string;
  /** Until then nobody else makes the same attempt. */
  readonly expires: string;
  readonly messageId: string;
  /** `mail`, or `channel:` and its name. */
  readonly route: string;
  readonly transport: string;
  readonly recipients: readonly string[];
}

/** delivery-N.json: what became of the attempt. */
export interface DeliveryRecord {
  readonly schemaVersion: 1;
  readonly attempt: number;
  readonly time: string;
  readonly messageId: string;
  /** Records written before there were other ways than mail have none. */
  readonly route?: string;
  readonly transport: string;
  readonly location: string | null;
  readonly accepted: readonly string[];
  readonly refused: readonly { readonly recipient: string; readonly reason: string }[];
}
