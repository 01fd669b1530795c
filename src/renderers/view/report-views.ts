import type { Superseding } from '../../model/manifest.js';
import type { NoticeInput, NoticeWords, WorkbookLink } from '../../ports/mail-renderer.js';
import type { RenderInput } from '../../ports/renderer.js';
import type { Wording } from './wording.js';

/**
 * What a kind of report provides to the engines that render it. R is its report document. Values in, values out: the
 * engines read the templates, draw, and write the files.
 */
export interface ReportViews<R> {
  readonly page: PageView<R>;
  readonly mail: MailViews<R>;
  /** URL of the module with the workbook's lists (see ListsModule), which the workbook thread loads itself. */
  readonly workbookLists: string;
}

/**
 * Returns everything that report.html.hbs may show of the report. The engine's own names take precedence: `branding`,
 * `templateFaults`, `style`, `script`, `policy`. What the page's script reads is returned as `data`, a value of JSON; the
 * engine makes the text of a script element of it, null where there is none.
 */
export type PageView<R> = (input: PageInput<R>, wording: Wording) => Promise<PageContent>;

export interface PageContent {
  readonly [name: string]: unknown;
  /** A value of JSON. */
  readonly data?: object | null;
  /** Absent: a printed page says nothing in its margins. */
  readonly paper?: PaperLines;
}

/** What stands in the margins of every printed page: which report this is. Plain text. */
export interface PaperLines {
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
}

export interface PageInput<R> {
  readonly report: R;
  /**
   * Lines of the day (a job, a change), each with its newline, some at a time. Must be read before awaiting anything
   * else.
   */
  readonly lines: AsyncIterable<string>;
  readonly edition?: NonNullable<RenderInput['edition']>;
}

export interface MailViews<R> {
  /**
   * Creates the view that all three templates of the mail show. The engine's own names take precedence: `company`,
   * `footer`, `logo`, `templateFaults`, `checkpoint`.
   */
  readonly view: (input: MailInput<R>, wording: Wording) => CappedView;
  /** What channels are told; absent: the beginning of the mail. */
  readonly notice?: (input: NoticeInput<R>, wording: Wording) => NoticeWords;
}

/**
 * @param cap how many exceptions are shown. The engine tries smaller numbers until the mail fits; with 0 it must fit,
 *   so every text is clipped and every other list is short.
 */
export type CappedView = (cap: number) => object;

export interface MailInput<R> {
  readonly report: R;
  readonly revision: number;
  readonly location: string;
  readonly attached: boolean;
  readonly supersedes?: Superseding | null;
  readonly link?: WorkbookLink | null;
}
