import type { Row } from './query-answer.js';

/** A list of rows, a list under a key, or a row per line: Oracle does not document which. null: none of these. */
export function parseExport(text: string): Row[] | null {
  const values = parsed(text) ?? parsedLines(text);
  const list = Array.isArray(values) ? values : Object.values(values as object).find(Array.isArray);
  const isList = Array.isArray(list) && list.every((row) => typeof row === 'object' && row !== null);
  return isList ? (list as Row[]) : null;
}

function parsedLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parsed);
}

function parsed(text: string): unknown {
  if (text.trim() === '') return [];
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
