/*
 * Operations that change nothing. A verb alone does not tell: searches and queries are POSTs.
 */

/** Verbs of HTTP that read. */
const readingVerbs: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** How the name of a read-like operation begins, where its verb is POST, and what it reads. A new word is a new row. */
export const readLikeWords: readonly { readonly word: string; readonly example: string }[] = [
  { word: 'List', example: 'ListObjectVersions' },
  { word: 'Get', example: 'GetPublicIpByIpAddress' },
  { word: 'Search', example: 'SearchLogs' },
  { word: 'Summarize', example: 'SummarizeMetricsData' },
  { word: 'Query', example: 'Query' },
  { word: 'Validate', example: 'ValidateConnection' },
  { word: 'Test', example: 'TestConnection' },
];

const readLike = new RegExp(`^(?:${readLikeWords.map(({ word }) => word).join('|')})(?![a-z])`);

/**
 * Whether a call only read. A POST of any other name is a change; so is a call whose verb is not known, because nobody can
 * say that it changed nothing.
 *
 * @param verb in upper case; null: the record has none
 * @param eventName as the service writes it
 */
export function isReadOperation(verb: string | null, eventName: string): boolean {
  if (verb === null) return false;
  return readingVerbs.has(verb) || (verb === 'POST' && readLike.test(eventName));
}
