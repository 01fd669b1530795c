import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../src/files/read-yaml.js';
import { yamlErrorWords } from '../../src/files/yaml-error-words.js';
import { expectGermanOf, notInGerman } from '../support/in-german.js';

const faultsOf = (text: string): readonly string[] => {
  const { faults, surprises } = readYaml(text);
  return [...faults, ...surprises].map(({ path, line, words }) => `${line} ${path.join('.')}: ${words}`);
};

/** Codes of errors: those of the parser that are told, and one that nobody knows. */
const errorCodes = [
  'BAD_DIRECTIVE',
  'BAD_DQ_ESCAPE',
  'BAD_INDENT',
  'BAD_SCALAR_START',
  'BLOCK_AS_IMPLICIT_KEY',
  'BLOCK_IN_FLOW',
  'KEY_OVER_1024_CHARS',
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_TAGS',
  'TAB_AS_INDENT',
  'UNEXPECTED_TOKEN',
  'IMPOSSIBLE',
] as const;

describe('YAML', () => {
  it('may repeat itself by anchors and aliases', () => {
    const { content, faults, surprises } = readYaml('a: &a [1, &b { c: x }]\nd: *a\ne: [*b, *a]\n');
    expect([faults, surprises]).toEqual([[], []]);
    expect(content).toEqual({ a: [1, { c: 'x' }], d: [1, { c: 'x' }], e: [{ c: 'x' }, [1, { c: 'x' }]] });
  });

  it.each([
    [
      'a date, a time and a version',
      'a: 2026-11-19\nb: 06:30\nc: 1.2.3',
      { a: '2026-11-19', b: '06:30', c: '1.2.3' },
    ],
    ['yes, no, on, off', 'a: [yes, no, on, off]', { a: ['yes', 'no', 'on', 'off'] }],
    ['numbers as they are written', 'a: [1, -5, 1.5, 587]', { a: [1, -5, 1.5, 587] }],
    ['known tags', 'a: !!str 010\nb: !!int 5', { a: '010', b: 5 }],
    ['a byte order mark', '\ufeffa: 1', { a: 1 }],
    ['keys of any name', 'constructor: 1\ntoString: 2', { constructor: 1, toString: 2 }],
    ['nothing', '# only words', null],
  ])('takes %s', (_what, text, content) => {
    expect(faultsOf(text)).toEqual([]);
    expect(readYaml(text).content).toEqual(content);
  });

  it.each([
    ['numbers in another form', 'a: [010, 0x10, 1e3, .5, +1, 1.0, 12345678901234567890, -0]', 8],
    ['what is no number to count with', 'a: [.inf, -.inf, .nan]', 3],
    ['a key that becomes another', '1.10: x', 1],
    ['tags that make other things', 'a: !!binary aGk=\nb: !!set { x }\nc: !!timestamp 2001-12-14\nd: ! x', 4],
    ['keys that are no text', '[a]: 1\n{ b: 1 }: 2', 2],
    ['an alias as a key', 'a: &a x\n*a : y', 1],
    ['a key that is nothing', ': x', 1],
    ['keys that become the same', '1: x\n"1": y', 1],
    ['keys that are there twice, below', 'a:\n  b: 1\n  c: 2\n  b: 3', 1],
    ['an alias before its anchor', 'a: *b\nb: &b 1', 1],
    ['several aliases that lead nowhere', 'a: *b\nc: [*d, { e: *f }]', 3],
    ['an anchor within itself, deeper', 'a: &a { b: { c: [*a] } }', 1],
  ])('tells %s', async (_what, text, number) => {
    const faults = faultsOf(text);
    expect(faults).toHaveLength(number);
    for (const fault of faults) await expectGermanOf(fault);
  });

  it('tells every error of the parser in words that a German report has', async () => {
    const closers = [
      'Missing closing "quote',
      'Flow sequence must end with a ]',
      'Flow map must end with a }',
      'Missing , between flow collection items',
      'Implicit map keys need to be followed by map values',
    ].map((message) => yamlErrorWords({ code: 'MISSING_CHAR', message }));
    const told = [
      ...errorCodes.map((code) => yamlErrorWords({ code, message: '' })),
      ...closers,
      ...faultsOf('a: 1\n---\nb: 2\n'),
      ...faultsOf('%YAML 1.1\n---\na: 1\n'),
    ];
    expect(new Set(told).size).toBe(errorCodes.length + closers.length + 2);
    expect(await notInGerman(told)).toEqual([]);
  });

  it('tells the place by path and line, also behind an alias', () => {
    expect(faultsOf('a:\n  - b: 1\n  - c: *none\n')[0]).toMatch(/^3 a\.1\.c: /);
    const { lineOf } = readYaml('a: &a\n  b: 1\nc: *a\nd:\n  - x\n');
    expect([['a', 'b'], ['c', 'b'], ['c', 'z'], ['d', 0], ['e']].map(lineOf)).toEqual([2, 2, 3, 5, null]);
  });

  it.each([
    ['deep brackets', '['.repeat(200_000)],
    ['deep mappings', '{a: '.repeat(100_000)],
    ['deep lists', '- '.repeat(100_000)],
    ['deep lines', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    [
      'a chain of aliases',
      Array.from({ length: 2000 }, (_, step) =>
        step === 0 ? 'a0: &a0 [x]' : `a${step}: &a${step} [*a${step - 1}]`,
      ).join('\n'),
    ],
    [
      'aliases that double',
      Array.from({ length: 90 }, (_, step) =>
        step === 0 ? 'a0: &a0 [x]' : `a${step}: &a${step} [*a${step - 1}, *a${step - 1}]`,
      ).join('\n'),
    ],
  ])('stays within its bounds: %s', async (_what, text) => {
    expect(readYaml(text)).toMatchObject({ content: null, isReadable: false, faults: [expect.anything()] });
    await expectGermanOf(faultsOf(text)[0] ?? '');
  });

  it('never throws, whatever the text is', () => {
    const piece = fc.constantFrom(
      'a',
      ':',
      ' ',
      '\n',
      '- ',
      '*a',
      '&a ',
      '!t ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '"',
      "'",
      '#',
      '|',
      '>',
      '---\n',
      '...\n',
      '%',
      '\t',
      '<<: ',
      '? ',
      '@',
      '0',
      '.',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { isReadable, faults } = readYaml(pieces.join(''));
        expect(isReadable || faults.length > 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
