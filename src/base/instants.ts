/* Date is banned in pure code because it reads the clock. Parsing and formatting an instant are pure. */
/* oxlint-disable no-restricted-globals */

const isoInstant =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?:\s*(Z|z|UTC|[+-]\d{2}:?\d{2}))?$/;

/** A number up to this one is taken as epoch seconds (year 2286), a larger one as milliseconds. */
const largestSeconds = 9_999_999_999;

/**
 * An instant in epoch milliseconds, from ISO 8601 text (RFC 3339; UTC where it has no zone, as Oracle's services write
 * it) or from epoch milliseconds or seconds, as a number or as text. Undefined for anything else.
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
