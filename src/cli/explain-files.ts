import { count } from '../base/english.js';
import { terminalText } from '../base/terminal-text.js';
import type { ControlTotals } from '../model/control-totals.js';
import {
  type ExplainedFile,
  type ExplainedItem,
  type FilesExplanation,
  explainFiles,
} from '../day/explain/explain-files.js';
import { generationTime } from '../wiring/generation-time.js';
import { systemClock } from '../wiring/system-clock.js';
import { kindsOfModules } from '../wiring/load-plan.js';
import { wireExplanation, wireNamedFiles } from '../wiring/wire-explain.js';
import { ItemTable } from './item-table.js';
import type { Output } from './output.js';

export interface ExplainFilesOptions {
  /** Files, folders or globs; `-` is standard input. */
  readonly files: readonly string[];
  readonly json: boolean;
  /** The kind of report that takes the records; absent: the first kind. */
  readonly report?: string | undefined;
  /** Modules that bring kinds of report. */
  readonly kind?: readonly string[] | undefined;
  /** Base of relative paths. */
  readonly directory: string;
  readonly standardInput: AsyncIterable<Buffer>;
}

/** Answers are waited for after so many lines. */
const linesAtOnce = 500;

/** `backup-report explain FILE…`: what became of each record of files. Returns the exit code. */
export async function explainNamedFiles(
  { files: paths, json, report, kind, directory, standardInput }: ExplainFilesOptions,
  output: Output,
): Promise<number> {
  const nowMs = generationTime(process.env, systemClock.nowMs(), null);
  const contents = wireNamedFiles({ paths, directory, standardInput });
  const explained = await explainFiles(
    contents,
    await wireExplanation(nowMs, report, await kindsOfModules(kind)),
  );
  try {
    const lines = json ? jsonLines(explained) : await tableLines(explained, output.columns ?? null);
    let unwaited = 0;
    for await (const line of lines) {
      output.answer(line);
      unwaited += 1;
      if (unwaited % linesAtOnce === 0) await output.taken?.();
    }
  } finally {
    await explained.close();
  }
  const isWhole = explained.files.every(({ read }) => read === 'whole' || read === 'left out');
  return isWhole && explained.records.rejected === 0 ? 0 : 3;
}

async function* jsonLines(explained: FilesExplanation): AsyncGenerator<string> {
  for await (const each of inOrder(explained)) {
    if (each.kind === 'file') yield JSON.stringify({ file: each.file });
    else yield JSON.stringify({ record: each.item });
  }
  const { files, records } = explained;
  yield JSON.stringify({ totals: { files: countsOf(files), records } });
}

/** @param columns width to cut at; null: lines are whole */
async function tableLines(
  explained: FilesExplanation,
  columns: number | null,
): Promise<AsyncIterable<string>> {
  const table = new ItemTable(columns);
  for await (const item of explained.items()) table.measure(item);
  async function* lines(): AsyncGenerator<string> {
    for await (const each of inOrder(explained)) {
      if (each.kind === 'file' && each.file !== explained.files[0]) yield '';
      if (each.kind === 'item') yield table.line(each.item);
      else yield* headOf(each.file);
    }
    yield '';
    yield* totalsOf(explained);
    const hidden = table.hidden();
    if (hidden.length > 0)
      yield `Not shown in ${columns} columns: ${hidden.join(', ')} (a wider terminal or --json has all)`;
  }
  return lines();
}

type Entry =
  | { readonly kind: 'file'; readonly file: ExplainedFile }
  | { readonly kind: 'item'; readonly item: ExplainedItem };

/** Each file, and its items behind it. */
async function* inOrder({ files, items }: FilesExplanation): AsyncGenerator<Entry> {
  const rest = items()[Symbol.asyncIterator]();
  for (const file of files) {
    yield { kind: 'file', file };
    for (let left = file.records.read; left > 0; left -= 1) {
      const { done, value } = await rest.next();
      if (done !== true) yield { kind: 'item', item: value };
    }
  }
}

const readWords = {
  whole: 'read whole',
  'in part': 'read in part',
  'not at all': 'not read',
  'left out': 'left out',
} as const;

function* headOf({ name, read, reason, bytes, format, records }: ExplainedFile): Generator<string> {
  const size = bytes === null ? [] : [count(bytes, 'byte')];
  const what = bytes === null || format.length > 0 ? format : ['empty'];
  const found = bytes === null ? [] : [count(records.read, 'record')];
  const facts = [...size, ...what, ...found, readWords[read]];
  yield `${terminalText(name)}  ${facts.join(', ')}`;
  if (reason !== null) yield `  ! ${terminalText(reason, Infinity)}`;
}

function* totalsOf({ files, records }: FilesExplanation): Generator<string> {
  const { whole, inPart, notAtAll, leftOut } = countsOf(files);
  const counts = [
    [whole, 'read whole'],
    [inPart, 'in part'],
    [notAtAll, 'not at all'],
    [leftOut, 'left out'],
  ] as const;
  const shown = counts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  yield `${count(files.length, 'file')}: ${shown.join(', ')}`;
  yield `${count(records.read, 'record')} read = ${sumInWords(records)}`;
}

function sumInWords({ used, duplicate, ignored, rejected }: ControlTotals): string {
  return `${used} used + ${duplicate} duplicate + ${ignored} ignored + ${rejected} rejected`;
}

function countsOf(files: readonly ExplainedFile[]) {
  const countOf = (read: ExplainedFile['read']): number => files.filter((each) => each.read === read).length;
  return {
    found: files.length,
    whole: countOf('whole'),
    inPart: countOf('in part'),
    notAtAll: countOf('not at all'),
    leftOut: countOf('left out'),
  };
}
