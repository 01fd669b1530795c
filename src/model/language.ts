/** The values of a message's placeholders; numbers are formatted by the language. */
export type MessageValues = Readonly<Record<string, string | number | null>>;

/**
 * The words, dates and numbers of a report. Depends only on the report's language, never on the machine's locale. Where
 * a language lacks a message, the English one is used.
 */
export interface Language {
  /** BCP 47: `en`, `de`. */
  readonly tag: string;
  /** The message for the key, such as `page.exceptions.title`. Throws TypeError for a key that no language has. */
  text(key: string, values?: MessageValues): string;
  /** An instant in epoch milliseconds, to the minute, with its zone: `2026-11-18 02:10 EST`, `18.11.2026 02:10 MEZ`. */
  instant(ms: number, timezone: string): string;
  /** A civil date, `2026-11-18`, as the language writes it. Anything else is returned unchanged. */
  date(date: string): string;
  /** Milliseconds as a duration, rounded down: `41 h`, `3 d 2 h`, `25 min`, `40 s`. */
  duration(ms: number): string;
  /** Bytes: `12.5 GB`, `640 MB`; 1 GB is 1024 MB, as Oracle counts. */
  size(bytes: number): string;
  /** `12,345` */
  integer(value: number): string;
  /** A share in percent to the hundredth, `93.75%`, `99.9%`; only all is 100, and only nothing is 0. */
  percent(value: number): string;
  /** `1 resource`, `2 resources`: the message `count.<noun>`. */
  count(noun: string, number: number): string;
}
