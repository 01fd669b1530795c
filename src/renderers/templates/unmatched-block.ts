import { reasonWords } from '../../model/reasons/reason-words.js';

/** Where a template cannot be parsed because of its blocks: line and column from 1. */
interface UnmatchedBlock {
  readonly line: number;
  readonly column: number;
  readonly words: string;
}

interface OpenBlock {
  /** As it is written: `#if`, `#*inline`, `#> layout`. */
  readonly written: string;
  /** What ends it: `if`. */
  readonly name: string;
  readonly offset: number;
}

/** A comment, or a tag: what makes it one that opens or closes a block, its name, and the name of an inline partial's block. */
const tags =
  /\{\{!--[\s\S]*?--\}\}|\{\{![^}]*\}\}|\{\{\{?~?\s*([#/^][*>]?|else\b)?\s*([^\s}~"']*)[^}]*\}?\}\}/g;

/**
 * The first block that is not closed, that something else closes, or that was never opened. The parser says of these that
 * something was expected at the end of the file.
 */
export function unmatchedBlock(text: string): UnmatchedBlock | null {
  const open: OpenBlock[] = [];
  for (const { 0: tag, 1: kind, 2: name = '', index } of text.matchAll(tags)) {
    if (tag.startsWith('{{!') || kind === undefined) continue;
    const last = open.at(-1);
    if (kind === 'else' || (kind === '^' && name === '')) {
      if (last === undefined)
        return placed(text, index, reasonWords('elseInNoBlock', { tag: `{{${kind}}}` }));
    } else if (kind !== '/') {
      open.push({ written: `${kind}${name}`, name, offset: index });
    } else if (last === undefined) {
      return placed(text, index, reasonWords('endOfNoBlock', { tag: `{{/${name}}}` }));
    } else if (last.name === name) {
      open.pop();
    } else {
      const { line } = placed(text, index, '');
      const words = reasonWords('blockEndedByOther', {
        tag: `{{${last.written}}}`,
        end: `{{/${name}}}`,
        line,
        needed: `{{/${last.name}}}`,
      });
      return placed(text, last.offset, words);
    }
  }
  const last = open.at(-1);
  if (last === undefined) return null;
  return placed(
    text,
    last.offset,
    reasonWords('blockNotClosed', { tag: `{{${last.written}}}`, needed: `{{/${last.name}}}` }),
  );
}

function placed(text: string, offset: number, words: string): UnmatchedBlock {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, words };
}
