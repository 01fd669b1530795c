import { DateTime } from 'luxon';
import { toIso } from '../base/instants.js';
import { dayMs, hourMs, minuteMs } from '../base/time-units.js';

/** An instant as local time in a zone, in digits, with the locale's name for the zone at that time. */
export interface ZonedMinute {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  /** `02:10` */
  readonly time: string;
  /** `EST` */
  readonly zoneName: string;
}

/**
 * What turns the instants of one hour into words; null: the clock changes within it. Luxon asks Intl for the zone's
 * name every time, which for tens of thousands of resources takes longer than judging them.
 */
type HourWords = { readonly offsetMs: number; readonly zoneName: string } | null;

/** Years of four digits; others are left to luxon. */
const fourDigitYearsMs = 8000 * 365 * dayMs;
const maxHours = 20_000;

/**
 * Creates the clock of all zones in one locale.
 *
 * @returns takes epoch milliseconds and an IANA zone; returns a string if the instant or the zone is invalid
 */
export function createZonedClock(locale: string): (ms: number, timezone: string) => ZonedMinute | string {
  const hours = new Map<string, Map<number, HourWords>>();
  const hourOf = (hour: number, timezone: string): HourWords => {
    let known = hours.get(timezone);
    if (known === undefined || known.size >= maxHours) hours.set(timezone, (known = new Map()));
    let words = known.get(hour);
    if (words === undefined) known.set(hour, (words = readHour(hour * hourMs, timezone, locale)));
    return words;
  };
  return (ms, timezone) => {
    const hour = ms >= 0 && ms < fourDigitYearsMs ? hourOf(Math.floor(ms / hourMs), timezone) : null;
    if (hour === null) return readInstant(ms, timezone, locale);
    const local = toIso(ms + hour.offsetMs);
    return {
      year: local.slice(0, 4),
      month: local.slice(5, 7),
      day: local.slice(8, 10),
      time: local.slice(11, 16),
      zoneName: hour.zoneName,
    };
  };
}

/** No zone changes its clock and back within an hour, so what holds at both ends holds in between. */
function readHour(startMs: number, timezone: string, locale: string): HourWords {
  const first = inZone(startMs, timezone, locale);
  const last = inZone(startMs + hourMs - 1, timezone, locale);
  const zoneName = first.toFormat('ZZZZ');
  const isSame = first.offset === last.offset && zoneName === last.toFormat('ZZZZ');
  return isSame ? { offsetMs: first.offset * minuteMs, zoneName } : null;
}

function readInstant(ms: number, timezone: string, locale: string): ZonedMinute | string {
  const local = inZone(ms, timezone, locale);
  const digits = local.setLocale('en-US');
  if (!local.isValid) return digits.toFormat('yyyy');
  return {
    year: digits.toFormat('yyyy'),
    month: digits.toFormat('MM'),
    day: digits.toFormat('dd'),
    time: digits.toFormat('HH:mm'),
    zoneName: local.toFormat('ZZZZ'),
  };
}

function inZone(ms: number, timezone: string, locale: string): DateTime {
  return DateTime.fromMillis(ms, { zone: timezone, locale });
}
