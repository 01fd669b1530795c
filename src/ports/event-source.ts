import type { SourceInputs } from '../model/inputs.js';
import type { SourceRequest } from '../model/manifest.js';
import type { PassedOver } from '../model/passed-over.js';
import type { Happening } from '../model/pulse.js';
import type { TimeWindow } from '../model/report-day.js';
import type { Finding } from './finding.js';

/**
 * One record as a source delivers it, not yet interpreted. `place` says where it was found, for a person:
 * `events/a.ndjson.gz:17`.
 */
export type SourceRecord =
  /** JSON text on one line, kept as evidence byte for byte. Of a text of several lines, without its line breaks. */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly place: string;
      /** It is all that its file holds: the answer of a service, which may be an empty list. */
      readonly isWhole?: true;
    }
  /** A value that the source had to parse itself: a message, a row of a query result. */
  | { readonly kind: 'value'; readonly value: unknown; readonly place: string }
  | {
      readonly kind: 'unreadable';
      readonly reason: string;
      readonly excerpt: string;
      /** Lower-case hex, of the whole record. */
      readonly sha256: string;
      readonly bytes: number;
      readonly place: string;
    }
  /** One item of a record, as archived evidence has it: what else that record held has lines of its own. For a replay. */
  | { readonly kind: 'item'; readonly text: string; readonly place: string }
  | RejectedLine;

/** A rejected record as archived evidence has it, for a replay: it stays rejected, whatever it would be by itself. */
export interface RejectedLine {
  readonly kind: 'rejected';
  readonly place: string;
  readonly reason: string;
  readonly sha256: string;
  readonly excerpt?: string | undefined;
  readonly text?: string | undefined;
  readonly bytes?: number | undefined;
  /** Its JSON text; undefined where only its beginning or its text is kept. */
  readonly content?: string | undefined;
  /** When and where it happened; undefined: it tells no time. */
  readonly happened?: Happening | undefined;
}

/** What a source reports about itself once all of its records have been read. */
export interface SourceOutcome {
  /** True only when the source can show that nothing of the window is missing. */
  readonly complete: boolean;
  /** Why it is not complete, one sentence each, in an order that does not depend on reading. */
  readonly reasons: readonly string[];
  /** What a person should know of it although it is complete: one sentence each, in an order that does not depend on reading. */
  readonly notes?: readonly string[];
  /** The requests that were made, for the manifest. */
  readonly requests: readonly SourceRequest[];
  /**
   * Every file, object or partition that it found, with what became of it. Absent for a source that asks a service for
   * records, and where it could not even look.
   */
  readonly inputs?: SourceInputs;
  /** For a replay: the keys that were passed over then; null: none. Absent: they are counted as records are read. */
  readonly passedOver?: PassedOver | null;
}

/**
 * Reads backup events.
 *
 * - Every input that it finds is read, cannot be read, or is left out by a rule of the configuration. Whatever cannot be
 *   read makes the outcome incomplete and is named.
 * - Yields every record it finds, in batches, in any order. It may yield records outside the window, but must not
 *   omit one inside it without saying so in the outcome.
 * - Never throws because of what it reads: a missing file, a refused page or a broken stream makes the outcome
 *   incomplete, and everything read until then is yielded.
 * - `outcome()` is valid after the last batch.
 */
export interface EventSource {
  /** As configured; absent: reports call it by position and type. */
  readonly name?: string;
  readonly type: string;
  /** The paths or the query, as configured. Goes into the report. */
  readonly request: string;
  /** Its records were redacted: of one that is rejected, the evidence keeps digest and length alone. */
  readonly isRedacted?: true;
  read(window: TimeWindow): SourceReading;
  /** Checks whether reading would work, for `doctor`. Changes nothing. Throws only what `read` would throw. */
  diagnose(window: TimeWindow): Promise<SourceDiagnosis>;
  /**
   * Asks the live service what its documents leave open, for `doctor --probe-service`. Changes nothing. Sources whose
   * service leaves nothing open do not have this method. Throws as `diagnose`.
   */
  probe?(window: TimeWindow): Promise<ServiceProbe>;
}

export interface SourceReading {
  readonly batches: AsyncIterable<readonly SourceRecord[]>;
  readonly outcome: () => SourceOutcome;
  /**
   * Only for sources that remember how far they were read. Called once the evidence is archived, never before. If it
   * fails, the same records are read again next time.
   */
  readonly acknowledge?: () => Promise<void>;
}

export interface SourceDiagnosis {
  readonly findings: readonly Finding[];
  /** How many events of each type the window has; null where counting would mean reading all of them. */
  readonly eventTypes: ReadonlyMap<string, number> | null;
}

/** How a live service answers. Nothing in it names the tenancy, or is content of it. */
export interface ServiceProbe {
  /** Its section of a service profile: `logAnalytics`. */
  readonly service: string;
  readonly answers: readonly ProbeAnswer[];
  /** How many calls were made. */
  readonly calls: number;
}

export interface ProbeAnswer {
  /** Key of the section. */
  readonly key: string;
  /** null: not known. */
  readonly value: string | number | boolean | readonly string[] | null;
  /** Why it is not known; null: it is. */
  readonly unknown: string | null;
}
