import { describe, expect, it } from 'vitest';
import { resourceTypeNames, typeInWords, typeNameInWords } from '../../src/model/resource-types.js';
import { createLanguage } from '../../src/language/create-language.js';
import { loadLanguage } from '../../src/language/load-language.js';
import { templatesFolder } from '../support/theme.js';

const speak = async (tag: string) => createLanguage(await loadLanguage(tag, [templatesFolder]));

describe('the name of a type of resource', () => {
  it.each(resourceTypeNames)('%s: English says it as rules do, German has its own', async (type) => {
    expect(typeInWords(type, await speak('en'))).toBe(type);
    expect(typeInWords(type, await speak('de'))).toMatch(/^(?:geschützte )?\p{Lu}/u);
  });

  it.each([
    ['boot-volume', 'Boot-Volume'],
    ['database', 'Datenbank'],
    ['file-system', 'Dateisystem'],
    ['abacus', 'abacus'],
    ['constructor', 'constructor'],
  ])('of %s is %s in German', async (type, words) => {
    expect(typeInWords(type, await speak('de'))).toBe(words);
  });

  it.each(resourceTypeNames)('%s: is no id where a person reads it, in both languages', async (type) => {
    const english = typeNameInWords(type, await speak('en'));
    expect(english).not.toMatch(/-/);
    expect(english.toLowerCase()).toBe(type.replaceAll('-', ' '));
    const german = await speak('de');
    expect(typeNameInWords(type, german)).toBe(typeInWords(type, german));
  });

  it('that no row knows is quoted', async () => {
    expect(typeNameInWords('abacus', await speak('en'))).toBe('abacus');
  });
});
