import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkCatalogues } from '../../src/language/check-catalogues.js';
import { templateFaultText } from '../../src/model/template-fault.js';
import { templatesFolder } from '../support/theme.js';

let own: string;

beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'catalogues-'));
});

afterEach(async () => {
  await rm(own, { recursive: true });
});

async function check(files: Readonly<Record<string, string>>, used: readonly string[] = []) {
  for (const [name, content] of Object.entries(files)) {
    const path = join(own, 'messages', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  const { tags, faults, warnings } = await checkCatalogues([templatesFolder, own], new Set(used));
  return { tags, faults: faults.map(templateFaultText), warnings: warnings.map(templateFaultText) };
}

describe('checkCatalogues', () => {
  it('finds nothing wrong with messages that are overridden, and names the languages', async () => {
    const files = {
      'en/a.yaml': 'outcome: { FAILED: Gone }',
      'fr/a.yaml': 'count: { day: "{number} jours" }',
    };
    expect(await check(files)).toEqual({ tags: ['de', 'en', 'fr'], faults: [], warnings: [] });
  });

  it.each([
    [
      'an unknown key',
      { 'en/a.yaml': 'page:\n  titel: x' },
      'messages/en/a.yaml:2: page.titel: no template and no sentence of the tool shows this message; did you mean "page.title"?',
    ],
    [
      'a key in two files',
      { 'de/a.yaml': 'outcome: { FAILED: A }', 'de/b.yaml': 'outcome:\n  FAILED: B' },
      'messages/de/b.yaml:2: outcome.FAILED: it is there twice: messages/de/a.yaml:1 has it as well: keep one',
    ],
    [
      'a key that one file has twice',
      { 'en/a.yaml': 'outcome:\n  FAILED: A\n  FAILED: B' },
      'messages/en/a.yaml:3: outcome.FAILED: the key is there already: keep one',
    ],
    [
      'an unknown placeholder',
      { 'fr/a.yaml': 'count: { day: "{numbre} jours" }' },
      'messages/fr/a.yaml:1: count.day: {numbre} is not given to this message; did you mean {number}? It is given: {number}',
    ],
    ['no YAML', { 'en/a.yaml': 'x: [' }, /^messages\/en\/a\.yaml:1: /],
  ])('names %s', async (_words, files, fault) => {
    const { faults } = await check(files);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });

  it('takes a key of the company for known where its templates show it', async () => {
    expect((await check({ 'en/a.yaml': 'ours: { note: x }' }, ['ours.note'])).faults).toEqual([]);
  });

  it('warns of a placeholder that is left out', async () => {
    const { faults, warnings } = await check({ 'en/a.yaml': 'count: { day: some days }' });
    expect(faults).toEqual([]);
    expect(warnings).toEqual([
      'messages/en/a.yaml:1: count.day: it leaves out {number}: what that says is missing where the message is shown',
    ]);
  });
});
