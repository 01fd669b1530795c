/* Pure rooms do without Date, because it has a clock. Parsing and printing of instants are pure. */
/* oxlint-disable no-restricted-globals */

const isoInstant =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?:\s*(Z|z|UTC|[+-]\d{2}:?\d{2}))?$/;

/** Epoch milliseconds below which a number must be meant as seconds (year 2286 in seconds). */
const largestSeconds = 9_999_999_999;

/**
 * An instant in epoch milliseconds, from ISO 8601 text (RFC 3339; without a zone it is UTC, as Oracle's services
 * write) or from epoch milliseconds or seconds as a number or its text. Undefined when it is none of these.
 */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return undefined;
  const direct = value.length >= 20 && value.endsWith('Z') ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(direct)) return direct;
  const text = value.trim();
  if (/^\d{10,13}$/.test(text)) return fromEpoch(Number(text));
  const parts = isoInstant.exec(text);
  if (parts === null) return undefined;
  const zone = parts[3] === undefined || parts[3] === 'UTC' ? 'Z' : parts[3].toUpperCase();
  const parsed = Date.parse(`${parts[1]}T${parts[2]}${zone}`);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** `2026-11-19T05:00:00.000Z` */
export function toIso(ms: number): string {
  return new Date(ms).toISOString();
}

function fromEpoch(value: number): number | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined;
  const ms = value <= largestSeconds ? value * 1000 : value;
  return ms > 8.64e15 ? undefined : Math.trunc(ms);
}
