import type { Language } from '../../../../model/language.js';

/** What sentences are built with. */
export interface Speech {
  readonly language: Language;
  /** The report day: `2026-11-19`. Sentences name it, because a report is read on other days, too. */
  readonly date: string;
  /** IANA zone of the report day; sentences give times in it. */
  readonly timezone: string;
}
