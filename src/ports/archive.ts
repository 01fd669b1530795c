import type { UnreadableReason } from '../errors.js';
import type { Finding } from './finding.js';

/** A key is relative, with `/`: `daily-backup/2026/11/19/r1/report.json`. */
export interface ArchiveEntry {
  readonly key: string;
  /** Last change, epoch milliseconds. */
  readonly modifiedMs: number;
  /** Set where the name is taken by something that is no file, or may not be entered. */
  readonly unreadable?: UnreadableReason;
}

export type ArchiveBody = { readonly path: string } | { readonly bytes: Uint8Array };

/**
 * A write-once store.
 *
 * - `create` durably writes a whole object or nothing, and never overwrites: 'exists' when the key is taken, even if
 *   another process takes it at the same moment. Exactly one of several racing creators gets 'created'.
 * - `read` returns null for a key that does not exist, and throws UnreadableFile where something there cannot be read as a
 *   file: that is damage.
 * - `list` returns every key below a prefix that ends in `/`, sorted by key; an empty result is not an error. What is no
 *   file is listed, too, with the reason; where the prefix itself is a link or may not be entered, UnreadableFile is thrown.
 * - Anything else throws Failure('storage'), which names the key.
 */
export interface Archive {
  readonly type: string;
  create(key: string, body: ArchiveBody, mediaType: string): Promise<'created' | 'exists'>;
  read(key: string): Promise<Uint8Array | null>;
  list(prefix: string): Promise<readonly ArchiveEntry[]>;
  /** Names of the folders at the top, sorted: each plan has one. Archives that cannot list them do not have this method. */
  folders?(): Promise<readonly string[]>;
  /** Names at the top that are no folders, sorted: no version of this program writes any. Absent: none can be seen. */
  besideFolders?(): Promise<readonly string[]>;
  /** Where a person finds the key, or everything below a prefix that ends in `/`: a path or a URL. */
  locate(key: string): string;
  /**
   * A URL with which anyone can read the object until it expires. Archives that cannot create one do not have this
   * method. Throws Failure('storage') where it is refused.
   *
   * @param name under which the owner of the archive sees it listed
   * @param expiresMs epoch milliseconds
   */
  share?(key: string, name: string, expiresMs: number): Promise<string>;
  /** Checks what protects the archive from being altered, for `doctor`. Changes nothing. */
  diagnose(): Promise<readonly Finding[]>;
}
