/**
 * The days on which a backup is due, in the plan's time zone. A day that a month does not have means the last day of
 * that month.
 */
export interface Cadence {
  /** ISO 8601: 1 is Monday, 7 is Sunday. All seven: daily. */
  readonly weekdays: readonly number[];
  /** 1 to 31. */
  readonly monthDays: readonly number[];
  /** As a person writes it: `daily`, `weekly:SUN`, `weekdays:MON,TUE`, `monthly:1`. */
  readonly words: string;
}
