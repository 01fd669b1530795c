import { isUtf8 } from 'node:buffer';

const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

export function isBase64(text: string): boolean {
  return base64.test(text);
}

/** The text; undefined where it is not base64 (also the form for URLs) of UTF-8 text. */
export function decodeBase64(text: string): string | undefined {
  if (!isBase64(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return isUtf8(bytes) ? bytes.toString('utf8').replace(/^\uFEFF/, '') : undefined;
}

/** The same of base64 that was cut off: what remains of it, with a mark for each byte that is not UTF-8. */
export function decodeBase64Loosely(text: string): string {
  const digits = text.replace(/=+$/, '');
  return Buffer.from(digits.slice(0, digits.length - (digits.length % 4)), 'base64').toString('utf8');
}
