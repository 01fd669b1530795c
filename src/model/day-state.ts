/** missing: the day has no committed revision. undelivered: somebody was not notified of its newest. */
export type DayState = 'missing' | 'undelivered' | 'done';
