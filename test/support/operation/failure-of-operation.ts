/** What a command prints while something fails, or when it is mended. */
export interface SeenByOperator {
  /** As somebody types it, without the name of the program. */
  readonly command: 'run' | 'status' | 'verify' | 'doctor' | 'schedule';
  readonly exit: number;
  /** Words of its answer, of standard error or, of `schedule`, of the log, in this order; `…` stands for anything. */
  readonly says: string;
}

/** What there is of yesterday: no file, files without a manifest, or the status of its newest report. */
export type Archived = 'nothing' | 'no manifest' | 'INCOMPLETE' | 'COMPLETE';

/** What came of it, in words and as it is found. */
export interface Outcome {
  readonly seen: readonly SeenByOperator[];
  readonly archived: Archived;
  /** How many messages the mail server has taken by then. */
  readonly mails: number;
}

/** A failure around the program; a part of "When something fails" in docs/operations.md. */
export interface FailureOfOperation {
  readonly id: FailureId;
  /** Heading; those of one heading stand in a row. */
  readonly heading: string;
  readonly happens: string;
  readonly while: Outcome;
  /** About report, mail and what to do. */
  readonly means: string;
  readonly todo: string;
  /** What comes by itself once it is mended, and what does not. */
  readonly goesOn: string;
  readonly mended: Outcome;
}

export type FailureId =
  | 'mail-gone'
  | 'mail-killed'
  | 'disk-full'
  | 'key-revoked'
  | 'key-revoked-reading'
  | 'key-revoked-disk'
  | 'key-revoked-writing'
  | 'clock-behind'
  | 'clock-ahead'
  | 'clock-set-forward'
  | 'clock-set-back'
  | 'bucket-locked'
  | 'bucket-refuses'
  | 'bucket-gone'
  | 'connector-stopped'
  | 'connector-never';
