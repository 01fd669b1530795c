/** missing: the day has no committed revision. undelivered: a message of the newest one has not been delivered yet. */
export type DayState = 'missing' | 'undelivered' | 'done';
