/** What reading one file or object came to. */
export interface FileResult {
  /** Bytes as stored. */
  bytes: number;
  records: number;
  /** Why not all of it could be read; null when it could. */
  fault: string | null;
}
