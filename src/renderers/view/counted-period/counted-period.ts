import type { PeriodHead } from '../../../model/period-head.js';
import type { PeriodCalendarDay } from '../period-calendar.js';
import type { Label, Tone, Wording } from '../wording.js';

/**
 * The report of a period that counts what happened, in words: what `counted-period.html.hbs` and the three templates of
 * its mail show. A kind makes it of its own document; what is common to all kinds is made of the document's head.
 */
export interface CountedPeriod {
  /** `Tenancy changes 2026-11`; the title of page and mail. */
  readonly title: string;
  /** What a reader has to do. */
  readonly standing: Label;
  readonly headline: string;
  /** An equation that a reader can check. */
  readonly balance: string;
  readonly facts: readonly CountedFact[];
  /** What a person has to look at, most important first: it stands before the counts, and in the mail. */
  readonly lists: readonly CountedTable[];
  /** Counts by day, service, principal. */
  readonly tables: readonly CountedTable[];
  readonly calendarIntro: string;
  /** How it is counted, and what it does not say. */
  readonly notes: readonly string[];
}

/** How a kind tells a period of counts. P is its document. */
export interface CountedPeriodKind<P extends PeriodHead> {
  tell(report: P, wording: Wording): CountedPeriod;
  /** What stands in the calendar's field of a day. */
  calendarDay(day: P['days'][number], wording: Wording): Pick<PeriodCalendarDay, 'tone' | 'words'>;
}

/** A number with its name; a zero has no colour. */
export interface CountedFact extends Label {
  readonly name: string;
}

/** A cell of a table: text, with a colour where it says how something stands. */
export interface CountedCell {
  readonly words: string;
  readonly isNumber: boolean;
  /** null: it is plain text. */
  readonly tone: Tone | null;
}

export interface CountedRow {
  readonly name: string;
  /** Below the name, smaller; null: nothing. */
  readonly sub: string | null;
  readonly cells: readonly CountedCell[];
}

export interface CountedTable {
  /** Of its heading on the page: `removals`. */
  readonly id: string;
  readonly title: string;
  readonly intro: string | null;
  /** Heads of its columns, that of the name first. */
  readonly columns: readonly { readonly words: string; readonly isNumber: boolean }[];
  readonly rows: readonly CountedRow[];
  /** What is said where there is no row; null: the table is left out then. */
  readonly none: string | null;
  /** How many there are; more than its rows where it is cut. */
  readonly total: number;
  readonly tone: Tone;
}
