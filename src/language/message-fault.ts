import { IntlMessageFormat } from 'intl-messageformat';
import { nearestWord } from '../base/nearest-word.js';
import { explainError } from '../errors.js';
import { reasonWords } from '../model/reasons/reason-words.js';

/** What a message asks for: its placeholders, and those of them that it formats as a date or time. */
export interface Placeholders {
  readonly names: ReadonlySet<string>;
  readonly times: ReadonlySet<string>;
}

/*
 * Kinds of elements in the parser's tree (formatjs.github.io/docs/icu-messageformat-parser, TYPE): text 0, date 3, time 4,
 * the # of a plural 7.
 */
const textKind = 0;
const timeKinds: ReadonlySet<number> = new Set([3, 4]);
const poundKind = 7;

/** @throws SyntaxError for a text that is no message */
export function placeholdersOf(message: string, tag: string): Placeholders {
  const names = new Set<string>();
  const times = new Set<string>();
  const visit = (elements: ReturnType<IntlMessageFormat['getAst']>): void => {
    for (const element of elements) {
      if (element.type === textKind || element.type === poundKind) continue;
      names.add(element.value);
      if (timeKinds.has(element.type)) times.add(element.value);
      if ('options' in element) for (const { value } of Object.values(element.options)) visit(value);
    }
  };
  visit(new IntlMessageFormat(message, tag, undefined, { ignoreTag: true }).getAst());
  return { names, times };
}

/**
 * Why a message of a company's own cannot be shown in place of a shipped one; null: it can be.
 *
 * @param given the shipped messages of the key, which are given all that they ask for; none: the key is the company's own
 */
export function messageFault(written: string, tag: string, given: readonly Placeholders[]): string | null {
  let asked: Placeholders;
  try {
    asked = placeholdersOf(written, tag);
  } catch (error) {
    return reasonWords('messageBroken', { code: explainError(error), text: written });
  }
  if (given.length === 0) return null;
  const known = [...new Set(given.flatMap(({ names }) => [...names]))].sort();
  const unknown = [...asked.names].find((name) => !known.includes(name));
  if (unknown !== undefined) return unknownPlaceholder(unknown, known);
  const time = [...asked.times].find((name) => !given.some(({ times }) => times.has(name)));
  return time === undefined ? null : reasonWords('messageNoTime', { name: `{${time}}` });
}

/** Placeholders of the shipped message that another leaves out: what they would say is missing. */
export function missingPlaceholders(written: Placeholders, shipped: Placeholders): readonly string[] {
  return [...shipped.names].filter((name) => !written.names.has(name)).sort();
}

function unknownPlaceholder(name: string, known: readonly string[]): string {
  const nearest = nearestWord(name, known);
  const given = known.length === 0 ? '–' : known.map((each) => `{${each}}`).join(', ');
  const values = { name: `{${name}}`, given };
  if (nearest === null) return reasonWords('messageNotGiven', values);
  return reasonWords('messageNotGivenMeant', { ...values, meant: `{${nearest}}` });
}
