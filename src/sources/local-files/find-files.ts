import { lstat, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { addDays, dateAt } from '../../base/civil-dates.js';
import { systemErrorCode } from '../../errors.js';
import { type TimeWindow, askedToMs } from '../../model/report-day.js';
import { type IgnoreRules, createIgnoreRules } from '../ignore-rules.js';
import { FoundInputs, type NamedInput } from './found-inputs.js';
import { PathPattern, expandPattern, isWildcard } from './path-pattern.js';
import { readOnce } from './read-once.js';
import { FolderWalk, explainLink, nameOfPath } from './walk-folder.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

export interface FoundFiles {
  /** Everything that the paths and patterns match, sorted by name. */
  readonly inputs: readonly NamedInput[];
  /** What was configured but not found, one sentence each. */
  readonly faults: readonly string[];
}

export interface FileRequest {
  /** Files, folders or globs; `{date}` stands for each date of the window. */
  readonly paths: readonly string[];
  /** Patterns of what is found but not read. */
  readonly ignore?: readonly string[];
  /** Base of relative paths: the configuration's folder. */
  readonly directory: string;
  /** Time zone of `{date}`. */
  readonly timezone: string;
}

const datePlaceholder = '{date}';

/**
 * What the paths name; all that lies below a folder, whatever its name. `{date}` stands for each date of the window
 * (`2026-11-19`), of the look-ahead, and the day after, since files are often split by UTC day. A path or pattern that leads to nothing
 * readable is a fault: it may hide a whole day's events. For a dated one only the report day's own date must match;
 * earlier, logging may not have started yet.
 */
export async function findFiles(request: FileRequest, window: TimeWindow): Promise<FoundFiles> {
  const { paths, directory, timezone } = request;
  const place = { directory, ignore: createIgnoreRules(request.ignore ?? []) };
  const all = new FoundInputs();
  const matches: Match[] = [];
  const reportDate = dateAt(window.toMs - 1, timezone);
  for (const pattern of paths) {
    const dates = pattern.includes(datePlaceholder) ? datesOf(window, timezone) : [null];
    for (const date of dates) {
      const dated = date === null ? pattern : pattern.replaceAll(datePlaceholder, date);
      const match = await expand(dated, place);
      for (const { name, ...input } of match.inputs) all.add(name, input);
      if (date === null || date === reportDate) matches.push(match);
    }
  }
  const inputs = all.all();
  const wanted = wantedOf(inputs);
  return { inputs: await readOnce(inputs), faults: matches.flatMap((match) => faultsOf(match, wanted)) };
}

/** One path or pattern as it is, without dates. A file that has several names here is found under each. */
export async function findPath(path: string, place: SearchPlace): Promise<FoundFiles> {
  const match = await expand(path, place);
  return { inputs: match.inputs, faults: faultsOf(match, wantedOf(match.inputs)) };
}

export interface SearchPlace {
  /** Base of relative paths. */
  readonly directory: string;
  readonly ignore: IgnoreRules;
}

/** What one path or pattern matches. */
interface Match {
  readonly pattern: string;
  readonly inputs: readonly NamedInput[];
  readonly isFolder: boolean;
}

async function expand(pattern: string, place: SearchPlace): Promise<Match> {
  const literal = resolve(place.directory, pattern);
  const found = new FoundInputs();
  let isFolder = false;
  try {
    isFolder = (await stat(literal)).isDirectory();
    if (isFolder) await new FolderWalk({ ...place, found }, null).walk(literal);
    else found.add(nameOfPath(literal, place.directory), { kind: 'file', path: literal });
  } catch (error) {
    const isLink = await lstat(literal).then(
      () => true,
      () => false,
    );
    if (!isLink && isWildcard(pattern)) await walkPattern(pattern, place, found);
    else if (isLink || systemErrorCode(error) !== 'ENOENT') {
      const why = await explainLink(literal, error);
      found.add(nameOfPath(literal, place.directory), { kind: 'unreadable', at: 'opened', why });
    }
  }
  return { pattern, inputs: found.all(), isFolder };
}

/** Names of what is not left out. */
function wantedOf(inputs: readonly NamedInput[]): ReadonlySet<string> {
  return new Set(inputs.filter(({ kind }) => kind !== 'left out').map(({ name }) => name));
}

/** @param wanted names of what is to be read, whichever pattern asks for it */
function faultsOf({ pattern, inputs, isFolder }: Match, wanted: ReadonlySet<string>): string[] {
  if (inputs.some(({ name }) => wanted.has(name))) return [];
  if (!isFolder && !isWildcard(pattern)) {
    return [reasonWords('missing', { pattern })];
  }
  const number = inputs.length;
  if (number === 0) return [reasonWords(isFolder ? 'emptyFolder' : 'noMatch', { pattern })];
  const rules = rulesOf(inputs).join(', ');
  return [reasonWords(isFolder ? 'emptyFolderLeftOut' : 'noMatchLeftOut', { pattern, number, rules })];
}

async function walkPattern(pattern: string, place: SearchPlace, found: FoundInputs): Promise<void> {
  for (const each of expandPattern(pattern)) {
    const parsed = new PathPattern(each);
    const base = resolve(place.directory, parsed.base);
    const isThere = await stat(base).then(
      () => true,
      (error: unknown) => systemErrorCode(error) !== 'ENOENT',
    );
    if (isThere) await new FolderWalk({ ...place, found }, parsed).walk(base);
  }
}

function rulesOf(inputs: readonly NamedInput[]): string[] {
  const rules = inputs.map((input) => (input.kind === 'left out' ? input.rule : ''));
  return [...new Set(rules)].sort();
}

function datesOf(window: TimeWindow, timezone: string): string[] {
  const dates: string[] = [];
  const last = dateAt(askedToMs(window), timezone);
  for (let date = dateAt(window.fromMs, timezone); date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
}
