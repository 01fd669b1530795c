import { decodeBase64, decodeBase64Loosely } from './base64.js';
import { removed } from './removed.js';
import { mayNameSqlSecret, withoutSqlSecrets } from './sql-secrets.js';

const words = 'credentials|headers|(?:proxy-?)?authorization|(?:set-?)?cookie|password';
const secretKey = new RegExp(`^(?:${words})$`, 'i');
const anySecret = new RegExp(words, 'i');
/** A key in JSON text, also where that text is text in JSON: then its quotes are escaped, once or several times. */
const keyInText = new RegExp(String.raw`(\\{0,31})(["'])(?:${words})\1\2\s*:\s*`);
/** A line of HTTP. */
const headerLine = /\b((?:proxy-)?authorization\s*[:=]\s*)(?:(?:bearer|basic|digest)\s+)?[^\s"'\\,}]+/gi;
const base64Run = /[A-Za-z0-9+/_-]{24,}={0,2}/g;

/** Keys of audit records and messages that carry secrets: identity.credentials, headers of requests and responses. */
export function isSecretKey(key: string): boolean {
  return secretKey.test(key);
}

/** Whether a text names any of them, or may hold a password of SQL, in whatever form. */
export function namesSecret(text: string): boolean {
  return anySecret.test(text) || mayNameSqlSecret(text);
}

/**
 * Text that could not be parsed, with credentials, headers and passwords of SQL commands removed; also those in base64
 * within it.
 */
export function secretFreeText(text: string): string {
  return cleaned(text, (plain) => withoutSqlSecrets(withoutKeys(plain)));
}

/** Text that is no command, with credentials and headers removed: passwords of SQL are not looked for. */
export function headerFreeText(text: string): string {
  return cleaned(text, withoutKeys);
}

function cleaned(text: string, clean: (plain: string) => string): string {
  const plain = namesSecret(text) ? clean(text).replace(headerLine, `$1${removed}`) : text;
  return plain.replace(base64Run, (run) => {
    const inner = decodeBase64Loosely(run);
    if (!namesSecret(inner)) return run;
    const kept = clean(inner);
    return kept === inner ? run : Buffer.from(kept).toString('base64');
  });
}

/** The text that a whole base64 text holds; undefined for other text. */
export function textInBase64(text: string): string | undefined {
  return text.length < 24 ? undefined : decodeBase64(text);
}

function withoutKeys(text: string): string {
  let clean = '';
  let from = 0;
  const keys = new RegExp(keyInText, 'gi');
  for (let match = keys.exec(text); match !== null; match = keys.exec(text)) {
    const [whole, escapes = '', quote = '"'] = match;
    const at = match.index + whole.length;
    clean += `${text.slice(from, at)}${escapes}${quote}${removed}${escapes}${quote}`;
    from = endOfValue(text, at, { escapes: escapes.length, quote });
    keys.lastIndex = from;
  }
  return clean + text.slice(from);
}

interface Quoting {
  /** Backslashes before each quote. */
  readonly escapes: number;
  readonly quote: string;
}

/** Where a JSON value ends; the end of the text where it was cut off. */
function endOfValue(text: string, at: number, quoting: Quoting): number {
  const start = text.startsWith('\\'.repeat(quoting.escapes) + quoting.quote, at);
  if (start) return endOfString(text, at + quoting.escapes + 1, quoting);
  if (text[at] !== '{' && text[at] !== '[') {
    const end = text.slice(at).search(/[\s,}\]]/);
    return end < 0 ? text.length : at + end;
  }
  let depth = 0;
  for (let index = at; index < text.length; index += 1) {
    const character = text[index];
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === quoting.quote) index = endOfString(text, index + 1, quoting) - 1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}

/** A quote ends a string where as many backslashes stand before it as before the one that began it. */
function endOfString(text: string, from: number, { escapes, quote }: Quoting): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
    let backslashes = 0;
    while (at - backslashes > from && text[at - backslashes - 1] === '\\') backslashes += 1;
    if (backslashes % (2 * (escapes + 1)) === escapes) return at + 1;
  }
  return text.length;
}
