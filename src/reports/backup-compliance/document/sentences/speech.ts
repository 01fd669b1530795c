import type { Language } from '../../../../model/language.js';

/** What sentences are built with. */
export interface Speech {
  readonly language: Language;
  /** IANA zone of the report day; sentences give times in it. */
  readonly timezone: string;
}
