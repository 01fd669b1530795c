import type { JudgedFinding } from './judged-finding.js';

/** One recipient's part of a report. */
export interface Slice {
  /** `database team`, or the owner's address. */
  readonly name: string;
  /** For file names and message ids: `database-team`. */
  readonly slug: string;
  readonly to: readonly string[];
  readonly resourceIds: ReadonlySet<string>;
}

/** How the resources are split among the recipients: each is in one slice at most. */
export interface Routing {
  readonly slices: readonly Slice[];
  /** Resources that appear only in the whole report. */
  readonly unrouted: number;
  readonly findings: readonly JudgedFinding[];
}
