import { DateTime } from 'luxon';
import type { Language, MessageValues } from '../model/language.js';
import { type Message, compileMessage } from './compile-message.js';
import { dayMs, hourMs, minuteMs } from '../base/time-units.js';

/** Messages by key, in ICU MessageFormat (unicode-org.github.io/icu: "Formatting Messages"). */
export type Messages = Readonly<Record<string, string>>;

/** A language as data: can be handed to a worker thread. */
export interface LanguageData {
  /** BCP 47 */
  readonly tag: string;
  readonly messages: Messages;
  /** English: for what the language lacks. */
  readonly fallback: Messages;
}

/**
 * What makes instants of one hour into words; null: the clock changes in that hour. Luxon asks Intl for the name of the
 * zone anew each time, which for tens of thousands of resources takes longer than all else in judging them.
 */
type HourWords = { readonly offsetMs: number; readonly zoneName: string } | null;

/** Years of four digits; others are left to luxon. */
const farMs = 8000 * 365 * dayMs;
const mostHours = 20_000;

/** Makes the language of a report. */
export function createLanguage({ tag, messages, fallback }: LanguageData): Language {
  const compiled = new Map<string, Message>();
  const integers = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const percents = new Intl.NumberFormat(tag, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const hours = new Map<string, Map<number, HourWords>>();

  const messageOf = (key: string): Message => {
    let message = compiled.get(key);
    if (message === undefined) compiled.set(key, (message = compile(key)));
    return message;
  };
  const compile = (key: string): Message => {
    const own = Object.hasOwn(messages, key) ? messages[key] : undefined;
    const written = own ?? (Object.hasOwn(fallback, key) ? fallback[key] : undefined);
    if (written === undefined) throw new TypeError(`no language has a message ${key}`);
    return compileMessage(written, own === undefined ? 'en' : tag);
  };
  const text = (key: string, values: MessageValues = {}): string => messageOf(key)(values);
  const inZone = (ms: number, timezone: string): DateTime =>
    DateTime.fromMillis(ms, { zone: timezone, locale: tag === 'en' ? 'en-US' : tag });
  const hourOf = (hour: number, timezone: string): HourWords => {
    let known = hours.get(timezone);
    if (known === undefined || known.size >= mostHours) hours.set(timezone, (known = new Map()));
    let words = known.get(hour);
    if (words === undefined) known.set(hour, (words = readHour(hour * hourMs, timezone)));
    return words;
  };
  /** No zone changes its clock and back within an hour, so what holds at both of its ends holds in between. */
  const readHour = (startMs: number, timezone: string): HourWords => {
    const first = inZone(startMs, timezone);
    const last = inZone(startMs + hourMs - 1, timezone);
    const zoneName = first.toFormat('ZZZZ');
    const isSame = first.offset === last.offset && zoneName === last.toFormat('ZZZZ');
    return isSame ? { offsetMs: first.offset * minuteMs, zoneName } : null;
  };
  const readInstant = (ms: number, timezone: string): string => {
    const local = inZone(ms, timezone);
    const digits = local.setLocale('en-US');
    const [year = '', month = '', day = ''] = ['yyyy', 'MM', 'dd'].map((part) => digits.toFormat(part));
    if (!local.isValid) return year;
    return `${civil(year, month, day)} ${digits.toFormat('HH:mm')} ${local.toFormat('ZZZZ')}`;
  };
  const civil = (year: string, month: string, day: string): string =>
    text('format.date', { year, month, day });

  return {
    tag,
    text,
    instant: (ms, timezone) => {
      const hour = ms >= 0 && ms < farMs ? hourOf(Math.floor(ms / hourMs), timezone) : null;
      if (hour === null) return readInstant(ms, timezone);
      const local = new Date(ms + hour.offsetMs).toISOString();
      const date = civil(local.slice(0, 4), local.slice(5, 7), local.slice(8, 10));
      return `${date} ${local.slice(11, 16)} ${hour.zoneName}`;
    },
    date: (date) => {
      const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
      return year === undefined ? date : civil(year, month ?? '', day ?? '');
    },
    duration: (ms) => {
      if (ms < minuteMs) return text('format.seconds', { seconds: Math.floor(ms / 1000) });
      if (ms < 2 * hourMs) return text('format.minutes', { minutes: Math.floor(ms / minuteMs) });
      if (ms < 2 * dayMs) {
        const minutes = Math.floor((ms % hourMs) / minuteMs);
        return text(minutes === 0 ? 'format.hours' : 'format.hoursMinutes', {
          hours: Math.floor(ms / hourMs),
          minutes,
        });
      }
      const rest = Math.floor((ms % dayMs) / hourMs);
      return text(rest === 0 ? 'format.days' : 'format.daysHours', {
        days: Math.floor(ms / dayMs),
        hours: rest,
      });
    },
    integer: (value) => integers.format(value),
    percent: (value) => percents.format(value / 100),
    count: (noun, number) => text(`count.${noun}`, { number }),
  };
}
