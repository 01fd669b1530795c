import { addDays } from '../../base/civil-dates.js';
import { parseInstant } from '../../base/instants.js';
import type { Language } from '../../model/language.js';
import { type ConsoleUrl, consoleLink } from './console-link.js';

/** A colour class. Never shown without words beside it. */
export type Tone = 'good' | 'warn' | 'bad' | 'unknown' | 'info' | 'quiet';

export interface Label {
  readonly words: string;
  readonly tone: Tone;
}

/** How every kind of report writes its texts, dates, durations and links, in one language. */
export type Wording = ReturnType<typeof createWording>;

const civilDate = /^\d{4}-\d{2}-\d{2}$/;
/** With its zone: what has none is no instant. */
const isoInstant = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/;

/** @param consoleUrl where the console of the cloud is; absent: by the realm of each OCID */
export function createWording(language: Language, consoleUrl?: ConsoleUrl) {
  const { text } = language;
  return {
    language,
    text,
    /** The page of an OCID in the console of the cloud; null where there is none. */
    consoleLink: (id: string): string | null => consoleLink(id, consoleUrl),
    /** `2026-11-19 02:10 EST`, in the report's zone; a civil date as a date; an invalid instant as written. */
    time: (iso: string, timezone: string): string => {
      if (civilDate.test(iso)) return language.date(iso);
      const ms = isoInstant.test(iso) ? parseInstant(iso) : undefined;
      return ms === undefined ? iso : language.instant(ms, timezone);
    },
    /** `7 h 5 min`, `25 min`, `40 s`: rounded down. */
    duration: (seconds: number): string => language.duration(Math.max(0, Math.floor(seconds)) * 1000),
    /** `42 days after the report day`, `the report day is its last`, `expired 3 days before the report day`. */
    daysLeft: (days: number): string => {
      if (days < 0) return text('wording.expiredAgo', { days: -days });
      return days === 0 ? text('wording.lastDay') : text('wording.daysLeft', { days });
    },
    /** The date so many days earlier; for an invalid date, how many days before it. */
    dateBefore: (date: string, days: number): string => {
      const day = civilDate.test(date) ? addDays(date, -days) : '';
      return day === '' ? text('wording.daysBefore', { days }) : language.date(day);
    },
  };
}
