import type { Language, MessageValues } from './language.js';

/** Codes of reasons; `sentences.reading.<code>` says each. */
export type ReasonCode =
  'deadline' | 'stillHangs' | 'missing' | 'noMatch' | 'noMatchLeftOut' | 'emptyFolder' | 'emptyFolderLeftOut';

/** Why a source is not complete: in English, as logs have it, and what says it in the language of a report. */
export interface CodedReason {
  readonly words: string;
  readonly code: ReasonCode;
  readonly values: MessageValues;
}

/** The reasons in the language of a report, in their order. One without a code is quoted as it is. */
export function sayReasons(
  reasons: readonly string[],
  coded: readonly CodedReason[],
  language: Pick<Language, 'text'>,
): readonly string[] {
  const byWords = new Map(coded.map((each) => [each.words, each]));
  return reasons.map((words) => {
    const found = byWords.get(words);
    return found === undefined ? words : language.text(`sentences.reading.${found.code}`, found.values);
  });
}
