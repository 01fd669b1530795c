import { shareLines } from '../day/artefacts/share-lines.js';
import type { LanguageData } from '../language/create-language.js';
import type { ReportHead } from '../model/report-head.js';
import type { TemplateFault } from '../model/template-fault.js';
import type { MailRenderer } from '../ports/mail-renderer.js';
import type { RenderInput } from '../ports/renderer.js';
import { type Theme, type ThemeData, noBranding, openTheme } from '../renderers/theme.js';
import type { Branding } from '../renderers/view/branding.js';
import type { SampleDay } from '../reports/report-kind.js';
import type { ArchivedKind } from './wirable-kind.js';

/** A day that does not exist, with all that templates are given: what they are checked and documented with. */
export interface TemplateSample<R extends ReportHead = ReportHead> {
  readonly day: SampleDay<R>;
  readonly branding: Branding;
  /** What a report says of the templates that could not be used. */
  readonly templateFaults: readonly TemplateFault[];
  /** Of the archive's log, for the mail; null: there is none, which it says. Absent: it says nothing. */
  readonly checkpoint?: string | null;
}

/** One for each sample day of the kind; together they take every branch of the shipped templates. */
export function templateSamples<R extends ReportHead>(
  kind: Pick<ArchivedKind<R>, 'sampleDays'>,
): readonly TemplateSample<R>[] {
  return (kind.sampleDays?.() ?? []).map((day, index) => ({
    day,
    branding: brandings[index % brandings.length] ?? noBranding,
    templateFaults: index === 0 ? [fault] : [],
    ...checkpoints[index % checkpoints.length],
  }));
}

/** How it looks and speaks. */
export function themeOfSample(
  { day, branding }: TemplateSample,
  { folders, language }: Pick<ThemeData, 'folders' | 'language'>,
): Theme {
  // The words stay: only the direction is another one.
  const shown: LanguageData = day.isRightToLeft === true ? { ...language, tag: 'ar' } : language;
  return openTheme({ folders, language: shown, branding });
}

/** What page and workbook are made of. */
export function fileOfSample<R extends ReportHead>(
  { day, templateFaults }: TemplateSample<R>,
  file: string,
): RenderInput<R> {
  const { report, lines, revision, supersedes } = day;
  // A first report may be rendered before its revision is known.
  const edition = supersedes === null ? {} : { edition: { revision, contentDigest: '0'.repeat(64), file } };
  return { report, lines: shareLines(lines), templateFaults, ...edition };
}

export function mailOfSample<R extends ReportHead>({
  day,
  templateFaults,
  checkpoint,
}: TemplateSample<R>): Parameters<MailRenderer<R>['renderMail']>[0] {
  const { report, revision, supersedes, location, attached, link } = day;
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
