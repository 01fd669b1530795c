import { standardIgnore } from '../config/sources-schema.js';
import type { NamedContent } from '../records/formats/named-content.js';
import { firstKind } from '../model/kind-of-report.js';
import type { RecordExplanation } from '../reports/report-kind.js';
import { kindOfPlan, shippedKinds } from './report-kinds.js';
import { type NamedFilesRequest, readNamedFiles } from '../sources/local-files/named-files.js';

/** How files are read that somebody names, without a configuration. */
export function wireNamedFiles(request: Omit<NamedFilesRequest, 'ignore'>): AsyncIterable<NamedContent> {
  return readNamedFiles({ ...request, ignore: standardIgnore });
}

/**
 * What a kind of report makes of records of any time, as of `nowMs`.
 *
 * @param report name of the kind
 * @throws Failure('usage') for a name of none
 */
export async function wireExplanation(
  nowMs: number,
  report = firstKind,
  kinds = shippedKinds,
): Promise<RecordExplanation> {
  const kind = await kindOfPlan({ report }, kinds);
  return kind.openExplanation({ fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }, nowMs);
}
