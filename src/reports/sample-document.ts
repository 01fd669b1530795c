import type { Superseding } from '../model/manifest.js';
import type { PageLimits } from '../model/page-limits.js';
import type { WorkbookLink } from '../ports/mail-renderer.js';

/** The report of a day or of a period that does not exist, with all that page, mail and workbook are made of. */
export interface SampleDocument<R> {
  /** What is special about it: `everything`, `nothing`. */
  readonly name: string;
  /** Of the page; absent: the usual ones. */
  readonly limits?: PageLimits;
  /** The workbook has no branches, only lists that are full or empty: it is tried with documents that have this. */
  readonly fillsWorkbook?: boolean;
  /** It is shown as if its language were written from right to left. */
  readonly isRightToLeft?: boolean;
  readonly report: R;
  /** Of a day; a period has none. */
  readonly lines: readonly object[];
  readonly revision: number;
  readonly supersedes: Superseding | null;
  readonly location: string;
  readonly attached: boolean;
  readonly link: WorkbookLink | null;
}
