import type { Language, MessageValues } from '../language.js';
import { recogniseReason } from './recognise-reason.js';

/** Longer words are no reason: they are quoted. */
const longest = 10_000;
const mostParts = 50;

/** Reasons in the language of a report, in their order. */
export function sayReasons(reasons: readonly string[], language: Pick<Language, 'text'>): readonly string[] {
  return reasons.map((words) => sayReason(words, language));
}

/**
 * A reason in the language of a report, from its English words: those of `reasonWords`, alone or with the name of what they
 * are about before them (`events/a.gz: it …`), and several of them (`…; …`). What a service, a system or the data says is
 * quoted. Thus a report can be made again in any language from what an archive has kept.
 */
export function sayReason(words: string, language: Pick<Language, 'text'>): string {
  return said(words, language) ?? words;
}

/** null: nothing of it is known. */
function said(words: string, language: Pick<Language, 'text'>): string | null {
  if (words.length > longest) return null;
  return saidOne(words, language) ?? saidParts(words, language);
}

/** Values that may be reasons. Any other is a name, whatever it says. */
const spoken: ReadonlySet<string> = new Set(['why', 'what', 'advice', 'rest', 'means', 'type', 'content']);

function saidValues(values: MessageValues, language: Pick<Language, 'text'>): MessageValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value];
      if (name === 'rules')
        return [
          name,
          value
            .split(', ')
            .map((rule) => saidRule(rule, language))
            .join(', '),
        ];
      return [name, spoken.has(name) ? sayReason(value, language) : value];
    }),
  );
}

/** `modified before the window: 12` */
function saidRule(words: string, language: Pick<Language, 'text'>): string {
  const [, rule = words, number = ''] = /^(.*)(: \d+)$/s.exec(words) ?? [];
  return `${sayReason(rule, language)}${number}`;
}

/** Several reasons; one may hold the separator itself, so that the longest that is known counts. */
function saidParts(words: string, language: Pick<Language, 'text'>): string | null {
  const parts = words.split('; ');
  if (parts.length === 1 || parts.length > mostParts) return null;
  const all: string[] = [];
  let isKnown = false;
  for (let from = 0; from < parts.length;) {
    const { words: one, to, isSaid } = longestFrom(parts, from, language);
    all.push(one);
    isKnown ||= isSaid;
    from = to;
  }
  return isKnown ? all.join('; ') : null;
}

/** The longest run of parts that is one reason; a part that is none is quoted. */
function longestFrom(parts: readonly string[], from: number, language: Pick<Language, 'text'>) {
  for (let to = parts.length; to > from; to -= 1) {
    const found = saidOne(parts.slice(from, to).join('; '), language);
    if (found !== null) return { words: found, to, isSaid: true };
  }
  return { words: parts[from] ?? '', to: from + 1, isSaid: false };
}

function saidOne(words: string, language: Pick<Language, 'text'>): string | null {
  const known = recogniseReason(words);
  if (known === null) return saidOfName(words, language);
  return language.text(`reasons.${known.code}`, saidValues(known.values, language));
}

/** `events/a.gz: it …` */
function saidOfName(words: string, language: Pick<Language, 'text'>): string | null {
  for (let at = words.indexOf(': '); at >= 0; at = words.indexOf(': ', at + 1)) {
    const rest = words.slice(at + 2);
    const known = recogniseReason(rest);
    if (known === null) continue;
    const what = language.text(`reasons.${known.code}`, saidValues(known.values, language));
    return `${words.slice(0, at)}: ${what}`;
  }
  return null;
}
