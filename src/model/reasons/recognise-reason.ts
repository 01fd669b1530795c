import type { MessageValues } from '../language.js';
import { type ReasonCode, reasonTable } from './reason-table.js';
import { placeholders } from './reason-words.js';

/** A reason as `reasonWords` was asked for it. */
export interface RecognisedReason {
  readonly code: ReasonCode;
  readonly values: MessageValues;
}

/** A sentence of the table: text and values alternate, beginning and ending with text. */
interface Pattern {
  readonly code: ReasonCode;
  readonly texts: readonly string[];
  readonly values: readonly { readonly name: string; readonly isNumber: boolean }[];
}

/**
 * What `reasonWords` made these words from; null: it did not. Where several sentences fit, it is the one with most words of
 * its own. It takes a time that grows with the length of the words alone, whatever they are.
 */
export function recogniseReason(words: string): RecognisedReason | null {
  for (const pattern of patterns) {
    const values = valuesIn(words, pattern);
    if (values !== null) return { code: pattern.code, values };
  }
  return null;
}

const patterns: readonly Pattern[] = Object.keys(reasonTable)
  .filter((code): code is ReasonCode => code in reasonTable)
  .flatMap(patternsOf)
  .sort((a, b) => ownLength(b) - ownLength(a));

function ownLength({ texts }: Pattern): number {
  return texts.join('').length;
}

/** One for each choice of a word after a number. */
function patternsOf(code: ReasonCode): readonly Pattern[] {
  // Text, name and nouns in turn.
  const [first = '', ...rest] = reasonTable[code].split(placeholders);
  let found: Pattern[] = [{ code, texts: [first], values: [] }];
  for (let at = 0; at < rest.length; at += 3) {
    const [name = '', nouns, after = ''] = rest.slice(at, at + 3);
    const isNumber = nouns !== undefined;
    const choices = nouns?.includes('|') === true ? nouns.split('|').map((noun) => ` ${noun}`) : [''];
    found = found.flatMap(({ texts, values }) =>
      choices.map((noun) => ({
        code,
        texts: [...texts, `${noun}${after}`],
        values: [...values, { name, isNumber }],
      })),
    );
  }
  return found;
}

function valuesIn(words: string, { texts, values: wanted }: Pattern): MessageValues | null {
  const [first = ''] = texts;
  const last = texts.at(-1) ?? '';
  if (wanted.length === 0) return words === first ? {} : null;
  if (!words.startsWith(first) || !words.endsWith(last)) return null;
  const values: Record<string, string | number> = {};
  let from = first.length;
  for (const [index, { name, isNumber }] of wanted.entries()) {
    const isLast = index === wanted.length - 1;
    const text = texts[index + 1] ?? '';
    // A value has at least one character.
    const to = isLast ? words.length - last.length : words.indexOf(text, from + 1);
    if (to <= from) return null;
    const value = words.slice(from, to);
    if (isNumber && !/^\d+$/.test(value)) return null;
    const known = values[name];
    if (known !== undefined && String(known) !== value) return null;
    values[name] = isNumber ? Number(value) : value;
    from = to + text.length;
  }
  return values;
}
