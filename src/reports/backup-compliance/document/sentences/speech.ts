import type { Language } from '../../../../model/language.js';

/** What sentences are made with. */
export interface Speech {
  readonly language: Language;
  /** IANA, of the report day: in it the sentences tell instants. */
  readonly timezone: string;
}
