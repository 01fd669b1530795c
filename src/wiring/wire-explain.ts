import { standardIgnore } from '../config/sources-schema.js';
import type { NamedContent } from '../records/formats/named-content.js';
import { openBackupExplanation } from '../reports/backup-compliance/explain/explain-records.js';
import type { RecordExplanation } from '../reports/report-kind.js';
import { type NamedFilesRequest, readNamedFiles } from '../sources/local-files/named-files.js';

/** How files are read that somebody names, without a configuration. */
export function wireNamedFiles(request: Omit<NamedFilesRequest, 'ignore'>): AsyncIterable<NamedContent> {
  return readNamedFiles({ ...request, ignore: standardIgnore });
}

/** What the first kind of report makes of records of any time, as of `nowMs`. */
export function wireExplanation(nowMs: number): RecordExplanation {
  return openBackupExplanation({ fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }, nowMs);
}
