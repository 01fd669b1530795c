/**
 * Writes the entries of a package one after the other, in the order of the calls.
 *
 * - `add` is done when the bytes were taken: memory holds one entry, however many there are.
 * - `finish` ends the package; nothing may be added afterwards.
 */
export interface PackageWriter {
  add(name: string, bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
}

/** All that the bytes of a package depend on besides its entries. */
export interface PackageOptions {
  /** Of every entry, epoch milliseconds; its date and time in UTC stand in the package. */
  readonly modifiedMs: number;
}

/** Read by everybody, written by its owner: a regular file. */
export const entryMode = 0o100644;
