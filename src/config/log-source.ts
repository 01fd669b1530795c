import type { KindKeys } from './schema.js';

/**
 * The configuration with the log source of its kind, where a source of Log Analytics names none. A default of the schema would be that
 * of every kind: a report of another kind would read a part of its records, and look complete.
 *
 * @param content as written, not checked yet
 * @param kind null: it names none that there is
 */
export function withLogSource(content: unknown, kind: Pick<KindKeys, 'logSource'> | null): unknown {
  const logSource = kind?.logSource;
  if (logSource === undefined || typeof content !== 'object' || content === null) return content;
  if (!('sources' in content) || !Array.isArray(content.sources)) return content;
  const sources = content.sources.map((source: unknown) =>
    isOfLogAnalytics(source) && !('logSource' in source) ? { ...source, logSource } : source,
  );
  return { ...content, sources };
}

function isOfLogAnalytics(source: unknown): source is object {
  return typeof source === 'object' && source !== null && 'type' in source && source.type === 'log-analytics';
}
