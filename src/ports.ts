import type { SourceRequest, Superseding } from './model/manifest.js';
import type { ProtectedResource } from './model/protected-resource.js';
import type { ReportHead, ReportStanding } from './model/report-head.js';
import type { TimeWindow } from './model/report-day.js';

/**
 * One record as a source delivers it, before anything is understood of it. `place` is where it was found, for a
 * person: `events/a.ndjson.gz:17`.
 */
export type SourceRecord =
  /** JSON text on one line, kept as evidence byte for byte. */
  | { readonly kind: 'text'; readonly text: string; readonly place: string }
  /** A value that the source had to parse itself: a whole .json file, a row of a query's answer. */
  | { readonly kind: 'value'; readonly value: unknown; readonly place: string }
  | {
      readonly kind: 'unreadable';
      readonly reason: string;
      readonly excerpt: string;
      /** Lower-case hex, of the whole record. */
      readonly sha256: string;
      readonly bytes: number;
      readonly place: string;
    };

/** What a source says of itself when its records are read to the end. */
export interface SourceOutcome {
  /** True only when the source can show that nothing of the window is missing. */
  readonly complete: boolean;
  /** Why it is not complete, one sentence each, in an order that does not depend on reading. */
  readonly reasons: readonly string[];
  /** What was asked of whom, for the manifest. */
  readonly requests: readonly SourceRequest[];
}

/**
 * Reads backup events.
 *
 * - Yields every record it finds, in batches, in any order. May yield records outside the window; must not
 *   leave out one inside it without saying so in the outcome.
 * - Never throws for what it reads: a missing file, a refused page or a torn stream makes the outcome
 *   incomplete, and whatever was read until then is yielded.
 * - `outcome()` is valid after the last batch.
 */
export interface EventSource {
  readonly type: string;
  /** What is asked for, as configured: paths or query. Goes into the report. */
  readonly request: string;
  read(window: TimeWindow): SourceReading;
  /** Looks whether reading would work, for `doctor`. Changes nothing. Throws only what read would throw. */
  diagnose(window: TimeWindow): Promise<SourceDiagnosis>;
}

/** One thing that `doctor` looked at. */
export interface Finding {
  /** What was looked at: `log source`, `retention rule`. */
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly words: string;
  /** What to do next; null when there is nothing. */
  readonly advice: string | null;
}

export interface SourceDiagnosis {
  readonly findings: readonly Finding[];
  /** How many events of each type lie in the window; null where only reading all of them would tell. */
  readonly eventTypes: ReadonlyMap<string, number> | null;
}

export interface SourceReading {
  readonly batches: AsyncIterable<readonly SourceRecord[]>;
  readonly outcome: () => SourceOutcome;
  /**
   * Only for sources that remember how far they were read: called when the evidence is archived, never before. Where
   * it fails, the same records are read again the next time.
   */
  readonly acknowledge?: () => Promise<void>;
}

/**
 * Says which resources should be backed up.
 *
 * - `observed` is what events tell of: every resource with a backup event in the window.
 * - What could not be read is told in `faults`. A resource of it that events tell of is in the reading all the same,
 *   with a protection that is not known.
 * - Throws Failure('usage') with every fault and its line when a file cannot be understood.
 */
export interface Inventory {
  readonly type: string;
  readonly description: string;
  expectedResources(observed: readonly ProtectedResource[]): Promise<InventoryReading>;
}

export interface InventoryReading {
  readonly resources: readonly ProtectedResource[];
  /** Whether it names resources by itself: what it names no more has left. False: they are what was observed. */
  readonly isNamed: boolean;
  /** Why it is not whole, one sentence each: they make the report INCOMPLETE. */
  readonly faults: readonly string[];
  /** sha-256 hex of what was read; of the empty string for `observed`. */
  readonly digest: string;
}

/** What a renderer sees: the report document and its lines. Nothing else. */
export interface RenderInput<R extends ReportHead = ReportHead> {
  readonly report: R;
  /**
   * Every line of the day (a job, a change) in the report's order, as JSON, some hundred at a time. To be called before
   * render() first waits for anything: all who read the lines go through them together.
   */
  readonly lines: () => AsyncIterable<string>;
}

/**
 * Writes one artefact to `path`. Same input, same bytes: it reads no clock, no random source, no locale and
 * no environment. Text of the events stays text, whatever is in it.
 */
export interface Renderer<R extends ReportHead = ReportHead> {
  readonly name: string;
  readonly mediaType: string;
  render(input: RenderInput<R>, path: string): Promise<void>;
}

export interface MailContent {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Pictures that the HTML shows, each as `cid:<cid>`: parts of the message, not attachments. */
  readonly inline: readonly {
    /** Without angle brackets; made of the picture, so that no two pictures share one. */
    readonly cid: string;
    readonly filename: string;
    readonly contentType: string;
    readonly bytes: Uint8Array;
  }[];
}

export interface WorkbookLink {
  readonly url: string;
  /** Epoch milliseconds. */
  readonly expiresMs: number;
}

/** Renders the digest. `location` is where a person finds the archived report. Same rules as Renderer. */
export interface MailRenderer<R extends ReportHead> {
  renderMail(input: {
    readonly report: R;
    readonly revision: number;
    /** What it replaces and what changed by it: the mail says that it is revised. null for a first revision. */
    readonly supersedes?: Superseding | null;
    readonly location: string;
    /** Whether the workbook is attached; if not, the text says where it is. */
    readonly attached: boolean;
    /** By which whoever has it gets the workbook, for as long as it holds; null: there is none, the location is said. */
    readonly link?: WorkbookLink | null;
  }): Promise<MailContent>;
}

/** A key is relative, with `/`: `daily-backup/2026/11/19/r1/report.json`. */
export interface ArchiveEntry {
  readonly key: string;
  /** Last change, epoch milliseconds. */
  readonly modifiedMs: number;
}

export type ArchiveBody = { readonly path: string } | { readonly bytes: Uint8Array };

/**
 * A write-once store.
 *
 * - `create` writes a whole object or nothing, durably, and never overwrites: 'exists' when the key is taken,
 *   also when another process takes it at the same moment. Exactly one of many racing creators gets 'created'.
 * - `read` gives null for a key that is not there.
 * - `list` gives every key below a prefix that ends in `/`, in order of the key; none is not an error.
 * - Everything else throws Failure('storage') that names the key.
 */
export interface Archive {
  readonly type: string;
  create(key: string, body: ArchiveBody, mediaType: string): Promise<'created' | 'exists'>;
  read(key: string): Promise<Uint8Array | null>;
  list(prefix: string): Promise<readonly ArchiveEntry[]>;
  /** Where a person finds the key, or everything below a prefix that ends in `/`: a path or a URL. */
  locate(key: string): string;
  /**
   * A URL by which whoever has it may read the object until it expires. Archives that cannot give one have no such
   * method. Throws Failure('storage') where it is refused.
   *
   * @param name what the archive's owner sees of it
   * @param expiresMs epoch milliseconds
   */
  share?(key: string, name: string, expiresMs: number): Promise<string>;
  /** What keeps the archive from being altered, for `doctor`. Changes nothing. */
  diagnose(): Promise<readonly Finding[]>;
}

export interface MailMessage extends MailContent {
  readonly from: string;
  /** Whom the message names in its head: all whom it is for, in every copy of it. */
  readonly to: readonly string[];
  /** Whom it is handed over for now: those of `to` who do not have it yet. */
  readonly recipients: readonly string[];
  /** Said in X-Resent when an earlier attempt may have gone out; null otherwise. */
  readonly resent: string | null;
  /** With angle brackets. Deterministic, so that a resend is recognisable. */
  readonly messageId: string;
  /** ISO 8601 UTC. */
  readonly date: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly path: string;
    readonly contentType: string;
  }[];
}

export interface SendResult {
  readonly accepted: readonly string[];
  readonly refused: readonly { readonly recipient: string; readonly reason: string }[];
  /** Where the message lies, for transports that keep it. */
  readonly location: string | null;
}

/**
 * Hands one message over to `recipients`.
 *
 * - Tries again what is refused for now, within a deadline of its own; never what is refused for good.
 * - Throws Failure('delivery') when nobody was accepted, MessageTooLarge when a smaller one might be taken.
 * - `claimMs` is the longest that `send` takes on others; the archive's lease comes on top of it. For so long nobody else
 *   sends the same message.
 */
export interface Mailer {
  readonly type: string;
  readonly claimMs: number;
  send(message: MailMessage): Promise<SendResult>;
  /** Looks whether the server would take mail, for `doctor`. Sends nothing. */
  diagnose(): Promise<readonly Finding[]>;
}

/** What a channel says of a report, in the language of the plan. */
export interface Notice {
  /** The subject of the mail. */
  readonly title: string;
  /** Plain text, a few lines. */
  readonly text: string;
  /** Where a person finds the report: a path or a URL. */
  readonly location: string;
  readonly standing: ReportStanding;
  readonly report: ReportHead;
  readonly revision: number;
  /** The Message-ID of the mail: the same for every attempt. */
  readonly id: string;
}

/** Notifies of a report in another way than by mail. Throws Failure('delivery') where that was refused. */
export interface Channel {
  readonly name: string;
  readonly type: string;
  /** trouble: only reports whose standing is not good. */
  readonly when: 'always' | 'trouble';
  /** The longest that `notify` takes. */
  readonly claimMs: number;
  notify(notice: Notice): Promise<void>;
}

/** Tells somebody outside that the job is alive. Never throws: a report does not fail for it. */
export interface Heartbeat {
  ping(signal: 'start' | 'success' | 'failure', words: string): Promise<void>;
}

export interface Clock {
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}

/** One line per stage, with counts. Messages are static; what varies is in the fields. Never a secret. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}
