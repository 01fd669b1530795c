import { removed } from './removed.js';

/*
 * Passwords in the text of SQL commands. Databases audit commands as they were typed, and Data Safe passes them on.
 * https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/CREATE-USER.html
 */

/** Blanks, comments, and line breaks as JSON text writes them. */
const gap = String.raw`(?:\s|\\[nrt]|/\*[^]{0,200}?\*/|--[^\n]{0,200}\n)`;

/** Names of parameters and variables that hold a secret: `p_web_password`, `ENCRYPTION_PASSWORD`, `pwd`. */
const secretName = String.raw`\b\w{0,60}(?:password|passwd|passphrase|pwd|secret)\w{0,20}`;

/** What stands directly before a secret. A literal that names its parameter may be quoted itself. */
const openers = [
  String.raw`\bidentified${gap}+by(?:${gap}+values?)?${gap}*`,
  // The old password, after the new one.
  String.raw`(?<=\[removed\])${gap}+replace${gap}+`,
  String.raw`${secretName}${gap}*(?:=>|:=|=)${gap}*`,
  String.raw`\b(?:add|update|with)${gap}+secret${gap}+`,
  String.raw`\bpassword${gap}+(?=\\{0,31}["'])`,
  // user/password, of a connection.
  String.raw`\b(?:connect|conn|userid${gap}*=|sqlplus|expdp|impdp|exp|imp|rman${gap}+target)${gap}+(?:\\{0,31}["'])?[\w$#."]{1,128}/(?!/)`,
  String.raw`\buserid${gap}*=${gap}*(?:\\{0,31}["'])?[\w$#."]{1,128}/(?!/)`,
];

const opener = new RegExp(openers.join('|'), 'gi');

/** Calls whose literals are a name, a user and a password, by position. */
const credentialCall = /\b(?:create_credential|update_credential|set_wallet|set_authentication)\s*\(/gi;

/** What the data dictionary keeps of a password: S: and T: with a salt, H: of XDB, and the old one of 16 digits. */
const verifier = /\b[STH]:[0-9A-F]{16,400}/gi;

const anySecret =
  /identified|replace|passw|passphrase|pwd|secret|connect|\bconn\b|userid|sqlplus|(?:exp|imp)(?:dp)?\b|rman|_credential|set_wallet|set_authentication|[STH]:[0-9A-F]{16}/i;

/** Words after `identified by` that are no password. */
const noPassword = /^(?:external\s+store|externally|globally)\b/i;

/** Whether a text may have a secret of SQL in it: cheap, and true for many that have none. */
export function mayNameSqlSecret(text: string): boolean {
  return anySecret.test(text);
}

/** Whether a command makes, changes or uses a password: the values that it was called with may be one. */
export function setsPassword(command: string): boolean {
  return /identified|password|passwd|\bpwd|credential|secret|wallet|set_authentication/i.test(command);
}

/**
 * The text without passwords and their hashes: after `identified by` and `replace`, in arguments that are named like a
 * password, in connect strings and in calls that make credentials. A literal that was cut off is removed to its end. The
 * same text where there are none; text that was cleaned stays as it is.
 */
export function withoutSqlSecrets(text: string): string {
  if (!mayNameSqlSecret(text)) return text;
  // Twice: what follows `replace` is known by the password before it.
  const opened = withoutOpened(withoutOpened(text));
  return withoutCredentials(opened).replace(verifier, removed);
}

function withoutOpened(text: string): string {
  let clean = '';
  let from = 0;
  for (const match of text.matchAll(opener)) {
    const at = match.index + match[0].length;
    if (match.index < from) continue;
    const end = endOfList(text, at, /identified/i.test(match[0]));
    if (end === at) continue;
    clean += `${text.slice(from, at)}${removed}`;
    from = end;
  }
  return from === 0 ? text : clean + text.slice(from);
}

/** `grant … identified by a, b` names several. */
function endOfList(text: string, at: number, mayBeList: boolean): number {
  if (mayBeList && noPassword.test(text.slice(at, at + 40))) return at;
  let end = endOfSecret(text, at);
  for (;;) {
    const next = mayBeList ? /^\s*,\s*/.exec(text.slice(end, end + 40)) : null;
    if (next === null || end === at || anotherRole.test(text.slice(end, end + 200))) return end;
    const following = endOfSecret(text, end + next[0].length);
    if (following === end + next[0].length) return end;
    end = following;
  }
}

/** `set role a identified by x, b identified by y` */
const anotherRole = /^\s*,\s*[\w$#".]+\s+identified\b/i;

/** Where the literal or word that begins here ends; `at` where it is a bind variable, or there is none. */
function endOfSecret(text: string, at: number): number {
  if (text.startsWith(removed, at)) return at + removed.length;
  const quoted = /^n?q(\\{0,31})'([^])/i.exec(text.slice(at, at + 40));
  if (quoted !== null) {
    const [whole, escapes = '', opening = ''] = quoted;
    return after(text, `${closing.get(opening) ?? opening}${escapes}'`, at + whole.length);
  }
  const quote = /^(\\{0,31})(["'])/.exec(text.slice(at, at + 40));
  if (quote !== null) return endOfQuoted(text, at + quote[0].length, quote[0]);
  if (/^:["\w]/.test(text.slice(at, at + 2))) return at;
  return at + (/^[^\s;,)("'\\]+/.exec(text.slice(at))?.[0].length ?? 0);
}

const closing: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['{', '}'],
  ['(', ')'],
  ['<', '>'],
]);

/** A quote that stands twice is part of the literal. */
function endOfQuoted(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at >= 0;) {
    const end = at + quote.length;
    if (!text.startsWith(quote, end)) return end;
    at = text.indexOf(quote, end + quote.length);
  }
  return text.length;
}

function after(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at < 0 ? text.length : at + end.length;
}

/** Of such a call every literal but the first is removed. */
function withoutCredentials(text: string): string {
  let clean = text;
  for (const match of [...text.matchAll(credentialCall)].reverse()) {
    const from = match.index + match[0].length;
    const end = endOfCall(text, from);
    let literals = 0;
    const call = text.slice(from, end).replace(/(\\{0,31})(["'])(?:(?!\1\2)[^])*(?:\1\2|$)/g, (literal) => {
      literals += 1;
      return literals === 1 ? literal : removed;
    });
    clean = clean.slice(0, from) + call + clean.slice(end);
  }
  return clean;
}

function endOfCall(text: string, from: number): number {
  const end = /\)\s*(?:;|\\n|\n|$)/.exec(text.slice(from));
  return end === null ? text.length : from + end.index;
}
