import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compiledMessages } from '../../src/language/compiled-messages.js';
import { messagesIn, readCatalogue } from '../../src/language/read-catalogue.js';
import { templatesFolder } from '../support/theme.js';

const files = await shippedFiles();

async function shippedFiles(): Promise<readonly string[]> {
  const tags = await readdir(join(templatesFolder, 'messages'));
  const named = tags.map(async (tag) =>
    (await readdir(join(templatesFolder, 'messages', tag))).map((name) => `messages/${tag}/${name}`),
  );
  return (await Promise.all(named)).flat();
}

describe('shipped messages', () => {
  it('are there', () => expect(files.length).toBeGreaterThan(10));

  it.each(files)('%s is read when the tool is built', async (file) => {
    const text = await readFile(join(templatesFolder, file), 'utf8');
    const written = messagesIn(text, file).messages.map((message) => [message.key, message.text]);
    expect(compiledMessages(text)?.map((message) => [message.key, message.text])).toEqual(written);
  });

  it.each(files)('%s that is edited is not taken for it', async (file) => {
    const text = await readFile(join(templatesFolder, file), 'utf8');
    for (const edited of [`${text}\n`, text.replace('e', 'a'), '']) {
      expect(compiledMessages(edited)).toBeNull();
    }
  });

  it('know their lines all the same', async () => {
    const catalogue = await readCatalogue(templatesFolder, 'de');
    const messages = catalogue.messages.filter(({ file }) => file === 'messages/de/page.yaml');
    const lines = (await readFile(join(templatesFolder, 'messages/de/page.yaml'), 'utf8')).split('\n');
    for (const message of [messages.at(0), messages.at(-1)]) {
      const name = message?.key.split('.').at(-1) ?? '?';
      expect(lines[(message?.line() ?? 0) - 1]).toContain(`${name}:`);
    }
  });
});
