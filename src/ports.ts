import type { UnreadableReason } from './errors.js';
import type { SourceInputs } from './model/inputs.js';
import type { SourceRequest, Superseding } from './model/manifest.js';
import type { ProtectedResource } from './model/protected-resource.js';
import type { TimeWindow } from './model/report-day.js';
import type { ReportHead, ReportStanding } from './model/report-head.js';
import type { TemplateFault } from './model/template-fault.js';

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
    };

/** What a source reports about itself once all of its records have been read. */
export interface SourceOutcome {
  /** True only when the source can show that nothing of the window is missing. */
  readonly complete: boolean;
  /** Why it is not complete, one sentence each, in an order that does not depend on reading. */
  readonly reasons: readonly string[];
  /** The requests that were made, for the manifest. */
  readonly requests: readonly SourceRequest[];
  /**
   * Every file, object or partition that it found, with what became of it. Absent for a source that asks a service for
   * records, and where it could not even look.
   */
  readonly inputs?: SourceInputs;
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
  read(window: TimeWindow): SourceReading;
  /** Checks whether reading would work, for `doctor`. Changes nothing. Throws only what `read` would throw. */
  diagnose(window: TimeWindow): Promise<SourceDiagnosis>;
  /**
   * Asks the live service what its documents leave open, for `doctor --probe-service`. Changes nothing. Sources whose
   * service leaves nothing open do not have this method. Throws as `diagnose`.
   */
  probe?(window: TimeWindow): Promise<ServiceProbe>;
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

/** The result of one check by `doctor`. */
export interface Finding {
  /** What was checked: `log source`, `retention rule`. */
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly words: string;
  /** What to do next; null: nothing. */
  readonly advice: string | null;
}

export interface SourceDiagnosis {
  readonly findings: readonly Finding[];
  /** How many events of each type the window has; null where counting would mean reading all of them. */
  readonly eventTypes: ReadonlyMap<string, number> | null;
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

/**
 * Says which resources should be backed up.
 *
 * - `observed` has every resource with a backup event in the window.
 * - What could not be read is listed in `faults`. Observed resources from there are still in the reading, with unknown
 *   protection.
 * - Throws Failure('usage') with every fault and its line when a file cannot be understood.
 */
export interface Inventory {
  readonly type: string;
  readonly description: string;
  expectedResources(observed: readonly ProtectedResource[]): Promise<InventoryReading>;
  /** The resources of an earlier reading, from its `content`. Absent: its readings have no content. */
  readBack?(content: Uint8Array): readonly ProtectedResource[];
}

export interface InventoryReading {
  readonly resources: readonly ProtectedResource[];
  /** true: it lists resources itself, and one that it no longer lists has left. false: it has what was observed. */
  readonly isNamed: boolean;
  /** Why it is not complete, one sentence each: they make the report INCOMPLETE. */
  readonly faults: readonly string[];
  /** sha-256 hex of what was read; of the empty string for `observed`. */
  readonly digest: string;
  /** What was read, for the archive: the bytes of a file, the answers of a service as JSON. Absent: nothing was. */
  readonly content?: { readonly bytes: Uint8Array; readonly mediaType: string };
}

/** What a renderer sees: the report document, its lines, and what it is archived as. Nothing else. */
export interface RenderInput<R extends ReportHead = ReportHead> {
  readonly report: R;
  /**
   * Every line of the day (a job, a change) in the report's order, as JSON, in batches. Call it before render() first
   * awaits anything: all readers go through the lines together.
   */
  readonly lines: () => AsyncIterable<string>;
  /** What paper names, so that it is found again in the archive; absent: not known. */
  readonly edition?: ReportEdition & { readonly file: string };
  /** Templates of the company's own that could not be used for the report: what can show them does. */
  readonly templateFaults?: readonly TemplateFault[];
}

/** The revision that a report is archived as. */
export interface ReportEdition {
  /** null: not known yet. */
  readonly revision: number | null;
  /** sha-256 hex of what the whole report says, as in the manifest. */
  readonly contentDigest: string;
}

/**
 * Writes one artefact to `path`. The same input gives the same bytes: it uses no clock, no random source, no locale
 * and no environment. Text from events stays text, whatever it contains: no markup, no formula.
 */
export interface Renderer<R extends ReportHead = ReportHead> {
  readonly name: string;
  readonly mediaType: string;
  /** Loads what rendering needs, on a thread of its own: the report of a large day comes later. Absent: there is nothing. */
  prepare?(): void;
  /** Throws TemplateFailure for a template that cannot be used. */
  render(input: RenderInput<R>, path: string): Promise<void>;
  /** Makes the same artefact with the templates that ship with the tool. Absent: there are no others. */
  readonly shipped?: Renderer<R>;
}

export interface MailContent {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Images that the HTML refers to as `cid:<cid>`: parts of the message, not attachments. */
  readonly inline: readonly {
    /** Without angle brackets; derived from the image, so that no two images share one. */
    readonly cid: string;
    readonly filename: string;
    readonly contentType: string;
    readonly bytes: Uint8Array;
  }[];
  /** Templates of the company's own that could not be used for it: the shipped ones were. Absent: there are none. */
  readonly templateFaults?: readonly TemplateFault[];
}

export interface WorkbookLink {
  readonly url: string;
  /** Epoch milliseconds. */
  readonly expiresMs: number;
}

/** What channels say of a report, in the language of the plan. */
export interface NoticeWords {
  /** Plain text of a few lines; paragraphs are apart by an empty line. It does not say where the report is. */
  readonly text: string;
  /** For programs: fields of the document that a webhook gets. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface NoticeContent extends NoticeWords {
  /** The subject of the mail. */
  readonly title: string;
}

export interface NoticeInput<R> {
  readonly report: R;
  readonly revision: number;
  readonly supersedes?: Superseding | null;
  readonly location: string;
  /** The report of trouble that it revokes; null: it revokes none, or that one cannot be read. */
  readonly before: R | null;
}

/** Renders the mail. `location` is where a person finds the archived report. The rules of Renderer apply. */
export interface MailRenderer<R extends ReportHead> {
  /** Whether some of its templates are a company's own, which may have faults. */
  readonly hasOwn?: boolean;
  renderMail(input: {
    readonly report: R;
    readonly revision: number;
    /** The revision that it replaces and what changed: the mail says that it is revised. null for a first revision. */
    readonly supersedes?: Superseding | null;
    readonly location: string;
    /** Whether the workbook is attached; if not, the text says where it is. */
    readonly attached: boolean;
    /** Gives anyone who has it the workbook until it expires; null: there is none, and the mail names the location. */
    readonly link?: WorkbookLink | null;
    /** Templates of the company's own that could not be used for the report: the mail names them. */
    readonly templateFaults?: readonly TemplateFault[];
  }): Promise<MailContent>;
  /** Renders what channels are told. Absent: they are told the beginning of the mail. */
  renderNotice?(input: NoticeInput<R>): Promise<NoticeContent>;
}

/** A key is relative, with `/`: `daily-backup/2026/11/19/r1/report.json`. */
export interface ArchiveEntry {
  readonly key: string;
  /** Last change, epoch milliseconds. */
  readonly modifiedMs: number;
  /** Set where the name is taken by something that is no file, or may not be entered. */
  readonly unreadable?: UnreadableReason;
}

export type ArchiveBody = { readonly path: string } | { readonly bytes: Uint8Array };

/**
 * A write-once store.
 *
 * - `create` durably writes a whole object or nothing, and never overwrites: 'exists' when the key is taken, even if
 *   another process takes it at the same moment. Exactly one of several racing creators gets 'created'.
 * - `read` returns null for a key that does not exist, and throws UnreadableFile where something there cannot be read as a
 *   file: that is damage.
 * - `list` returns every key below a prefix that ends in `/`, sorted by key; an empty result is not an error. What is no
 *   file is listed, too, with the reason; where the prefix itself is a link or may not be entered, UnreadableFile is thrown.
 * - Anything else throws Failure('storage'), which names the key.
 */
export interface Archive {
  readonly type: string;
  create(key: string, body: ArchiveBody, mediaType: string): Promise<'created' | 'exists'>;
  read(key: string): Promise<Uint8Array | null>;
  list(prefix: string): Promise<readonly ArchiveEntry[]>;
  /** Names of the folders at the top, sorted: each plan has one. Archives that cannot list them do not have this method. */
  folders?(): Promise<readonly string[]>;
  /** Where a person finds the key, or everything below a prefix that ends in `/`: a path or a URL. */
  locate(key: string): string;
  /**
   * A URL with which anyone can read the object until it expires. Archives that cannot create one do not have this
   * method. Throws Failure('storage') where it is refused.
   *
   * @param name under which the owner of the archive sees it listed
   * @param expiresMs epoch milliseconds
   */
  share?(key: string, name: string, expiresMs: number): Promise<string>;
  /** Checks what protects the archive from being altered, for `doctor`. Changes nothing. */
  diagnose(): Promise<readonly Finding[]>;
}

export interface MailMessage extends MailContent {
  readonly from: string;
  /** The To header: everybody the message is for, the same in every copy. */
  readonly to: readonly string[];
  /** The recipients of this attempt: those of `to` who do not have it yet. */
  readonly recipients: readonly string[];
  /** Text of the X-Resent header, where an earlier attempt may have been delivered; null otherwise. */
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
  /** Where the message is stored, for transports that keep it. */
  readonly location: string | null;
}

/**
 * Hands one message over to `recipients`.
 *
 * - Retries transient refusals, within its own deadline; never permanent ones.
 * - Throws Failure('delivery') when no recipient was accepted, MessageTooLarge when a smaller message might be.
 * - `claimMs` is the longest that `send` may wait for the server; the archive's lease is added to it. Until then nobody
 *   else sends the same message.
 */
export interface Mailer {
  readonly type: string;
  readonly claimMs: number;
  send(message: MailMessage): Promise<SendResult>;
  /** Checks whether the server would accept mail, for `doctor`. Sends nothing. */
  diagnose(): Promise<readonly Finding[]>;
}

/** What a channel says about a report, in the language of the plan. */
export interface Notice extends NoticeContent {
  /** Where a person finds the report: a path or a URL. */
  readonly location: string;
  readonly standing: ReportStanding;
  readonly report: ReportHead;
  readonly revision: number;
  /** The Message-ID of the mail: the same for every attempt. */
  readonly id: string;
  /** The report of trouble that the channel was told of and that stands no more. Absent: this is no all clear. */
  readonly revokes?: { readonly date: string; readonly revision: number };
}

/** Notifies somebody of a report by other means than mail. Throws Failure('delivery') where it is refused. */
export interface Channel {
  readonly name: string;
  readonly type: string;
  /** trouble: only for reports whose standing is not good, and for one that revokes what it was told. */
  readonly when: 'always' | 'trouble';
  /** The longest that `notify` takes. */
  readonly claimMs: number;
  notify(notice: Notice): Promise<void>;
}

/** Shows an outside monitor that the job is alive. Never throws: it must not make a report fail. */
export interface Heartbeat {
  ping(signal: 'start' | 'success' | 'failure', words: string): Promise<void>;
}

export interface Clock {
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}

/** One line per stage, with counts. Messages are static; whatever varies is in the fields. Secrets never go into it. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}
