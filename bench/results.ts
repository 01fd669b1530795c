import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Part } from './part.js';
import { digestOfRooms } from './rooms.js';
import { targets } from './targets.js';

/** A part as it was measured, as it stands in results.json. */
export interface KeptPart {
  readonly title: string;
  /** The day that it was measured on, and the commit. */
  readonly date: string;
  readonly commit: string;
  /** Cores, memory and Node. */
  readonly machine: string;
  /** Of the rooms that it measures: see digestOfRooms. */
  readonly digest: string;
  readonly text: string;
  readonly figures: Readonly<Record<string, number>>;
}

/** By the names of the parts. */
export type KeptResults = Readonly<Record<string, KeptPart>>;

export interface StalePart {
  readonly name: string;
  readonly why: string;
  /** The command that measures it. */
  readonly command: string;
}

/** @param folder that has results.json */
export async function readResults(folder: string): Promise<KeptResults> {
  const text = await readFile(join(folder, 'results.json'), 'utf8').catch(() => '{}');
  const results: KeptResults = JSON.parse(text);
  return results;
}

/** Writes results.json, and RESULTS.md from it. */
export async function writeResults(
  folder: string,
  results: KeptResults,
  parts: readonly Pick<Part, 'name'>[],
): Promise<void> {
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(folder, 'RESULTS.md'), resultsText(results, parts));
}

/** Parts that were never measured, or whose rooms have changed since. */
export async function staleParts(
  root: string,
  results: KeptResults,
  parts: readonly Pick<Part, 'name' | 'rooms'>[],
): Promise<readonly StalePart[]> {
  const stale: StalePart[] = [];
  for (const { name, rooms } of parts) {
    const kept = results[name];
    const command = `npm run bench -- --only ${name}`;
    if (kept === undefined) stale.push({ name, why: 'was never measured', command });
    else if (kept.digest !== (await digestOfRooms(root, rooms))) {
      const why = `was measured on ${kept.date} (${kept.commit}); what it measures has changed since`;
      stale.push({ name, why, command });
    }
  }
  return stale;
}

export function resultsText(results: KeptResults, parts: readonly Pick<Part, 'name'>[]): string {
  const sections = parts.flatMap(({ name }) => {
    const kept = results[name];
    if (kept === undefined) return [];
    const { title, date, commit, machine, digest, text } = kept;
    const origin = `\`${name}\`, ${date}, commit ${commit}, ${machine}; digest of its rooms ${digest.slice(0, 16)}.`;
    return [`## ${title}`, '', origin, '', text, ''];
  });
  return [
    '# Results of `npm run bench`',
    '',
    'Written by the bench from `bench/results.json`. What is compared was measured by turns, in one run; medians, in brackets the',
    'least and the most. Times vary with the machine: the ratios are what counts. Each part says when it was measured.',
    '',
    '| target | figure | |',
    '| --- | ---: | --- |',
    ...targets.map((target) => targetRow(target, results)),
    '',
    ...sections,
  ].join('\n');
}

function targetRow(
  { words, part, figure, limit, isLeast }: (typeof targets)[number],
  results: KeptResults,
): string {
  const value = results[part]?.figures[figure];
  if (value === undefined) return `| ${words} | - | not measured |`;
  const isMet = isLeast ? value >= limit : value <= limit;
  return `| ${words} | ${value.toFixed(2)} | ${isMet ? 'met' : 'NOT met'} |`;
}
