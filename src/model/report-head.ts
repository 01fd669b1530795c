import type { ControlTotals, RejectedRecord } from './control-totals.js';

/** What the report says of one source. Nothing in it depends on the order of files or lines. */
export interface SourceReport {
  /** Position and type: `1:local-files`. */
  readonly name: string;
  readonly type: string;
  /** What was asked for: query or paths, as configured. */
  readonly request: string;
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly controlTotals: ControlTotals;
  readonly complete: boolean;
  /** Why it is not complete, one sentence each. */
  readonly reasons: readonly string[];
}

/** Something that a person should put right; the report is whole all the same. */
export interface HeadFinding {
  readonly kind: string;
  /** What it is about. */
  readonly subject: string;
  /** A sentence that a person can act on. */
  readonly words: string;
}

/** The head of report.json, which every kind of report has (design section 11). Times are ISO 8601 UTC. */
export interface ReportHead {
  readonly schemaVersion: 1;
  /** Name of the kind; absent: backup-compliance. */
  readonly kind?: string;
  readonly plan: string;
  readonly reportDay: {
    readonly date: string;
    readonly timezone: string;
    readonly start: string;
    readonly cutOff: string;
    readonly hours: number;
  };
  readonly status: 'COMPLETE' | 'INCOMPLETE';
  readonly statusReasons: readonly string[];
  readonly generatedAt: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly language: string;
  readonly sources: readonly SourceReport[];
  /** Sum over the sources. */
  readonly controlTotals: ControlTotals;
  readonly rejectedRecords: readonly RejectedRecord[];
  readonly findings: readonly HeadFinding[];
}

/** What a channel, a monitor and a colour need to know of a report of any kind. */
export interface ReportStanding {
  /** good: nobody has to act, and nothing is unknown. */
  readonly level: 'good' | 'warning' | 'bad';
  /** In one word: `NON-COMPLIANT`. */
  readonly verdict: string;
  /** For programs. */
  readonly totals: object;
}
