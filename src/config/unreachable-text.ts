/**
 * Stands for a value that a reference names and that is not there now: a file that cannot be read, an environment variable that
 * is not set. Only for values without which a report is made all the same.
 */
export class UnreachableText {
  /** @param words why, as a fault of a reference says it */
  constructor(readonly words: string) {}
}
