/** The result of one check by `doctor`. */
export interface Finding {
  /** What was checked: `log source`, `retention rule`. */
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly words: string;
  /** What to do next; null: nothing. */
  readonly advice: string | null;
}
