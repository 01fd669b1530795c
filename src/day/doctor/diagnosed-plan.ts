import type { Manifest } from '../../model/manifest.js';
import type { Archive } from '../../ports/archive.js';
import type { Clock } from '../../ports/clock.js';
import type { Mailer } from '../../ports/delivery.js';
import type { EventSource } from '../../ports/event-source.js';
import type { Finding } from '../../ports/finding.js';
import type { Inventory } from '../../ports/inventory.js';
import type { LogSink } from '../../ports/log-sink.js';
import type { Signer } from '../../ports/signer.js';
import type { TimestampAuthority } from '../../ports/timestamp-authority.js';
import type { ReportKind } from '../../reports/report-kind.js';

/**
 * What `doctor` checks, apart from the configuration. Each part is made when its turn comes: one that cannot be made
 * (credentials, a region, a key) does not keep the others from being checked.
 */
export interface DiagnosedPlan {
  readonly timezone: string;
  readonly clock: Clock;
  readonly kind: Pick<ReportKind, 'diagnoseEventTypes'>;
  readonly sources: readonly {
    readonly name?: string | undefined;
    readonly type: string;
    readonly open: () => Promise<EventSource>;
  }[];
  /** Absent: its kind of report has none. */
  readonly openInventory?: () => Promise<Inventory>;
  readonly openArchive: () => Promise<Archive>;
  /** What is asked of its archived reports; absent: nothing. */
  readonly archivedDays?: ArchivedDays;
  /** Absent: the plan does not sign. */
  readonly signing?: { readonly plan: string; readonly open: () => Promise<Signer | null> };
  /** Absent: nobody stamps the time on its reports. */
  readonly openTimestamps?: () => Promise<TimestampAuthority | null>;
  /** The log that records are forwarded to. Absent: nothing is forwarded. */
  readonly openLogSink?: () => Promise<LogSink>;
  /** null: no mail is sent. */
  readonly openMailer: () => Promise<Mailer | null>;
  /** What else a run would make, each with its name: templates, channels. `area`: where a failure belongs; default: plan. */
  readonly others: readonly {
    readonly check: string;
    readonly area?: PlacedFinding['area'];
    readonly open: () => Promise<unknown>;
    /** What works, but not wholly; a sentence each. */
    readonly warnings?: () => Promise<readonly string[]>;
  }[];
  /** null: the plan does not use OCI. */
  readonly openOci: () => Promise<DiagnosedIdentity | null>;
}

/** How the archived reports of the last days are looked at. */
export interface ArchivedDays {
  readonly plan: string;
  /** What it was called before; absent: nothing else. */
  readonly renamedFrom?: string | undefined;
  /** Name of the artefact with the lines. */
  readonly linesFile: string;
  /** How long after the cut-off a report is due, milliseconds. */
  readonly settleDelayMs?: number;
  /** Days before today in which a report may be one of a day that was not over. */
  readonly maxBridgeDays?: number;
  /** What the plan redacts; absent: nothing. */
  readonly redaction?: Manifest['redaction'];
  /** The command line that makes the reports of a range of days. */
  backfillCommand?(from: string, to: string): string;
  /** @param lines of all days, without their newline */
  diagnose(lines: AsyncIterable<string>): Promise<readonly Omit<Finding, 'check'>[]>;
}

export interface DiagnosedIdentity {
  readonly principal: string;
  /** How far the service's clock is ahead of this machine's; null before the first answer. */
  readonly clockSkewMs: () => number | null;
}

/** A finding and the part of the plan that it is about, which decides the exit code. */
export interface PlacedFinding extends Finding {
  readonly area: 'plan' | 'credentials' | 'source' | 'archive' | 'mail' | 'secrets';
}
