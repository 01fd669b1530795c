import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkCatalogues } from '../../src/language/check-catalogues.js';
import { loadLanguage } from '../../src/language/load-language.js';
import { type TemplateFault, templateFaultText } from '../../src/model/template-fault.js';
import { expectGermanOf } from '../support/in-german.js';
import { templatesFolder } from '../support/theme.js';
import { sliceOf } from '../support/share-of.js';

/* What people do to messages of their own: `templates check` names it, and `run` as far as it changes what is shown. */

type Content = string | Uint8Array | { readonly linkTo: string };

let own: string;

beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'catalogue-faults-'));
});

afterEach(async () => {
  await rm(own, { recursive: true });
});

async function put(files: Readonly<Record<string, Content>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(own, name);
    await mkdir(dirname(path), { recursive: true });
    if (typeof content === 'object' && 'linkTo' in content) await symlink(content.linkTo, path);
    else await writeFile(path, content);
  }
}

function texts(faults: readonly TemplateFault[] | undefined): readonly string[] {
  return (faults ?? []).map(templateFaultText);
}

const file = 'messages/en/a.yaml';

/** What is in the file, and what is said of it by both, after its name. */
const inFile: readonly (readonly [string, Content, string])[] = [
  [
    'a text instead of names',
    'only words',
    ':1: the file has no names with texts: write each message as a name, a colon and its text',
  ],
  [
    'a list instead of names',
    '- a\n- b\n',
    ':1: the file has no names with texts: write each message as a name, a colon and its text',
  ],
  [
    'a bracket that is not closed',
    'outcome:\n  FAILED: [',
    ':2: a [ is not closed by a ] (what follows # is a comment)',
  ],
  ['a tab', 'outcome:\n\tFAILED: x', ':2: a tab indents this line: use spaces'],
  [
    'two documents',
    'outcome:\n  FAILED: A\n---\noutcome:\n  FAILED: B',
    ':3: a second document begins after --- or ...: a file has one; give each its own file',
  ],
  [
    'an alias of what it is in',
    'outcome: &a\n  FAILED: *a',
    ':2: *a refers to what it is a part of: remove it, or quote it if it is a text',
  ],
  [
    'a tag of YAML',
    'outcome:\n  FAILED: !ours x',
    ':2: outcome.FAILED: a value that begins with ! has a tag, and !ours means nothing here: quote it, or remove the tag',
  ],
  [
    'a key twice',
    'outcome:\n  FAILED: A\n  FAILED: B',
    ':3: outcome.FAILED: the key is there already: keep one',
  ],
  [
    'names above keys twice',
    'outcome:\n  FAILED: A\nseverity:\n  critical: B\noutcome:\n  FAILED: C',
    ':5: outcome: the key is there already: keep one',
  ],
  [
    'a key twice in two ways',
    'outcome.FAILED: A\noutcome:\n  FAILED: B',
    `:3: outcome.FAILED: it is there twice: ${file}:1 has it as well: keep one`,
  ],
  ...[['a list', '[a, b]'] as const, ['a number', '12'] as const, ['nothing', ''] as const].map(
    ([words, value]): readonly [string, Content, string] => [
      `${words} instead of a text`,
      `outcome:\n  FAILED: ${value}`,
      ':2: outcome.FAILED: this is no text, and no names with texts below them: write one text, in quotes',
    ],
  ),
  [
    'a brace that is not closed',
    'count:\n  day: "{number days"',
    ':2: count.day: it is no message, because braces do not match or a plural has no other (MALFORMED_ARGUMENT): {number days',
  ],
  [
    'a plural without other',
    'count:\n  day: "{number, plural, one {# day}}"',
    ':2: count.day: it is no message, because braces do not match or a plural has no other (MISSING_OTHER_CLAUSE): {number, plural, one {# day}}',
  ],
  [
    'a placeholder that is not given',
    'count:\n  day: "{numbre} days"',
    ':2: count.day: {numbre} is not given to this message; did you mean {number}? It is given: {number}',
  ],
  [
    'bytes that are not UTF-8',
    Buffer.from('page:\n  a: F\xe4', 'latin1'),
    ': it is not UTF-8 on line 2: save it as UTF-8',
  ],
  ['UTF-16', Buffer.from('\uFEFFpage: x', 'utf16le'), ': it is UTF-16: save it as UTF-8'],
  [
    'a link to nothing',
    { linkTo: 'nowhere' },
    ': it is a link to nothing: remove it, or make what it leads to',
  ],
  ['a link to itself', { linkTo: 'a.yaml' }, ': its links lead in a circle (ELOOP)'],
];

/** Files at other places. */
const elsewhere: readonly (readonly [string, Readonly<Record<string, Content>>, string])[] = [
  [
    'a key in two files',
    { [file]: 'outcome: { FAILED: A }', 'messages/en/b.yaml': 'outcome:\n  FAILED: B' },
    `messages/en/b.yaml:2: outcome.FAILED: it is there twice: ${file}:1 has it as well: keep one`,
  ],
  ['a folder with the name of a file', { [`${file}/x`]: '' }, `${file}: it is a folder, not a file`],
  [
    'a file in no language',
    { 'messages/ours.yaml': 'outcome: { FAILED: A }' },
    "messages/ours.yaml: it is in no language's folder, so nothing of it is read: move it into that of its language, like messages/en/ours.yaml",
  ],
  [
    'a file instead of a language',
    { 'messages/en': 'x' },
    'messages/en: it is a file: make it a folder, with the messages in a file like messages/en/ours.yaml',
  ],
  [
    'a language that leads to nothing',
    { 'messages/en': { linkTo: 'nowhere' } },
    'messages/en: it cannot be read: it does not exist (ENOENT)',
  ],
  [
    'a language in the spelling of POSIX',
    { 'messages/de_DE/a.yaml': 'outcome: { FAILED: A }' },
    'messages/de_DE: this is no language, so nothing in it is read: name the folder as BCP 47 does, like de-DE',
  ],
  [
    'a file instead of all messages',
    { messages: 'x' },
    'messages: it is a file: make it a folder that has a folder for each language, like messages/en',
  ],
];

const known = [
  ...inFile.map(([words, content, fault]) => [words, { [file]: content }, `${file}${fault}`] as const),
  ...elsewhere,
];

describe.each(sliceOf(known))('own messages with %s', (_words, files, fault) => {
  it('are named by templates check', async () => {
    await put(files);
    expect(texts((await checkCatalogues([templatesFolder, own], new Set())).faults)).toContain(fault);
  });

  it.each(['en', 'de'])('are named by a run in %s, which shows what ships with the tool', async (tag) => {
    await put(files);
    const language = await loadLanguage(tag, [templatesFolder, own]);
    expect(texts(language.faults)).toEqual([fault]);
    await expectGermanOf(fault);
    const shipped = await loadLanguage(tag, [templatesFolder]);
    const { 'outcome.FAILED': failed, 'count.day': day } = shipped.messages;
    expect(language.messages).toMatchObject({ 'outcome.FAILED': failed, 'count.day': day });
  });
});

describe('templates check', () => {
  it.each([
    [
      'an unknown key',
      'page:\n  titel: x',
      ':2: page.titel: no template and no sentence of the tool shows this message; did you mean "page.title"?',
    ],
    [
      'a key like none',
      'ours:\n  somethingElseEntirely: x',
      ':2: ours.somethingElseEntirely: no template and no sentence of the tool shows this message: remove it',
    ],
    [
      'a text for names',
      'page: x',
      ':1: page: it has names below it and no text of its own: write it like page.title',
    ],
    [
      'names for a text',
      'outcome:\n  FAILED:\n    short: x',
      ':3: outcome.FAILED.short: no template and no sentence of the tool shows this message; did you mean "outcome.FAILED"?',
    ],
  ])('names %s, which changes nothing that is shown', async (_words, content, fault) => {
    await put({ [file]: content });
    const { faults } = await checkCatalogues([templatesFolder, own], new Set());
    expect(texts(faults)).toEqual([`${file}${fault}`]);
    expect((await loadLanguage('en', [templatesFolder, own])).faults).toBeUndefined();
  });

  it.each([
    ['an empty file', '', `${file}: there is no message in it: write one, or remove the file`],
    ['comments only', '# later\n', `${file}: there is no message in it: write one, or remove the file`],
  ])('warns of %s', async (_words, content, warning) => {
    await put({ [file]: content });
    const { faults, warnings } = await checkCatalogues([templatesFolder, own], new Set());
    expect([texts(faults), texts(warnings)]).toEqual([[], [warning]]);
  });

  it('leaves alone what is no file of messages', async () => {
    await put({ 'messages/README.md': 'x', 'messages/.gitkeep': '', 'messages/en/notes.txt': 'x' });
    const { faults, warnings } = await checkCatalogues([templatesFolder, own], new Set());
    expect([faults, warnings]).toEqual([[], []]);
    expect((await loadLanguage('en', [templatesFolder, own])).faults).toBeUndefined();
  });
});
