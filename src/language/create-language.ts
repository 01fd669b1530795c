import { shownPercent } from '../base/shown-percent.js';
import type { Language } from '../model/language.js';
import type { TemplateFault } from '../model/template-fault.js';
import { durationText } from './duration-text.js';
import { type MessageText, type Messages, createMessageText } from './message-text.js';
import { sizeText } from './size-text.js';
import { type ZonedMinute, createZonedClock } from './zoned-clock.js';

/** A language as data, which can be passed to a worker thread. */
export interface LanguageData {
  /** BCP 47 */
  readonly tag: string;
  readonly messages: Messages;
  /** English: for messages that the language lacks. */
  readonly fallback: Messages;
  /** Messages and files of a company's own that cannot be used: the shipped ones are. Absent: there are none. */
  readonly faults?: readonly TemplateFault[];
}

/** Creates the language of a report. */
export function createLanguage(data: LanguageData): Language {
  const { tag } = data;
  const text = createMessageText(data);
  const clock = createZonedClock(tag === 'en' ? 'en-US' : tag);
  const integers = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const percents = percentFormats(tag);
  const tenths = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  return {
    tag,
    text,
    instant: (ms, timezone) => instantText(clock(ms, timezone), text),
    date: (date) => dateText(date, text),
    duration: (ms) => durationText(ms, text),
    size: (bytes) => sizeText(bytes, text, (value) => tenths.format(value)),
    integer: (value) => integers.format(value),
    percent: (value) => {
      const shown = shownPercent(value);
      return percents(shown.places).format(shown.value / 100);
    },
    count: (noun, number) => text(`count.${noun}`, { number }),
  };
}

/** By the number of decimal places. */
function percentFormats(tag: string): (places: number) => Intl.NumberFormat {
  const formats = new Map<number, Intl.NumberFormat>();
  return (places) => {
    const known = formats.get(places);
    if (known !== undefined) return known;
    const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
    const format = new Intl.NumberFormat(tag, { style: 'percent', ...digits });
    formats.set(places, format);
    return format;
  };
}

function instantText(minute: ZonedMinute | string, text: MessageText): string {
  if (typeof minute === 'string') return minute;
  const { year, month, day, time, zoneName } = minute;
  return `${text('format.date', { year, month, day })} ${time} ${zoneName}`;
}

function dateText(date: string, text: MessageText): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  if (year === undefined || month === undefined || day === undefined) return date;
  return text('format.date', { year, month, day });
}
