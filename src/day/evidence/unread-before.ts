import type { InputEntry } from '../../model/inputs.js';
import type { Language } from '../../model/language.js';
import { type EarlierSource, evidenceType, revisionOfName } from './earlier-evidence.js';
import type { PresentSources } from './present-sources.js';
import { sayReason } from '../../model/reasons/say-reason.js';

/** Something that an earlier revision could not read, and that nobody can read any more. */
export interface UnreadBefore {
  /** The revision that met it. */
  readonly revision: number;
  readonly entry: InputEntry;
  /** Why the report is INCOMPLETE. */
  readonly words: string;
}

interface UnreadContext {
  readonly present: PresentSources;
  readonly language: Language;
  /** Whether it is a file of the archive that was looked at again. */
  readonly isAsked: (name: string) => boolean;
}

/**
 * What the day's newest revision could not read and the sources do not have any more: that it is gone is no knowledge of
 * what was in it. An input that is read by now, or left out by a rule, is settled.
 */
export function unreadBefore(
  sources: readonly EarlierSource[],
  revision: number,
  { present, language, isAsked }: UnreadContext,
): readonly UnreadBefore[] {
  return sources.flatMap((source) => {
    const met = revisionOfName(source.name) ?? revision;
    const unread =
      source.inputs?.entries.filter(({ disposition }) => disposition.startsWith('unreadable')) ?? [];
    if (unread.length > 0) {
      return unread
        .filter(({ name }) => !isAsked(name) && !present.hasInput(name) && !present.hasSource(name))
        .map((entry) => ({ revision: met, entry, words: inputInWords(entry, met, language) }));
    }
    if (source.complete || source.type === evidenceType || present.sourceLike(source) !== null) return [];
    const { name } = source;
    const reason = source.reasons.join('; ') || null;
    const entry = { name, disposition: 'unreadable', reason, bytes: null, records: null } as const;
    const words = language.text('sentences.evidence.sourceGone', {
      name,
      revision: met,
      reason: sayReason(reason ?? '-', language),
    });
    return [{ revision: met, entry, words }];
  });
}

function inputInWords({ name, reason }: InputEntry, revision: number, language: Language): string {
  return language.text('sentences.evidence.inputGone', {
    name,
    revision,
    reason: sayReason(reason ?? '-', language),
  });
}
