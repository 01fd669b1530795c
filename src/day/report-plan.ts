import type { AttestationReading } from '../model/attestation.js';
import type { Language } from '../model/language.js';
import type { ArtefactEntry, Manifest } from '../model/manifest.js';
import type { ReportDay } from '../model/report-day.js';
import type { ReportHead } from '../model/report-head.js';
import type { TemplateFault } from '../model/template-fault.js';
import type { Archive } from '../ports/archive.js';
import type { Clock } from '../ports/clock.js';
import type { Channel, Mailer } from '../ports/delivery.js';
import type { EventSource } from '../ports/event-source.js';
import type { Log } from '../ports/log.js';
import type { MailRenderer } from '../ports/mail-renderer.js';
import type { Renderer } from '../ports/renderer.js';
import type { Signer } from '../ports/signer.js';
import type { TimestampAuthority } from '../ports/timestamp-authority.js';
import type { MadeByFile, ReportKind } from '../reports/report-kind.js';
import type { OpenNoteSigner } from '../transparency-log/signed-note.js';
import type { Deliveries } from './delivery/deliver-report.js';
import type { MailSettings } from './delivery/delivery-context.js';
import type { ReportPlace } from './delivery/report-place.js';
import type { Redaction } from '../records/redaction.js';
import type { OpenReading } from './evidence/read-sources.js';
import type { PendingReport } from './revisions/pending-report.js';
import type { SignatureResult } from './signatures/open-signing.js';

/** What a report is made with, apart from the adapters. */
export interface ReportPlan<R extends ReportHead = ReportHead> {
  readonly name: string;
  /** The name that it had before; absent: it was not renamed. */
  readonly renamedFrom?: string | undefined;
  readonly kind: ReportKind<R>;
  readonly tolerateRejected: number;
  /** How long late records are waited for, and how far a reading looks ahead of the cut-off; absent: 6 h. */
  readonly settleDelayMs?: number;
  /** How many days without a report are bridged; absent: 35. */
  readonly maxBridgeDays?: number;
  /** Language of its reports. */
  readonly language: Language;
  readonly configurationDigest: string;
  /** The configuration without secrets, own templates and messages, the logo: for the archive. */
  readonly madeBy: readonly MadeByFile[];
  /** What was redacted before anything was archived, for the manifest; absent or empty: nothing. */
  readonly redaction?: Manifest['redaction'];
  /** Does the same to what earlier revisions of a day had in their evidence; absent: nothing. */
  readonly redactsEarlier?: Redaction;
  /** Messages of the company's own that cannot be used; absent: there are none. */
  readonly templateFaults?: readonly TemplateFault[];
  readonly tool: ReportHead['tool'];
  /** Host of who stamps the time on its reports, for the manifest; absent: nobody does. */
  readonly timestampAuthority?: string | undefined;
  /** Who runs it, for the manifest. Never a secret. */
  readonly principal: string;
  readonly leaseMs: number;
  /** null: it sends no mail. */
  readonly mail: MailSettings | null;
  /** Where a browser finds the archive; absent: people are told where the archive has a report. */
  readonly publicUrl?: string | undefined;
}

export interface DayPorts<R extends ReportHead = ReportHead> {
  readonly sources: readonly EventSource[];
  readonly renderers: readonly Renderer<R>[];
  readonly archive: Archive;
  readonly mailer: Mailer | null;
  readonly mailRenderer: MailRenderer<R>;
  /** Ways of notifying somebody besides mail. */
  readonly channels: readonly Channel[];
  /** Signs manifests. Absent: the plan does not sign. */
  readonly signer?: Signer | undefined;
  /** Stamps the time on revisions. Absent: the plan has no authority. */
  readonly timestampAuthority?: TimestampAuthority | undefined;
  /** Signs the checkpoints of the plan's log; absent: they are not signed. */
  readonly checkpointSigner?: OpenNoteSigner | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

export interface DayRequest<R extends ReportHead = ReportHead> {
  readonly day: ReportDay;
  /** When the report is made, epoch milliseconds. An input, so that the same input gives the same bytes. */
  readonly generatedAtMs: number;
  /** Checked between stages: the current stage is always finished. */
  readonly signal?: AbortSignal | undefined;
  /** false: the report is archived and nobody is notified. */
  readonly notify?: boolean;
  /** Where the day keeps its report, recipients who were refused its mail are tried once more. */
  readonly retriesRefused?: boolean;
  /** The day's events, read ahead. Used if they cover the window that the day turns out to need. */
  readonly readAhead?: ReadAhead;
  /**
   * Reports of days before it that are judged and not archived yet: it may go on from one of them, but must not be
   * published before it is archived. Absent: no other day is being made.
   */
  readonly pending?: readonly PendingReport[] | undefined;
  /**
   * Other processes make the days around it: what it says is archived before it is rendered, for who makes the day after.
   * Waits until the days before it have their manifests. Absent: it is archived at once.
   */
  readonly whenPreviousDone?: (() => Promise<void>) | undefined;
  /**
   * false: revisions without a leaf in the log of the plan are not looked for, because whoever makes several days looked
   * for them before.
   */
  readonly catchesUpLog?: boolean;
  /** For a replay: what the archive answered then. Absent: it is asked. */
  readonly hadLaterReport?: boolean | undefined;
  /** For a replay: the attestations that it went by then. Absent: the archive is read. */
  readonly attestations?: AttestationReading | undefined;
  /** Called before anything is archived. Returns why the report must not be archived, or null. */
  veto?(report: R): string | null;
}

/** What the stages of one day share. */
export interface DayContext<R extends ReportHead = ReportHead> {
  readonly plan: ReportPlan<R>;
  readonly request: DayRequest<R>;
  readonly ports: DayPorts<R>;
  /** Path of the day's own temporary folder. */
  readonly workspace: string;
}

/** Events of a day in their own folder, which the caller removes. */
export interface ReadAhead {
  readonly evidencePath: string;
  readonly reading: OpenReading;
}

export interface DayResult<R extends ReportHead = ReportHead> extends Deliveries, ReportPlace {
  readonly report: R;
  readonly revision: number;
  /**
   * unchanged: the newest revision in the archive says the same. kept: the archive has a COMPLETE one, and this time the
   * sources could not be read completely; `report` says what is missing, and nothing was written.
   */
  readonly kind: 'committed' | 'unchanged' | 'kept';
  readonly artefacts: readonly ArtefactEntry[];
  /** Of the revision that was committed. Absent: none was, or the plan does not sign. */
  readonly signature?: SignatureResult | undefined;
}

/** The report was vetoed and nothing was archived. The message says why. */
export class VetoedReport extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'VetoedReport';
  }
}
