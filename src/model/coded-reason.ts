import type { Language, MessageValues } from './language.js';

/** Why a source is not complete, as a code. */
export type ReasonCode =
  'deadline' | 'stillHangs' | 'missing' | 'noMatch' | 'noMatchLeftOut' | 'emptyFolder' | 'emptyFolderLeftOut';

const keyOfCode: Readonly<Record<ReasonCode, string>> = {
  deadline: 'sentences.reading.deadline',
  stillHangs: 'sentences.reading.stillHangs',
  missing: 'sentences.reading.missing',
  noMatch: 'sentences.reading.noMatch',
  noMatchLeftOut: 'sentences.reading.noMatchLeftOut',
  emptyFolder: 'sentences.reading.emptyFolder',
  emptyFolderLeftOut: 'sentences.reading.emptyFolderLeftOut',
};

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
    return found === undefined ? words : language.text(keyOfCode[found.code], found.values);
  });
}
