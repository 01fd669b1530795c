/*
 * Names and messages in events are whatever somebody typed. These functions make them harmless where they are shown,
 * without hiding anything: a reader must see that a name contains a newline or changes the direction of the text.
 */

/** C0, DEL, C1, and U+FFFE and U+FFFF, which XML forbids: a workbook that contains one does not open. */
// oxlint-disable-next-line no-control-regex -- control characters are what this file is about
const controls = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g;
/** Direction controls, line and paragraph separators, and what has no width: they change what a line looks like, or hide. */
const lineControls =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]/g;

/** The most that one cell of a workbook can hold, in UTF-16 units. */
export const workbookTextLimit = 32_767;

const underscoreEscape = '_x005F_';

/**
 * Controls of any kind, surrogates, or anything that looks like an escape: most text in a large workbook has none of them.
 */
const needsCare =
  // oxlint-disable-next-line no-control-regex -- as above
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_/;

/** Well-formed text with a visible symbol for every control character, newline and tab included. */
export function visibleText(text: string): string {
  return text.toWellFormed().replace(controls, picture);
}

/** visibleText for one line of plain text: direction controls and line separators become `[U+202E]`. */
export function plainLine(text: string): string {
  return visibleText(text).replace(lineControls, codePointName);
}

/** `[U+202E]` */
function codePointName(control: string): string {
  const hex = (control.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `[U+${hex.padStart(4, '0')}]`;
}

/**
 * At most `maxChars` code points, then `… (40,000 characters)` with the full length. Text that fits is returned
 * unchanged.
 */
export function clip(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  let kept = 0;
  let units = 0;
  let total = 0;
  for (const character of text) {
    total += 1;
    if (kept === maxChars) continue;
    kept += 1;
    units += character.length;
  }
  if (total <= maxChars) return text;
  return `${text.slice(0, units)}… (${formatInteger(total)} characters)`;
}

/**
 * Text for a workbook cell: like plainLine, but newlines stay, and text that a spreadsheet would read as an escape
 * (`_x0041_`) is shown as typed. Never longer than a cell can hold; a note says where it was cut.
 */
export function workbookText(text: string): string {
  if (text.length <= workbookTextLimit && (isPlainAscii(text) || !needsCare.test(text))) return text;
  const shown = text.toWellFormed().replace(controls, (found) => (found === '\n' ? found : picture(found)));
  const named = shown.replace(lineControls, codePointName);
  const escaped = named.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, underscoreEscape);
  if (escaped.length <= workbookTextLimit) return escaped;
  const note = `… [cut: the whole text has ${formatInteger(text.length)} UTF-16 units]`;
  return escaped.slice(0, wholeEnd(escaped, workbookTextLimit - note.length)) + note;
}

/** Nothing but what can be typed, and no underscore, which may begin an escape. Quicker than a regular expression. */
function isPlainAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e || code === 0x5f) return false;
  }
  return true;
}

/** The last position up to `end` that does not split a surrogate pair or an escape. */
function wholeEnd(escaped: string, end: number): number {
  // From the left, as a spreadsheet reads it: from the right, the end of one escape may look like the start of another.
  for (const { index } of escaped.slice(0, end + underscoreEscape.length).matchAll(/_x005F_/g)) {
    if (index < end && end < index + underscoreEscape.length) return index;
  }
  const last = escaped.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}

/** Unicode has a symbol for each C0 control and for DEL, but none for C1. */
function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** `12,345` */
function formatInteger(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
