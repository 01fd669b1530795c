/** The result of reading one file or object. */
export interface FileResult {
  /** Bytes as stored. */
  bytes: number;
  records: number;
  /** Why part of it could not be read; null when all of it was. */
  fault: string | null;
}
