import { type Formatters, IntlMessageFormat } from 'intl-messageformat';
import type { MessageValues } from '../model/language.js';
import { reasonWords } from '../model/reasons/reason-words.js';

/** The message with its placeholders filled in. Throws if a value is missing. */
export type Message = (values: MessageValues) => string;

/** Placeholders like `{name}`, and text without a meaning to ICU. */
const plainMessage = /^(?:[^{}'#]|\{\w+\})*$/;

/** Counts repeat: this many results of a message with one number are cached. */
const maxCounts = 1000;

/** What messages format numbers with. By itself each message makes its own, which takes longer than to format with it. */
const formatters: Formatters = {
  getNumberFormat: remembered((tag, options) => new Intl.NumberFormat(tag, options)),
  getDateTimeFormat: remembered((tag, options) => new Intl.DateTimeFormat(tag, options)),
  getPluralRules: remembered((tag, options) => new Intl.PluralRules(tag, options)),
};

type Tags = string | string[] | undefined;

/** One for each language and options: there are a few. */
function remembered<Options, Format>(
  make: (tags: Tags, options: Options | undefined) => Format,
): (tags?: Tags, options?: Options) => Format {
  const made = new Map<string, Format>();
  return (tags, options) => {
    const key = JSON.stringify([tags, options]);
    let format = made.get(key);
    if (format === undefined) made.set(key, (format = make(tags, options)));
    return format;
  };
}

/**
 * Compiles a message in ICU MessageFormat. Tens of thousands of resources share a few sentences, and filling in a plain
 * one without ICU is some twenty times as fast.
 */
export function compileMessage(written: string, tag: string): Message {
  if (plainMessage.test(written)) return fill(written);
  const format = new IntlMessageFormat(written, tag, undefined, { ignoreTag: true, formatters });
  return rememberCounts((values) => String(format.format({ ...values })));
}

function fill(written: string): Message {
  // Text and placeholder names alternate, starting with text.
  const [first = '', ...rest] = written.split(/\{(\w+)\}/);
  return (values) => {
    let filled = first;
    for (let at = 0; at < rest.length; at += 2) {
      const name = rest[at] ?? '';
      const value = values[name];
      if (value === undefined)
        throw new TypeError(reasonWords('messageNeeds', { name: `{${name}}`, text: written }));
      filled += `${value ?? ''}${rest[at + 1]}`;
    }
    return filled;
  };
}

/** If its only value is a small count, a message is formatted once. */
function rememberCounts(format: Message): Message {
  const known = new Map<number, string>();
  let knownName = '';
  return (values) => {
    const [name = '', ...others] = Object.keys(values);
    const count = values[name];
    if (others.length > 0 || typeof count !== 'number') return format(values);
    if (name !== knownName || known.size >= maxCounts) known.clear();
    knownName = name;
    let words = known.get(count);
    if (words === undefined) known.set(count, (words = format(values)));
    return words;
  };
}
