import { Composer, type Document, Lexer, type LineCounter, Parser, type YAMLError } from 'yaml';
import type { PlacedFault } from './yaml-fault.js';
import { yamlErrorWords } from './yaml-error-words.js';

/** Deeper than any file of ours, and shallow enough for every stack. A level has up to two entries in the parser. */
const mostLevels = 100;

export interface ComposedYaml {
  /** The first document; null: there is none that could be made. */
  readonly document: Document.Parsed | null;
  readonly errors: readonly PlacedFault[];
  /** Whether the document is what was meant, whatever the errors. */
  readonly isUnderstood: boolean;
}

/** Errors after which the rest of the text is read as it was meant. */
const harmless: ReadonlySet<string> = new Set(['BAD_SCALAR_START', 'BAD_DQ_ESCAPE', 'BAD_ALIAS']);

/** Parses a text, but no deeper than the limit: the composer would overflow its stack, or the heap. */
export function composeYaml(text: string, lines: LineCounter): ComposedYaml {
  const tokens = [];
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    offset = parser.offset;
    if (parser.stack.length > mostLevels) {
      const words = `nested deeper than ${mostLevels} levels`;
      return { document: null, errors: [{ path: [], offset, words }], isUnderstood: false };
    }
  }
  tokens.push(...parser.end());
  const [first = null, ...others] = new Composer({
    uniqueKeys: false,
    version: '1.2',
    merge: false,
    logLevel: 'error',
  }).compose(tokens, true, text.length);
  const errors: PlacedFault[] = oneALine(first?.errors ?? [], lines);
  const second = others[0];
  if (second !== undefined) errors.push(secondDocument(second));
  if (first?.directives.yaml.version !== '1.2') errors.push(oldVersion());
  const isUnderstood = (first?.errors ?? []).every(({ code }) => harmless.has(code));
  return { document: first, errors, isUnderstood };
}

/** What follows an error on its line is mostly the same error again. */
function oneALine(errors: readonly YAMLError[], lines: LineCounter): PlacedFault[] {
  const told = new Set<number>();
  return errors.flatMap((error) => {
    const offset = error.pos[0];
    const { line } = lines.linePos(offset);
    // An empty alias, a lone *, is told with its path where aliases are looked at.
    if (told.has(line) || error.code === 'BAD_ALIAS') return [];
    told.add(line);
    return [{ path: [], offset, words: yamlErrorWords(error) }];
  });
}

function secondDocument({ range }: Document.Parsed): PlacedFault {
  const words = 'a second document begins after --- or ...: a file has one; give each its own file';
  return { path: [], offset: range[0], words };
}

function oldVersion(): PlacedFault {
  return {
    path: [],
    offset: 0,
    words: '%YAML names another version than 1.2, which reads no as false and 010 as 8: remove the line',
  };
}
