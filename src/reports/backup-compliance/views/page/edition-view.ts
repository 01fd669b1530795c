import { artefactNames } from '../../../../model/artefact-names.js';
import type { PageInput, PaperLines } from '../../../../renderers/view/report-views.js';
import { dateWords, shortText } from '../../../../renderers/view/view-parts.js';
import type { DailyReport } from '../../model/daily-report.js';
import { isAlsoIncomplete } from '../../model/report-verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { sliceWords } from './page-words.js';

/** A report with what is known of its revision. */
export type PageDay = Pick<PageInput<DailyReport>, 'report' | 'edition'>;

/** Which revision the page is of, in the bar and on every printed page. */
export interface EditionView {
  /** `revision 2`; null where it is not known when the page is rendered. */
  readonly revision: string | null;
  /** `Content SHA-256: …`; null as well. */
  readonly digest: string | null;
  /** The files that lie beside the page; null: the name is not known. */
  readonly files: { readonly workbook: string | null };
  /** What sentences call the workbook: its name, or that of the whole report's. */
  readonly workbookName: string;
  readonly paper: PaperLines;
}

export function editionView({ report, edition }: PageDay, wording: BackupWording): EditionView {
  const { text } = wording;
  const revision =
    typeof edition?.revision === 'number' ? text('page.bar.revision', { revision: edition.revision }) : null;
  const digest =
    edition === undefined ? null : text('page.paper.digest', { digest: shortText(edition.contentDigest) });
  const heading = text('page.heading', { date: dateWords(report.reportDay.date, wording) });
  const standing = wording.reportVerdict(report).words;
  const which = [shortText(report.plan), heading, revision, sliceWords(report, wording)];
  return {
    revision,
    digest,
    // A part of the report has a workbook of its own.
    files: { workbook: workbookBeside(edition) ?? (report.slice === null ? artefactNames.workbook : null) },
    workbookName: workbookName(edition),
    paper: {
      topLeft: which.filter((words) => words !== null).join(' · '),
      topRight: isAlsoIncomplete(report) ? `${text('page.status.INCOMPLETE')}, ${standing}` : standing,
      bottomLeft: digest ?? '',
    },
  };
}

/** The workbook beside a page has its name with another ending. */
function workbookBeside(edition: PageDay['edition']): string | null {
  return edition === undefined ? null : edition.file.replace(/\.html$/, '.xlsx');
}

function workbookName(edition: PageDay['edition']): string {
  return workbookBeside(edition) ?? artefactNames.workbook;
}

/** The same words, whose sentences name the workbook beside the page. */
export function namingWorkbook({ edition }: PageDay, wording: BackupWording): BackupWording {
  const known = { workbook: workbookName(edition) };
  return { ...wording, text: (key, values) => wording.text(key, { ...known, ...values }) };
}
