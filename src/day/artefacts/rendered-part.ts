import type { ReportHead } from '../../model/report-head.js';
import type { ArchivedPart } from '../../reports/report-kind.js';
import type { StagedArtefact } from './describe-artefact.js';

/** One recipient's part of a report with its workbook and page. */
export interface RenderedPart<R extends ReportHead> extends ArchivedPart<R> {
  /** null: none was rendered. */
  readonly workbook: StagedArtefact | null;
  /** null: none was rendered. Absent: it stays in the archive. */
  readonly page?: StagedArtefact | null;
}
