import { reasonWords } from '../../../model/reasons/reason-words.js';

/** A part of a text of the template. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  /** `{{resource.name}}` */
  | { readonly kind: 'path'; readonly path: string }
  /** `{{t "workbook.title" date=day.date}}` */
  | { readonly kind: 'message'; readonly key: string; readonly values: readonly MessagePlaceholder[] }
  /** `{{link "https://tickets.example.com/" waiver.ticket}}` */
  | { readonly kind: 'link'; readonly prefix: string; readonly path: string }
  /** `{{logo}}` */
  | { readonly kind: 'logo' }
  /** `{{#each resources}}` */
  | { readonly kind: 'each'; readonly list: string }
  /** `{{/each}}` */
  | { readonly kind: 'end' };

/** A placeholder of a message, and the text or path that fills it. */
export interface MessagePlaceholder {
  readonly name: string;
  readonly argument: MessageArgument;
}

export type MessageArgument =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'path'; readonly path: string };

/** A text of the template that cannot be parsed; the message says why, but not where. */
export class ExpressionFault extends Error {}

const pathForm = /^[A-Za-z][\w-]*(?:\.[\w-]+)*$/;
const valueForm = /^([A-Za-z]\w*)=(.+)$/s;
/** A text in quotes, a value `name=…`, or a word. */
const tokenForm = /(?:[A-Za-z]\w*=)?(?:"[^"]*"|'[^']*')|[^\s"']+/g;

/** @throws ExpressionFault */
export function parseText(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const found of text.matchAll(/\{\{([^{}]*)\}\}/g)) {
    pushText(parts, text.slice(at, found.index));
    parts.push(parseExpression(found[1] ?? ''));
    at = found.index + found[0].length;
  }
  pushText(parts, text.slice(at));
  return parts;
}

function pushText(parts: TextPart[], text: string): void {
  if (text.includes('{{') || text.includes('}}'))
    throw new ExpressionFault(reasonWords('expressionNotClosed', { text: text.trim() }));
  if (text !== '') parts.push({ kind: 'text', text });
}

function parseExpression(inside: string): TextPart {
  // Spreadsheet programs replace typed quotes with typographic ones.
  const written = inside
    .replaceAll(/[\u201c\u201d\u201e]/g, '"')
    .replaceAll(/[\u2018\u2019\u201a]/g, "'")
    .replaceAll('\u00a0', ' ')
    .trim();
  if (written === '/each') return { kind: 'end' };
  const tokens = written.match(tokenForm) ?? [];
  const [first = '', ...rest] = tokens;
  if (first === '#each') return parseEach(written, rest);
  if (first === 't') return parseMessage(written, rest);
  if (first === 'link') return parseLink(written, rest);
  if (written === 'logo') return { kind: 'logo' };
  if (rest.length === 0 && pathForm.test(first)) return { kind: 'path', path: first };
  const known = '{{field}}, {{t "message"}}, {{link "address" field}}, {{logo}}, {{#each list}}, {{/each}}';
  throw new ExpressionFault(reasonWords('noExpression', { tag: `{{${written}}}`, known }));
}

function parseEach(written: string, [list, ...more]: readonly string[]): TextPart {
  if (list === undefined || more.length > 0)
    throw new ExpressionFault(reasonWords('tagNeedsList', { tag: `{{${written}}}` }));
  return { kind: 'each', list };
}

function parseMessage(written: string, [key = '', ...rest]: readonly string[]): TextPart {
  const name = quotedText(key);
  if (name === null) throw new ExpressionFault(reasonWords('tagNeedsMessage', { tag: `{{${written}}}` }));
  const values = rest.map((token): MessagePlaceholder => {
    const [, placeholder = '', value = ''] = valueForm.exec(token) ?? [];
    if (placeholder === '')
      throw new ExpressionFault(`{{${written}}}: ${reasonWords('tagNotNamed', { token })}`);
    return { name: placeholder, argument: parseArgument(written, value) };
  });
  return { kind: 'message', key: name, values };
}

function parseLink(written: string, [address = '', path = '', ...more]: readonly string[]): TextPart {
  const prefix = quotedText(address);
  if (prefix === null || !pathForm.test(path) || more.length > 0)
    throw new ExpressionFault(reasonWords('tagNeedsAddress', { tag: `{{${written}}}` }));
  return { kind: 'link', prefix, path };
}

function parseArgument(written: string, value: string): MessageArgument {
  const text = quotedText(value);
  if (text !== null) return { kind: 'text', text };
  if (!pathForm.test(value))
    throw new ExpressionFault(`{{${written}}}: ${reasonWords('argumentIsNoField', { token: value })}`);
  return { kind: 'path', path: value };
}

function quotedText(token: string): string | null {
  return /^(["']).*\1$/s.test(token) && token.length >= 2 ? token.slice(1, -1) : null;
}
