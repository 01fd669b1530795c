import type { Superseding } from '../model/manifest.js';
import type { TemplateFault } from '../model/template-fault.js';

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
export interface MailRenderer<R> {
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
    /** Of the archive's log, to be printed word for word; null: there is none, and the mail says so. Absent: it says nothing. */
    readonly checkpoint?: string | null;
  }): Promise<MailContent>;
  /** Renders what channels are told. Absent: they are told the beginning of the mail. */
  renderNotice?(input: NoticeInput<R>): Promise<NoticeContent>;
}
