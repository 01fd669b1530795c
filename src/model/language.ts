/** What a message's placeholders stand for; a number is written as the language writes numbers. */
export type MessageValues = Readonly<Record<string, string | number | null>>;

/**
 * How a report speaks: its words, dates and numbers. Depends on the report's language alone, never on the machine's.
 * English is what is asked for where a language lacks a message.
 */
export interface Language {
  /** BCP 47: `en`, `de`. */
  readonly tag: string;
  /** The message of the key, such as `page.exceptions.title`. Throws TypeError for a key that no language has. */
  text(key: string, values?: MessageValues): string;
  /** An instant in epoch milliseconds, to the minute, with its zone: `2026-11-18 02:10 EST`, `18.11.2026 02:10 MEZ`. */
  instant(ms: number, timezone: string): string;
  /** A civil date, `2026-11-18`, as the language writes it. What is no date stays as it is. */
  date(date: string): string;
  /** Milliseconds as a person compares them, rounded down: `41 h`, `3 d 2 h`, `25 min`, `40 s`. */
  duration(ms: number): string;
  /** `12,345` */
  integer(value: number): string;
  /** Of a share in percent, one place: `99.9%`. */
  percent(value: number): string;
  /** `1 resource`, `2 resources`: the message `count.<noun>`. */
  count(noun: string, number: number): string;
}
