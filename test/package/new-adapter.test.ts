import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';

interface Laying {
  laidFiles(root: string, sort?: string, name?: string): ReadonlyMap<string, string>;
}

const root = fileURLToPath(packageRoot);
const { laidFiles } = (await import(new URL('scripts/new/lay.mjs', packageRoot).href)) as Laying;
const { sorts } = (await import(new URL('scripts/new/parts.mjs', packageRoot).href)) as {
  readonly sorts: Readonly<
    Record<string, { readonly insertions: readonly { readonly file: string; readonly mark: string }[] }>
  >;
};
const marks = Object.entries(sorts).flatMap(([sort, { insertions }]) =>
  insertions.map(({ file, mark }) => [sort, file, mark] as const),
);

describe('npm run new', () => {
  it.each([
    ['source', 'audit-vault', 10],
    ['channel', 'pager', 6],
  ] as const)(
    'lays a %s: all that names it, and nothing that is left to fill in by name',
    (sort, name, most) => {
      const texts = [...laidFiles(root, sort, name)];
      expect(texts.length).toBeLessThanOrEqual(most);
      for (const [path, text] of texts) {
        expect(path).not.toContain('__');
        expect(text).not.toMatch(/__(?:name|Name|camel)__/);
        expect(text).toContain(name);
      }
    },
  );

  it.each([
    [[], 'say what is new'],
    [['mailer', 'x'], 'there is no template of a new mailer'],
    [['toString', 'x'], 'there is no template of a new toString'],
    [['source'], 'the name is missing'],
    [['source', 'Audit'], 'Audit is no name of a source'],
    [['source', '../x'], '../x is no name'],
    [['source', 'a--b'], 'a--b is no name'],
    [['source', '9lives'], '9lives is no name'],
    [['source', 'a'.repeat(41)], 'at most 40 characters'],
    [['source', 'audit-source'], 'leave source out of the name'],
    [['source', 'streaming'], 'src/sources/streaming exists already'],
    [['source', 'module'], 'knows a type module already'],
    [['channel', 'webhook'], 'src/channels/webhook exists already'],
    [['channel', 'oci-notifications'], 'exists already'],
    [['source', 'own-module'], 'exists already'],
  ])('refuses %j in words', (args, words) => {
    expect(() => laidFiles(root, ...args)).toThrow(words);
  });

  describe('where a place is gone', () => {
    let copy: string;

    beforeEach(() => {
      copy = mkdtempSync(join(tmpdir(), 'new-adapter-'));
      for (const file of new Set(marks.map(([, each]) => each))) {
        mkdirSync(dirname(join(copy, file)), { recursive: true });
        copyFileSync(join(root, file), join(copy, file));
      }
    });

    afterEach(() => rmSync(copy, { recursive: true }));

    it.each(marks)('of a %s in %s names file and line: %s', (sort, file, mark) => {
      expect(laidFiles(copy, sort, 'another').has(file)).toBe(true);
      const text = readFileSync(join(copy, file), 'utf8');
      writeFileSync(join(copy, file), text.replace(mark, ''));
      expect(() => laidFiles(copy, sort, 'another')).toThrow(`${file}: there is no line “${mark}”`);
      writeFileSync(join(copy, file), `${text}\n${mark}\n`);
      expect(() => laidFiles(copy, sort, 'another')).toThrow('there are several lines');
    });
  });
});
