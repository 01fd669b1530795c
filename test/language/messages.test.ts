import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { IntlMessageFormat } from 'intl-messageformat';
import { parse } from 'yaml';
import { createLanguage } from '../../src/language/create-language.js';
import { loadLanguage } from '../../src/language/load-language.js';
import { packageRoot } from '../../src/package-root.js';
import { templatesFolder } from '../support/theme.js';

const areasOf = (tag: string): string[] =>
  readdirSync(join(templatesFolder, 'messages', tag))
    .filter((name) => name.endsWith('.yaml'))
    .sort();

/** Texts of one file by key. */
function messagesOf(tag: string, area: string): Map<string, string> {
  const messages = new Map<string, string>();
  const collect = (tree: object, prefix: string): void => {
    for (const [name, value] of Object.entries(tree)) {
      if (typeof value === 'object' && value !== null) collect(value, `${prefix}${name}.`);
      else messages.set(`${prefix}${name}`, String(value));
    }
  };
  const text = readFileSync(join(templatesFolder, 'messages', tag, area), 'utf8');
  collect((parse(text) ?? {}) as object, '');
  return messages;
}

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** Names of the values that a message asks for, those inside of plural and select too. */
function placeholdersOf(message: string, tag: string): readonly string[] {
  const names = new Set<string>();
  const visit = (elements: Ast): void => {
    for (const element of elements) {
      // 0 is literal text, 7 the # of a plural.
      if (element.type !== 0 && element.type !== 7) names.add(element.value);
      if ('options' in element) for (const { value } of Object.values(element.options)) visit(value);
    }
  };
  visit(new IntlMessageFormat(message, tag, undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}

/** Calls of a helper or function with a literal for its first argument. */
function literalsIn(folder: string, extension: string, pattern: RegExp): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const found = names
    .filter((name) => name.endsWith(extension))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(pattern)])
    .map(([, literal = '']) => literal);
  return [...new Set(found)].sort();
}

const english = await loadLanguage('en', [templatesFolder]);
const missingIn = (keys: readonly string[]): readonly string[] =>
  keys.filter((key) => !Object.hasOwn(english.messages, key));

describe('the catalogues that ship', () => {
  it('have the same areas', () => {
    expect(areasOf('de')).toEqual(areasOf('en'));
  });

  it.each(areasOf('en'))('%s: German has every message of English, and no other', (area) => {
    expect([...messagesOf('de', area).keys()].sort()).toEqual([...messagesOf('en', area).keys()].sort());
  });

  it.each(areasOf('en'))('%s: both languages ask for the same values', (area) => {
    const german = messagesOf('de', area);
    const differing = [...messagesOf('en', area)].flatMap(([key, message]) => {
      const inEnglish = placeholdersOf(message, 'en');
      const inGerman = placeholdersOf(german.get(key) ?? '', 'de');
      return inEnglish.join() === inGerman.join() ? [] : [{ key, inEnglish, inGerman }];
    });
    expect(differing).toEqual([]);
  });

  it('have no message twice, in two areas', () => {
    const keys = areasOf('en').flatMap((area) => [...messagesOf('en', area).keys()]);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it.each(['en', 'de'])('%s: every message can be said', async (tag) => {
    const { text } = createLanguage(await loadLanguage(tag, [templatesFolder]));
    for (const area of areasOf(tag)) {
      for (const [key, message] of messagesOf(tag, area)) {
        const values = Object.fromEntries(placeholdersOf(message, tag).map((name) => [name, 2]));
        expect({ key, said: typeof text(key, values) }).toEqual({ key, said: 'string' });
      }
    }
  });
});

describe('what is said', () => {
  it('by the templates is in the catalogue', () => {
    const keys = literalsIn(templatesFolder, '.hbs', /[{(]\s*t\s+["']([^"']+)["']/g);
    expect(keys.length).toBeGreaterThan(20);
    expect(missingIn(keys)).toEqual([]);
  });

  it('by helpers that count is in the catalogue', () => {
    const nouns = literalsIn(templatesFolder, '.hbs', /[{(]\s*count\s+["']([^"']+)["']/g);
    expect(missingIn(nouns.map((noun) => `count.${noun}`))).toEqual([]);
  });

  it('by the program is in the catalogue', () => {
    const source = fileURLToPath(new URL('src', packageRoot));
    const keys = literalsIn(source, '.ts', /\btext\(\s*'([a-zA-Z][\w-]*(?:\.[\w-]+)+)'/g);
    expect(keys.length).toBeGreaterThan(10);
    expect(missingIn(keys)).toEqual([]);
  });
});
