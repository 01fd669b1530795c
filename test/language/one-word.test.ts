import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = new URL('../../../', import.meta.url);

/** Every message of a language by its key, as a reader gets it: what stands for a value is left out. */
function messagesOf(tag: string): readonly (readonly [key: string, words: string])[] {
  const folder = new URL(`templates/messages/${tag}/`, root);
  return readdirSync(folder).flatMap((name) =>
    leaves(parse(readFileSync(new URL(name, folder), 'utf8')), ''),
  );
}

function leaves(value: unknown, key: string): [string, string][] {
  if (typeof value === 'string') return [[key, value.replace(/\{\w+(?=[,}])/g, '{')]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => leaves(each, key === '' ? name : `${key}.${name}`));
}

/** What the glossary says is never said in a language: `Feststellung*` with any ending. */
function bannedIn(column: 'English' | 'German'): readonly string[] {
  const lines = readFileSync(new URL('docs/glossary.md', root), 'utf8').split('\n');
  const head = lines.findIndex((line) => line.startsWith('| concept'));
  const position = cells(lines[head] ?? '').indexOf(`never in ${column}`);
  return lines.slice(head + 2).flatMap((line) =>
    (cells(line)[position] ?? '')
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  );
}

function cells(line: string): readonly string[] {
  return line.split('|').map((cell) => cell.trim());
}

function toPattern(word: string): RegExp {
  const words = word.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replace('*', String.raw`\p{L}*`);
  return new RegExp(String.raw`(?<!\p{L})${words}(?!\p{L})`, 'u');
}

function found(tag: string, patterns: readonly RegExp[]): readonly string[] {
  return messagesOf(tag).flatMap(([key, words]) =>
    patterns.flatMap((pattern) => {
      const hit = pattern.exec(words);
      return hit === null ? [] : [`${key}: ${hit[0]}`];
    }),
  );
}

describe.each([
  ['en', 'English'],
  ['de', 'German'],
] as const)('the catalogue of %s', (tag, column) => {
  it('has one word for each concept', () => {
    const banned = bannedIn(column);
    expect(banned.length).toBeGreaterThan(10);
    expect(found(tag, banned.map(toPattern))).toEqual([]);
  });
});

describe('a report is read on other days than its own, so that', () => {
  // "Start a backup now" is said to the reader; "for now" is the term for what a waiver holds for.
  const isOfReader = /^cause\..*\.advice: now$/;

  it('English names dates and the cut-off', () => {
    const words = /\b(?:today|yesterday|tomorrow|tonight|ago|(?<!for )now|nowadays|currently)\b/i;
    expect(found('en', [words]).filter((hit) => !isOfReader.test(hit))).toEqual([]);
  });

  it('German does, too', () => {
    const words =
      /(?<!\p{L})(?:[Hh]eut(?:e|ig\p{L}*)|[Gg]estern|morgen|[Jj]etzt|nun|derzeit|aktuell\p{L}*)(?!\p{L})|\bvor (?:# |\{, plural|\{\} (?:\(|abgelaufen))/u;
    expect(found('de', [words])).toEqual([]);
  });
});

describe('German', () => {
  it('addresses nobody', () => {
    expect(found('de', [/[\p{Ll},] (?:Sie|Ihnen|Ihr|Ihre\p{Ll}?)\b/u, /\b(?:bitte|Bitte)\b/])).toEqual([]);
  });

  it('has no English left', () => {
    expect(found('de', [/\b(?:the|and|not|of|is|are|with|from|known|report|day|days)\b(?!\.|@)/])).toEqual(
      [],
    );
  });

  it('says something else than English, but for units and signs', () => {
    const english = new Map(messagesOf('en'));
    const isSame = ([key, words]: readonly [string, string]): boolean =>
      english.get(key) === words && / \p{L}/u.test(words) && !/^format\.|^wording\.statusCount$/.test(key);
    expect(messagesOf('de').filter(isSame)).toEqual([]);
  });
});
