/* Date is banned in pure code because it reads the clock. Parsing and formatting an instant are pure. */
/* oxlint-disable no-restricted-globals */

import { hourMs, minuteMs, secondMs } from './time-units.js';
import { hasUtcText, utcText } from './utc-text.js';

/** As services write nearly all of their times; its numbers are read by position, for speed. */
const plainInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** Date, time to the second or the minute, up to nine digits of a fraction, and a zone. */
const isoInstant =
  /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:\s*(Z|z|UTC|[+-]\d\d:?\d\d))?$/;

const zero = 48;

const epochText = /^\d{10,13}(?:\.\d{1,9})?$/;

/** A number up to this one is taken as epoch seconds (year 2286), a larger one as milliseconds. */
const largestSeconds = 9_999_999_999;

/** The largest offset from UTC that is in use: Kiribati. */
const maxOffsetMs = 14 * hourMs;

/**
 * An instant in epoch milliseconds, from ISO 8601 text (RFC 3339; UTC where it has no zone, as Oracle's services write
 * it) or from epoch milliseconds or seconds, as a number or as text. What is finer than a millisecond is cut off.
 * Undefined for anything else, and for a date or a time of day that does not exist: 30 February, 24:00. A leap second is
 * read as the last millisecond before it ends the day, so that it stays in its day.
 *
 * Not done with luxon, which takes thirty times as long, or with Date.parse, which takes 30 February for 2 March and
 * reads much that is not ISO.
 */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return undefined;
  if (plainInstant.test(value)) return fromText(value, fractionOf(value.slice(20, -1)), 0);
  const text = value.trim();
  const parts = isoInstant.exec(text);
  if (parts !== null) {
    const [, date, time, seconds = '00', fraction = '', zone] = parts;
    return fromText(`${date}T${time}:${seconds}`, fractionOf(fraction), offsetOf(zone));
  }
  return epochText.test(text) ? fromEpoch(Number(text)) : undefined;
}

/** `2026-11-19T05:00:00.000Z` */
export function toIso(ms: number): string {
  return hasUtcText(ms) ? utcText(ms) : new Date(ms).toISOString();
}

/** Puts an instant in epoch milliseconds into text. */
export type TimeText = (ms: number) => string;

/** toIso() that knows its last texts: of one resource the same few instants are written in several places. */
export function isoTexts(): TimeText {
  const known = [noText, noText, noText];
  let oldest = 0;
  return (ms) => {
    for (const each of known) if (each.ms === ms) return each.text;
    const text = toIso(ms);
    known[oldest] = { ms, text };
    oldest = (oldest + 1) % known.length;
    return text;
  };
}

const noText = { ms: Number.NaN, text: '' };

/** @param text `2026-11-19T05:00:00`, whatever follows */
function fromText(text: string, fractionMs: number, offsetMs: number | undefined): number | undefined {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 60 || offsetMs === undefined) return undefined;
  const minuteStartMs = utcOf(year, month, day) + hour * hourMs + minute * minuteMs - offsetMs;
  return second === 60 ? leapSecond(minuteStartMs) : minuteStartMs + second * secondMs + fractionMs;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - zero) * 10 + text.charCodeAt(at + 1) - zero;
}

/** Of the digits after the point, in milliseconds. */
function fractionOf(digits: string): number {
  return digits === '' ? 0 : Number(digits.slice(0, 3).padEnd(3, '0'));
}

/** Midnight UTC. Unlike Date.UTC, it takes the years 0 to 99 as they are. */
function utcOf(year: number, month: number, day: number): number {
  return year > 99 ? Date.UTC(year, month - 1, day) : new Date(0).setUTCFullYear(year, month - 1, day);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Of `+02:00` or `+0200`; undefined where no place on earth has it. */
function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined || zone.length < 5) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  const ms = hours * hourMs + minutes * minuteMs;
  if (minutes > 59 || ms > maxOffsetMs) return undefined;
  return zone.startsWith('-') ? -ms : ms;
}

/**
 * Leap seconds are inserted at the end of a month, UTC.
 *
 * @param minuteStartMs of the minute that has 61 seconds
 */
function leapSecond(minuteStartMs: number): number | undefined {
  const end = new Date(minuteStartMs + minuteMs);
  const isEndOfMonth = end.getUTCDate() === 1 && end.getUTCHours() === 0 && end.getUTCMinutes() === 0;
  return isEndOfMonth ? end.getTime() - 1 : undefined;
}

function fromEpoch(value: number): number | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined;
  // To the microsecond first: 1795143857.102 * 1000 is a little less than a whole number.
  const ms = value <= largestSeconds ? Math.round(value * 1_000_000) / 1000 : value;
  return ms > 8.64e15 ? undefined : Math.trunc(ms);
}
