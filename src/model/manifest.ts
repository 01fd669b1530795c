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

/** manifest.json: the commit record of one archived revision. A revision exists when its manifest does. */
export interface Manifest {
  readonly schemaVersion: 1;
  readonly plan: string;
  readonly date: string;
  readonly timezone: string;
  readonly windowStart: string;
  readonly cutOff: string;
  readonly revision: number;
  readonly supersedes: {
    readonly revision: number;
    readonly manifestSha256: string;
    readonly reason: string;
  } | null;
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

/** delivery-N.json: one attempt to hand the report to its recipients. */
export interface DeliveryRecord {
  readonly schemaVersion: 1;
  readonly attempt: number;
  readonly time: string;
  readonly messageId: string;
  readonly transport: string;
  readonly location: string | null;
  readonly accepted: readonly string[];
  readonly refused: readonly { readonly recipient: string; readonly reason: string }[];
}
