import type { YAMLError } from 'yaml';

const words: Readonly<Record<string, string>> = {
  BAD_DIRECTIVE: 'a line that begins with % is a directive, and this one is unknown: remove or quote it',
  BAD_DQ_ESCAPE:
    'an escape in double quotes that YAML does not have: use single quotes, or write \\\\ for a backslash',
  BAD_INDENT: 'the indentation does not fit the lines above, or a bracket is not closed there',
  BAD_SCALAR_START: 'a text cannot begin with @, ` or %: quote it',
  BLOCK_AS_IMPLICIT_KEY: 'a second ": " or "- " on one line: quote the value, or begin a new line',
  BLOCK_IN_FLOW: 'between brackets there can be no lines with "- " or "key:" of their own: use commas',
  KEY_OVER_1024_CHARS: 'a key of more than 1024 characters: is a line break missing?',
  MISSING_CHAR: 'something is missing: a quote or a bracket that closes, a comma, a space, or the : of a key',
  MULTILINE_IMPLICIT_KEY: 'a key goes over several lines: is a ": " or a closing quote missing?',
  MULTIPLE_ANCHORS: 'two anchors (&) for one value: keep one',
  MULTIPLE_TAGS: 'two tags (!) for one value: remove them',
  TAB_AS_INDENT: 'a tab indents this line: use spaces',
  UNEXPECTED_TOKEN: 'this cannot stand here: is a line break, a space, a quote or a bracket wrong?',
};

const missing: readonly (readonly [RegExp, string])[] = [
  [/closing ["']quote/, 'a quote is opened and not closed'],
  [/end with an? \]/, 'a [ is not closed by a ] (what follows # is a comment)'],
  [/end with an? \}/, 'a { is not closed by a } (what follows # is a comment)'],
  [/^Missing , /, 'a comma is missing between two items'],
  [/Implicit (map )?keys need/, 'a key without a value: after it come : and a space'],
];

/** What an error of the YAML parser means for a person who wrote the text. */
export function yamlErrorWords({ code, message }: Pick<YAMLError, 'code' | 'message'>): string {
  const closer = missing.find(([pattern]) => pattern.test(message))?.[1];
  return closer ?? words[code] ?? `this is not YAML (${code})`;
}
