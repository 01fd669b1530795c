import type { LoadedConfiguration } from '../config/load.js';
import type { ReportSettings } from '../config/report-settings.js';
import type { Configuration, KindKeys } from '../config/schema.js';
import type { DayPorts } from '../day/report-plan.js';
import type { IndexedReport } from '../model/day-coverage.js';
import type { Manifest } from '../model/manifest.js';
import type { PeriodHead } from '../model/period-head.js';
import type { ReportHead } from '../model/report-head.js';
import type { PeriodPorts } from '../periods/period-plan.js';
import type { Finding } from '../ports/finding.js';
import type { Inventory } from '../ports/inventory.js';
import type { Redaction } from '../records/redaction.js';
import type { Theme } from '../renderers/theme.js';
import type { DefinitionSection } from '../renderers/view/definitions.js';
import type { Label, Wording } from '../renderers/view/wording.js';
import type { MadeByFile, RecordExplanation, ReportKind } from '../reports/report-kind.js';
import type { TimeWindow } from '../model/report-day.js';
import type { DocumentTemplates } from './document-renderers.js';
import type { OciParts } from './wire-oci.js';

/**
 * All that this program does with a kind of report besides what the machine of a day asks of it. Each kind has one, in
 * `wire-<kind>.ts`; `report-kinds.ts` lists them.
 *
 * C is the configuration of its plans, S what of it its reports are made by, R the document that becomes report.json, and P that of
 * a period.
 */
export interface WirableKind<
  C extends Configuration = Configuration,
  S extends ReportSettings = ReportSettings,
  R extends ReportHead = ReportHead,
  P extends PeriodHead = PeriodHead,
> {
  /** Its keys of the configuration; their name is that of the kind. */
  readonly keys: KindKeys;
  /** How its archived reports are read back, for commands that only read. */
  readonly archived: ArchivedKind<R>;
  /** Files of its own templates; null: nothing of it is made by templates. */
  readonly templates: KindTemplates | null;

  /** What says what should be in its reports, and whether OCI is asked for it. Absent: it has none. */
  readonly inventory?: {
    usesOci(configuration: C): boolean;
    open(loaded: LoadedConfiguration<C>, oci: OciParts | null): Promise<Inventory>;
  };
  /** @throws Failure('usage') for what the configuration names and cannot be used */
  wire(loaded: LoadedConfiguration<C>, theme: Theme, parts: WiringParts): Promise<WiredKind<R>>;
  /**
   * The same from what `made-by/` has of a revision: no file of this machine and no service is asked for.
   *
   * @param settings as `settingsSchemaOf(keys)` reads them
   * @throws CannotRebuild
   */
  replay(settings: S, theme: Theme, origin: ReplayOrigin): Promise<Omit<WiredKind<R>, 'madeBy'>>;
  /** Page, workbook and mail of a day. @param settings absent: how much is shown is as usual */
  renderersOf(theme: Theme, settings?: Pick<Configuration, 'page'>): RenderersOf<R>;
  /** Those of a period. Absent: reports of this kind have no periods. */
  periodRenderersOf?(theme: Theme): PeriodRenderersOf<P>;

  /** What `status`, `index` and packages show of an archived report. */
  indexedReportOf(report: R): IndexedReport;
  /** How an index shows the outcomes that subjects may have, worst first. */
  indexedOutcomes(wording: Wording): readonly IndexedOutcome[];
  /** What words and columns mean, for `definitions.html`. */
  definitionsOf(wording: Wording): readonly DefinitionSection[];
  /** What its reports do not prove, besides what no report does. Absent: nothing more. */
  limitsOf?(wording: Wording): readonly string[];

  /** Interprets the records of any time, for `explain FILE…`. @param nowMs a time too far after it cannot be */
  openExplanation(window: TimeWindow, nowMs: number): RecordExplanation;
  /** What `doctor` looks at. */
  readonly doctor: KindDoctor<C>;
  /** Whether its lines are what an auditor's sample is drawn of: each has an id, and evidence. */
  readonly hasSamples: boolean;
}

export type ArchivedKind<R extends ReportHead = ReportHead> = Pick<
  ReportKind<R>,
  | 'name'
  | 'linesFile'
  | 'readReport'
  | 'sampleDays'
  | 'contentDigest'
  | 'contentDigestVersion'
  | 'audit'
  | 'periods'
>;

/** Files of a kind's own in the folder of templates. */
export interface KindTemplates {
  readonly day: DocumentTemplates;
  /** null: there are no periods. */
  readonly period: DocumentTemplates | null;
}

export interface WiringParts {
  readonly oci: OciParts | null;
  readonly redaction: Redaction;
}

/** What is specific to this kind of report in a plan that is ready to run. */
export interface WiredKind<R extends ReportHead = ReportHead> {
  readonly kind: ReportKind<R>;
  readonly ports: RenderersOf<R>;
  /** What its reports are made with besides configuration and templates. */
  readonly madeBy: readonly MadeByFile[];
}

export type RenderersOf<R extends ReportHead> = Pick<DayPorts<R>, 'renderers' | 'mailRenderer'>;

export type PeriodRenderersOf<P extends PeriodHead> = Pick<PeriodPorts<P>, 'renderers' | 'mailRenderer'>;

/** What a revision was made with. */
export interface ReplayOrigin {
  readonly manifest: Pick<Manifest, 'inventory' | 'redaction'>;
  /** A file of `made-by/` by its name; null: the manifest does not name it. */
  fileOf(name: string): Uint8Array | null;
  /** For files that this takes. */
  readonly folder: string;
}

export type IndexedOutcome = Label & { readonly outcome: string; readonly mark: string };

export interface KindDoctor<C extends Configuration = Configuration> {
  readonly diagnoseEventTypes: ReportKind['diagnoseEventTypes'];
  /** What archived lines of the last days say of how events are collected. Absent: nothing. */
  diagnoseLines?(lines: AsyncIterable<string>, configuration: C): Promise<readonly Omit<Finding, 'check'>[]>;
}
