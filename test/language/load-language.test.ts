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
    ['no YAML', 'outcome: [', '1', /./],
    ['a list', '- FAILED', '1', /^the file has no names with texts/],
    ['a number', 'outcome:\n  FAILED: 1\n', '2', /^outcome\.FAILED/],
    [
      'a brace too few',
      'outcome:\n  FAILED: Gone {number\n',
      '2',
      /^outcome\.FAILED: it is no message, .*: Gone \{number$/,
    ],
    [
      'a plural without other',
      'count:\n  day: "{number, plural, one {#}}"\n',
      '2',
      /^count\.day: it is no message/,
    ],
    [
      'a placeholder that the message is not given',
      'count:\n  day: "{numbr} days"\n',
      '2',
      /^count\.day: \{numbr\} is not given to this message; did you mean \{number\}\? It is given: \{number\}$/,
    ],
    [
      'a date of what is text',
      'wording:\n  lastDay: ours\npage:\n  title: "{date, date}"\n',
      '4',
      /^page\.title: \{date\} is text/,
    ],
  ])(
    'leaves the shipped message in place of %s, and names the fault',
    async (_words, content, place, words) => {
      await write('en/common.yaml', content);
      const data = await loadLanguage('en', [templatesFolder, own]);
      const { text, count } = createLanguage(data);
      expect([text('outcome.FAILED'), count('day', 2)]).toEqual(['Failed', '2 days']);
      expect(data.faults).toHaveLength(1);
      expect(data.faults?.[0]).toMatchObject({
        file: 'messages/en/common.yaml',
        place,
        words: expect.stringMatching(words),
      });
    },
  );

  it('takes the other messages of a file, and leaves out of a faulty language what is English', async () => {
    await write('fr/common.yaml', 'outcome:\n  FAILED: Échec\n  MISSED: "{x"\n');
    const data = await loadLanguage('fr', [templatesFolder, own]);
    expect(createLanguage(data).text('outcome.FAILED')).toBe('Échec');
    expect(createLanguage(data).text('outcome.MISSED')).toBe('Missed');
    expect(data.faults?.map(({ place }) => place)).toEqual(['3']);
  });

  it('speaks English where the only file of a language cannot be read', async () => {
    await write('fr/common.yaml', 'outcome: [');
    const data = await loadLanguage('fr', [templatesFolder, own]);
    expect(createLanguage(data).text('outcome.FAILED')).toBe('Failed');
    expect(data.faults).toHaveLength(1);
  });

  it('takes no offence at names that objects have of themselves', async () => {
    await write('en/common.yaml', '__proto__: { polluted: yes }\nconstructor: ours\n');
    const { text } = await load('en');
    expect(text('constructor')).toBe('ours');
    expect(() => text('toString')).toThrow('no language has a message toString');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
