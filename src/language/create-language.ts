import { IntlMessageFormat } from 'intl-messageformat';
import { DateTime } from 'luxon';
import type { Language, MessageValues } from '../model/language.js';

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

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** What makes instants of one hour into words; null: the clock changes in that hour. */
type HourWords = { readonly offsetMs: number; readonly zoneName: string } | null;

/** Years of four digits; others are left to luxon. */
const farMs = 8000 * 365 * dayMs;
const mostHours = 20_000;

/** Makes the language of a report. */
export function createLanguage({ tag, messages, fallback }: LanguageData): Language {
  const formats = new Map<string, IntlMessageFormat | string>();
  const integers = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const percents = new Intl.NumberFormat(tag, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const hours = new Map<string, Map<number, HourWords>>();

  const formatOf = (key: string): IntlMessageFormat | string => {
    let format = formats.get(key);
    if (format === undefined) formats.set(key, (format = compile(key)));
    return format;
  };
  /** Most messages are plain text, and need no machinery. */
  const compile = (key: string): IntlMessageFormat | string => {
    const own = Object.hasOwn(messages, key) ? messages[key] : undefined;
    const written = own ?? (Object.hasOwn(fallback, key) ? fallback[key] : undefined);
    if (written === undefined) throw new TypeError(`no language has a message ${key}`);
    if (!/[{}'#]/.test(written)) return written;
    return new IntlMessageFormat(written, own === undefined ? 'en' : tag, undefined, { ignoreTag: true });
  };
  const text = (key: string, values: MessageValues = {}): string => {
    const format = formatOf(key);
    return typeof format === 'string' ? format : String(format.format({ ...values }));
  };
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
  const civil = (year: string, month: string, day: string): string =>
    text('format.date', { year, month, day });

  return {
    tag,
    text,
    instant: (ms, timezone) => {
      const hour = ms >= 0 && ms < farMs ? hourOf(Math.floor(ms / hourMs), timezone) : null;
      const local = hour === null ? inZone(ms, timezone) : null;
      const written = local?.toFormat('yyyy-MM-dd HH:mm') ?? isoText(ms + (hour?.offsetMs ?? 0));
      const zone = local?.toFormat('ZZZZ') ?? hour?.zoneName ?? '';
      const [date = '', time = ''] = written.split(' ');
      const [year = '', month = '', day = ''] = date.split('-');
      return `${civil(year, month, day)} ${time} ${zone}`;
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

/** `2026-11-18 02:10` */
function isoText(ms: number): string {
  return DateTime.fromMillis(ms, { zone: 'utc' }).toFormat('yyyy-MM-dd HH:mm');
}
