const strict = { fatal: true } as const;
const utf16Marks: readonly (readonly [number, number])[] = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];
const newline = 0x0a;

/** Told by their code, and no sign of another encoding. Tab, line feed and carriage return are text. */
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const controls = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * The text of a file in UTF-8, without its byte order mark.
 *
 * @throws Error that says what it is instead, and on which line: UTF-16, another encoding, control characters
 */
export function decodeText(bytes: Uint8Array): string {
  if (utf16Marks.some(([first, second]) => bytes[0] === first && bytes[1] === second)) {
    throw new Error('it is UTF-16: save it as UTF-8');
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    throw new Error(
      `it has NUL bytes on line ${lineAt(bytes, zero)}: it is damaged, or no text; save it as UTF-8`,
    );
  }
  const text = decoded(bytes);
  const control = controls.exec(text);
  if (control === null) return text;
  const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const line = text.slice(0, control.index).split('\n').length;
  throw new Error(`it has the control character U+${code} on line ${line}: remove it`);
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', strict).decode(bytes);
  } catch {
    throw new Error(`it is not UTF-8 on line ${firstBadLine(bytes)}: save it as UTF-8`);
  }
}

/** Line by line: a line feed is no part of any other character. */
function firstBadLine(bytes: Uint8Array): number {
  for (let line = 1, start = 0; ; line += 1) {
    const end = bytes.indexOf(newline, start);
    try {
      new TextDecoder('utf-8', strict).decode(bytes.subarray(start, end < 0 ? undefined : end));
    } catch {
      return line;
    }
    if (end < 0) return line;
    start = end + 1;
  }
}

function lineAt(bytes: Uint8Array, position: number): number {
  let line = 1;
  for (const byte of bytes.subarray(0, position)) if (byte === newline) line += 1;
  return line;
}
