import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLanguage } from '../../src/language/create-language.js';
import { loadLanguage } from '../../src/language/load-language.js';
import { templatesFolder } from '../support/theme.js';

let own: string;

beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'messages-'));
});

afterEach(async () => {
  await rm(own, { recursive: true });
});

async function write(name: string, content: string): Promise<void> {
  const path = join(own, 'messages', name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

const load = async (tag: string) => createLanguage(await loadLanguage(tag, [templatesFolder, own]));

describe('loadLanguage', () => {
  it('speaks the languages that come with the tool', async () => {
    expect((await load('en')).text('outcome.FAILED')).toBe('Failed');
    expect((await load('de')).text('outcome.FAILED')).toBe('Fehlgeschlagen');
    expect((await load('de')).integer(12_345)).toBe('12.345');
    expect((await load('de')).date('2026-11-19')).toBe('19.11.2026');
  });

  it('takes single messages from a folder of one’s own, whatever their file is called', async () => {
    await write('de/our-words.yaml', 'outcome:\n  FAILED: Gescheitert\n');
    const { text } = await load('de');
    expect(text('outcome.FAILED')).toBe('Gescheitert');
    expect(text('outcome.MISSED')).toBe('Ausgeblieben');
  });

  it('speaks another language when there is a folder for it, and English where that has no message', async () => {
    await write(
      'fr/common.yaml',
      'outcome: { FAILED: Échec }\ncount: { day: "{number, plural, one {# jour} other {# jours}}" }\n',
    );
    const french = await load('fr');
    expect(french.text('outcome.FAILED')).toBe('Échec');
    expect(french.text('outcome.MISSED')).toBe('Missed');
    expect([french.count('day', 0), french.count('day', 2)]).toEqual(['0 jour', '2 jours']);
    expect(french.percent(99.9).replace(/\s/u, ' ')).toBe('99,9 %');
  });

  it('names the languages that there are where one is missing', async () => {
    await write('fr/common.yaml', 'outcome: { FAILED: Échec }\n');
    await expect(load('it')).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(/no messages for it/),
      hints: [
        expect.stringMatching(/^Languages here: de, en, fr\./),
        expect.stringMatching(/messages\/it\//),
      ],
    });
  });

  it.each([
    ['no YAML', 'outcome: [', /common\.yaml: /],
    ['a list', '- FAILED', /common\.yaml: /],
    ['a number', 'outcome:\n  FAILED: 1\n', /common\.yaml: /],
  ])('names the file of a catalogue that is %s', async (_words, content, message) => {
    await write('en/common.yaml', content);
    await expect(load('en')).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(message),
    });
  });

  it('takes no offence at names that objects have of themselves', async () => {
    await write('en/common.yaml', '__proto__: { polluted: yes }\nconstructor: ours\n');
    const { text } = await load('en');
    expect(text('constructor')).toBe('ours');
    expect(() => text('toString')).toThrow('no language has a message toString');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
