import type { SourceRecord } from '../../ports/event-source.js';
import type { FileResult } from './file-result.js';

/** A file that somebody named, or why it is not read. */
export type NamedContent =
  | {
      readonly kind: 'file';
      readonly name: string;
      /** To be read once, and to the end: then `result` is complete. */
      readonly batches: AsyncIterable<readonly SourceRecord[]>;
      readonly result: FileResult;
    }
  /** `reason`: `it cannot be opened: permission denied (EACCES)` */
  | { readonly kind: 'unreadable' | 'left out'; readonly name: string; readonly reason: string };
