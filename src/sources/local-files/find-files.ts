import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { glob } from 'tinyglobby';
import { addDays, dateAt } from '../../base/civil-dates.js';
import { compareText } from '../../base/text-order.js';
import { explainError, systemErrorCode } from '../../errors.js';
import type { TimeWindow } from '../../model/report-day.js';

export interface FoundFiles {
  /** Absolute path and the name for reports (relative to the configuration's folder), sorted by name. */
  readonly files: readonly { readonly path: string; readonly name: string }[];
  /** What was configured but not found, one sentence each. */
  readonly faults: readonly string[];
}

const datePlaceholder = '{date}';
const everyEventFile = '**/*.{json,ndjson,jsonl,json.gz,ndjson.gz,jsonl.gz}';

/**
 * The files that the patterns name. `{date}` stands for each date of the window (`2026-11-19`) and the day after, since
 * files are often split by UTC day. A pattern without matches is a fault: it may hide a whole day's events. For a dated
 * pattern only the report day's own date must match; earlier, logging may not have started yet.
 */
export async function findFiles(
  patterns: readonly string[],
  directory: string,
  window: TimeWindow,
  timezone: string,
): Promise<FoundFiles> {
  const found = new Map<string, string>();
  const faults: string[] = [];
  const reportDate = dateAt(window.toMs - 1, timezone);
  for (const pattern of patterns) {
    const dates = pattern.includes(datePlaceholder) ? datesOf(window, timezone) : [null];
    for (const date of dates) {
      const dated = date === null ? pattern : pattern.replaceAll(datePlaceholder, date);
      const match = await expand(dated, directory);
      for (const path of match.paths) found.set(nameOf(path, directory), path);
      if (match.fault !== null && (date === null || date === reportDate)) faults.push(match.fault);
    }
  }
  const files = [...found].map(([name, path]) => ({ name, path }));
  return { files: files.sort((a, b) => compareText(a.name, b.name)), faults };
}

async function expand(
  pattern: string,
  directory: string,
): Promise<{ readonly paths: readonly string[]; readonly fault: string | null }> {
  const literal = resolve(directory, pattern);
  try {
    const status = await stat(literal);
    if (!status.isDirectory()) return { paths: [literal], fault: null };
    const paths = await glob(everyEventFile, { cwd: literal, absolute: true, dot: true });
    return { paths, fault: paths.length === 0 ? `the folder ${pattern} holds no event file` : null };
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') {
      return { paths: [], fault: `cannot read ${pattern}: ${explainError(error)}` };
    }
  }
  const paths = await glob(pattern, { cwd: directory, absolute: true, dot: true });
  if (paths.length > 0) return { paths, fault: null };
  const words = /[*?[\]{}!]/.test(pattern) ? `no file matches ${pattern}` : `${pattern} does not exist`;
  return { paths, fault: words };
}

function datesOf(window: TimeWindow, timezone: string): string[] {
  const dates: string[] = [];
  const last = dateAt(window.toMs, timezone);
  for (let date = dateAt(window.fromMs, timezone); date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
}

function nameOf(path: string, directory: string): string {
  return relative(directory, path).split(sep).join('/');
}
