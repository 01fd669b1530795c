/** The result of reading one file or object. */
export interface FileResult {
  /** Bytes as stored. */
  bytes: number;
  /** Records that were found in it, rejected ones included. */
  records: number;
  /** What its content was found to be, from outside to inside: `gzip`, `UTF-16 text`, `JSON lines`. */
  readonly format: string[];
  /** Why part of it could not be read; null when all of it was. */
  fault: string | null;
  /** `part`: damaged half-way, and its good records were used. `none`: nothing of it could be read. */
  readable: 'all' | 'part' | 'none';
}

/** What is known of a file before it is read. Without a fault all of it was read. */
export function newFileResult(): FileResult {
  return { bytes: 0, records: 0, format: [], fault: null, readable: 'all' };
}
