import { Failure } from '../../errors.js';
import type { LoggingSearchOptions } from './options.js';

/**
 * The search that gives every record.
 * https://docs.oracle.com/iaas/Content/Logging/Reference/query_language_specification.htm
 *
 * @param tenancy OCID; null if the credentials do not say
 * @throws Failure('usage') if the tenancy is needed and not known
 */
export function searchText(
  { logs, search }: Pick<LoggingSearchOptions, 'logs' | 'search'>,
  tenancy: string | null,
): string {
  if (search !== undefined) return search.trim();
  if (logs !== undefined) return `search ${logs.map((log) => JSON.stringify(log)).join(', ')}`;
  if (tenancy !== null) return `search "${tenancy}/_Audit_Include_Subcompartment"`;
  throw new Failure('usage', 'the credentials do not tell their tenancy, so it is not known what to search', {
    hints: ['Set logs or search for the source logging-search.'],
  });
}

/** Whether a search is about Audit, whose retention is known. */
export function isAboutAudit(text: string): boolean {
  return /\/_Audit(?:_Include_Subcompartment)?"/i.test(text);
}

/** Searches that count what another one finds. Which of them a service takes is not documented beyond doubt. */
export function countTexts(text: string): readonly string[] {
  return [`${text} | count`, `${text} | summarize count()`];
}
