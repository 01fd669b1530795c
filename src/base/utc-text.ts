import { dayMs, hourMs, minuteMs, secondMs } from './time-units.js';

/** 0000-01-01 and 10000-01-01, UTC: between them a year has four digits. */
const firstMs = -62_167_219_200_000;
const endMs = 253_402_300_800_000;

/** Whether utcText() can tell it: an instant of the years 0 to 9999, in whole milliseconds. */
export function hasUtcText(ms: number): boolean {
  return Number.isInteger(ms) && ms >= firstMs && ms < endMs;
}

/** Days from 0000-03-01 to the epoch: counted from March, the day that leap years add is the last of its year. */
const daysToEpoch = 719_468;
/** Of 400, 100, 4 years and one year, as the Gregorian calendar has them. */
const [days400, days100, days4, days1] = [146_097, 36_524, 1461, 365];
/** From March to July, and from August to December, five months have as many days. */
const days5Months = 153;

/**
 * `2026-11-19T05:00:00.000Z`: what Date's toISOString() gives, in a third of its time. A large day writes millions.
 *
 * @param ms an instant with hasUtcText()
 */
export function utcText(ms: number): string {
  const day = Math.floor(ms / dayMs);
  const { year, month, date } = dateOf(day);
  const time = ms - day * dayMs;
  const century = Math.floor(year / 100);
  const minute = Math.floor(time / minuteMs) % 60;
  const second = Math.floor(time / secondMs) % 60;
  const fraction = time % secondMs;
  const hundredths = Math.floor(fraction / 10);
  // One text of all its characters: joined from pieces, it would take twice the time.
  return String.fromCharCode(
    tens(century),
    ones(century),
    tens(year),
    ones(year),
    hyphen,
    tens(month),
    ones(month),
    hyphen,
    tens(date),
    ones(date),
    letterT,
    tens(time / hourMs),
    ones(time / hourMs),
    colon,
    tens(minute),
    ones(minute),
    colon,
    tens(second),
    ones(second),
    point,
    tens(hundredths),
    ones(hundredths),
    ones(fraction),
    letterZ,
  );
}

const zero = 48;
const [hyphen, point, colon, letterT, letterZ] = [45, 46, 58, 84, 90];

function tens(number: number): number {
  return zero + (Math.floor(number / 10) % 10);
}

function ones(number: number): number {
  return zero + (Math.floor(number) % 10);
}

/** @param day since the epoch */
function dateOf(day: number): { readonly year: number; readonly month: number; readonly date: number } {
  const sinceMarch = day + daysToEpoch;
  const era = Math.floor(sinceMarch / days400);
  const ofEra = sinceMarch - era * days400;
  const leapDays =
    Math.floor(ofEra / (days4 - 1)) - Math.floor(ofEra / days100) + Math.floor(ofEra / (days400 - 1));
  const yearOfEra = Math.floor((ofEra - leapDays) / days1);
  const ofYear = ofEra - (days1 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthSinceMarch = Math.floor((5 * ofYear + 2) / days5Months);
  const date = ofYear - Math.floor((days5Months * monthSinceMarch + 2) / 5) + 1;
  const month = monthSinceMarch < 10 ? monthSinceMarch + 3 : monthSinceMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date };
}
