import { shareLines } from '../day/artefacts/share-lines.js';
import type { LanguageData } from '../language/create-language.js';
import type { TemplateFault } from '../model/template-fault.js';
import type { MailRenderer } from '../ports/mail-renderer.js';
import type { PageLimits } from '../model/page-limits.js';
import type { RenderInput, Renderer } from '../ports/renderer.js';
import { type Theme, type ThemeData, noBranding, openTheme } from '../renderers/theme.js';
import type { Branding } from '../renderers/view/branding.js';
import type { WorkbookDocument } from '../renderers/xlsx/workbook-document.js';
import type { SampleDocument } from '../reports/sample-document.js';
import type { DocumentTemplates } from './document-renderers.js';
import type { WirableKind } from './wirable-kind.js';

/** The report of a day or a period that does not exist, with all that templates are given: they are checked and documented with it. */
export interface TemplateSample<R = WorkbookDocument> {
  readonly document: SampleDocument<R>;
  readonly branding: Branding;
  /** What a report says of the templates that could not be used. */
  readonly templateFaults: readonly TemplateFault[];
  /** Of the archive's log, for the mail; null: there is none, which it says. Absent: it says nothing. */
  readonly checkpoint?: string | null;
}

/** What one sort of document of a kind is rendered with, and what its templates are tried with. */
export interface SampledDocument {
  readonly templates: DocumentTemplates;
  /** Together they take every branch of the shipped templates. */
  readonly samples: readonly TemplateSample[];
  /** Renders one of the samples in a theme of `themeOfSample`. @param limits of the page; absent: the usual ones */
  renderersOf(theme: Theme, limits?: PageLimits): SampleRenderers;
}

export interface SampleRenderers {
  readonly renderers: readonly Renderer<WorkbookDocument>[];
  readonly mailRenderer: MailRenderer<WorkbookDocument>;
}

/** The report of a day, and that of a period where the kind has periods. */
export function sampledDocuments<
  K extends Pick<WirableKind, 'archived' | 'templates' | 'renderersOf' | 'periodRenderersOf'>,
>(kind: K): readonly SampledDocument[] {
  const { archived, templates } = kind;
  if (templates === null) return [];
  const { periodRenderersOf } = kind;
  const ofDay = {
    templates: templates.day,
    samples: samplesOf(archived.sampleDays?.() ?? []),
    // Each sort of document is rendered by renderers of its own.
    renderersOf: (theme: Theme, limits?: PageLimits) =>
      kind.renderersOf(theme, limits && { page: limits }) as SampleRenderers,
  };
  if (templates.period === null || periodRenderersOf === undefined) return [ofDay];
  const ofPeriod = {
    templates: templates.period,
    samples: samplesOf(archived.periods?.samplePeriods?.() ?? []),
    renderersOf: (theme: Theme) => periodRenderersOf(theme) as SampleRenderers,
  };
  return [ofDay, ofPeriod];
}

function samplesOf<R>(documents: readonly SampleDocument<R>[]): readonly TemplateSample<R>[] {
  return documents.map((document, index) => ({
    document,
    branding: brandings[index % brandings.length] ?? noBranding,
    templateFaults: index === 0 ? [fault] : [],
    ...checkpoints[index % checkpoints.length],
  }));
}

/** How it looks and speaks. */
export function themeOfSample(
  {
    document,
    branding,
  }: Pick<TemplateSample, 'branding'> & {
    readonly document: Pick<SampleDocument<unknown>, 'isRightToLeft'>;
  },
  { folders, language }: Pick<ThemeData, 'folders' | 'language'>,
): Theme {
  // The words stay: only the direction is another one.
  const shown: LanguageData = document.isRightToLeft === true ? { ...language, tag: 'ar' } : language;
  return openTheme({ folders, language: shown, branding });
}

/** What page and workbook are made of. */
export function fileOfSample<R>(
  { document, templateFaults }: TemplateSample<R>,
  file: string,
): RenderInput<R> {
  const { report, lines, revision, supersedes } = document;
  // A first report may be rendered before its revision is known.
  const edition = supersedes === null ? {} : { edition: { revision, contentDigest: '0'.repeat(64), file } };
  return { report, lines: shareLines(lines), templateFaults, ...edition };
}

export function mailOfSample<R>({
  document,
  templateFaults,
  checkpoint,
}: TemplateSample<R>): Parameters<MailRenderer<R>['renderMail']>[0] {
  const { report, revision, supersedes, location, attached, link } = document;
  return {
    report,
    revision,
    supersedes,
    location,
    attached,
    link,
    templateFaults,
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}

/** One is printed, one is missing, and a preview has none. */
const checkpoints: readonly Pick<TemplateSample, 'checkpoint'>[] = [
  { checkpoint: `oci-backup-reporter/sample\n12\n${Buffer.alloc(32).toString('base64')}\n` },
  { checkpoint: null },
  {},
];

/** For each sample another one, so that templates meet a logo, a name alone, both, and nothing. */
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30"/></svg>';
const logo = { mediaType: 'image/svg+xml', base64: Buffer.from(drawing).toString('base64') };
const company = 'Example Corporation';

const brandings: readonly Branding[] = [
  { company, logo, accent: '#c74634', footer: 'Internal, do not forward' },
  noBranding,
  { ...noBranding, company },
  { ...noBranding, logo },
];

const fault: TemplateFault = { file: 'report.html.hbs', place: '12:5', words: 'a fault, as an example' };
