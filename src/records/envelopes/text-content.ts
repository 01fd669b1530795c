import { decodeBase64, decodeBase64Loosely, isBase64 } from '../base64.js';
import { parseJson } from '../json.js';

/** What is in a text: a value, nothing, or something that may be an event and cannot be read. */
export type TextContent =
  { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'nothing' | 'doubtful' };

const nothing: TextContent = { kind: 'nothing' };
const doubtful: TextContent = { kind: 'doubtful' };

/** Shorter text cannot be an event in base64. */
const minBase64 = 16;
/** How base64 of a brace, a bracket, a quote, a space, a byte order mark or gzip begins. */
const packedJson = /^[eWICD7H]/;
const gzipped = /^H4sI/;

/** JSON, lines of JSON, or base64 of either. */
export function contentOfText(text: string): TextContent {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const json = jsonIn(trimmed);
  if (json !== undefined) return { kind: 'value', value: json };
  if (trimmed.length >= minBase64 && packedJson.test(trimmed)) {
    const inner = decodeBase64(trimmed);
    if (inner !== undefined) return contentOfPacked(inner);
    const packed = trimmed.replaceAll(/\s+/g, '');
    if (isBase64(packed))
      return gzipped.test(packed) ? doubtful : contentOfPacked(decodeBase64Loosely(packed));
  }
  return readsLikeEvent(trimmed) ? doubtful : nothing;
}

function contentOfPacked(text: string): TextContent {
  const value = jsonIn(text.trim());
  if (value !== undefined) return { kind: 'value', value };
  return readsLikeEvent(text) ? doubtful : nothing;
}

function jsonIn(text: string): unknown {
  if (!/^["[{]/.test(text)) return undefined;
  const value = parseJson(text);
  return value === undefined && text.includes('\n') ? linesOfJson(text) : value;
}

function linesOfJson(text: string): readonly unknown[] | undefined {
  const values: unknown[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const value = parseJson(line);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** JSON that was cut off, or stands behind other text. */
function readsLikeEvent(text: string): boolean {
  return text.includes('{') && /com\.oraclecloud\.|event[-_]?type/i.test(text);
}
