/** Limits how many attempts the calls of one reading make, and for how long. */
export interface CallGate {
  /** Called before each attempt. @throws CallsSpentError if there may be no more */
  enter(): void;
  /** How long attempts may still begin: a longer wait is not worthwhile. Milliseconds. */
  leftMs(): number;
}

/** A reading has used up what it may: its message says which limit, and what to do. */
export class CallsSpentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CallsSpentError';
  }
}
