import { type Hash, createHash } from 'node:crypto';

/** The JSON text of a value: whole, or its beginning where it is nested too deeply to be written at once. */
export interface JsonText {
  readonly isWhole: boolean;
  readonly text: string;
  /** Of the whole text in UTF-8, in lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Never throws, however deeply the value is nested. */
export function jsonTextOf(value: unknown, maxBeginning: number): JsonText {
  try {
    return wholeText(JSON.stringify(value) ?? 'null');
  } catch {
    return beginningOf(value, maxBeginning);
  }
}

export function wholeText(text: string): JsonText {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { isWhole: true, text, sha256, bytes: Buffer.byteLength(text) };
}

function beginningOf(value: unknown, maxBeginning: number): JsonText {
  const hash: Hash = createHash('sha256');
  let text = '';
  let bytes = 0;
  for (const piece of piecesOf(value)) {
    hash.update(piece);
    bytes += Buffer.byteLength(piece);
    if (text.length < maxBeginning) text += piece;
  }
  return { isWhole: false, text: text.slice(0, maxBeginning), sha256: hash.digest('hex'), bytes };
}

/** As `JSON.stringify` writes it, with a stack of its own instead of the machine's. */
function* piecesOf(value: unknown): Generator<string> {
  const stack: Iterator<string | { readonly value: unknown }>[] = [[{ value }].values()];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { done, value: piece } = top.next();
    if (done === true) stack.pop();
    else if (typeof piece === 'string') yield piece;
    else if (typeof piece.value !== 'object' || piece.value === null)
      yield JSON.stringify(piece.value) ?? 'null';
    else stack.push(Array.isArray(piece.value) ? listPieces(piece.value) : objectPieces(piece.value));
  }
}

function* listPieces(list: readonly unknown[]): Generator<string | { readonly value: unknown }> {
  yield '[';
  for (const [index, value] of list.entries()) {
    if (index > 0) yield ',';
    yield { value };
  }
  yield ']';
}

function* objectPieces(object: object): Generator<string | { readonly value: unknown }> {
  yield '{';
  let separator = '';
  for (const [key, value] of Object.entries(object)) {
    yield `${separator}${JSON.stringify(key)}:`;
    yield { value };
    separator = ',';
  }
  yield '}';
}
