import type { InputEntry } from '../../../../model/inputs.js';
import type { SourceReport } from '../../../../model/report-head.js';
import {
  type Balance,
  type CappedList,
  type Term,
  balance,
  countedTerm,
  shortText,
} from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { BackupWording } from '../backup-wording.js';
import { inputDispositionWords } from '../input-words.js';
import { sayReason } from '../../../../model/reasons/say-reason.js';

/** What became of the files, objects or partitions of one source. */
export interface SourceInputsView {
  readonly source: string;
  /** Found, read, unreadable, left out. */
  readonly counts: readonly string[];
  readonly balance: Balance;
  /** `ignore: .*: 3`, one for each rule that left something out. */
  readonly rules: readonly string[];
}

export interface InputView {
  readonly source: string;
  readonly name: string;
  readonly disposition: Label;
  readonly reason: string;
}

export interface InputsView {
  /** Empty where no source reads files, objects or a stream. */
  readonly sources: readonly SourceInputsView[];
  /** Those that were not read, or not whole. */
  readonly notRead: CappedList<InputView>;
}

const inputListCap = 100;

type ReportedInputs = NonNullable<SourceReport['inputs']>;

export function inputsView(sources: readonly SourceReport[], wording: BackupWording): InputsView {
  const withInputs = sources.flatMap(({ name, inputs }) => (inputs === undefined ? [] : [{ name, inputs }]));
  const notRead = withInputs.flatMap(({ name, inputs }) => inputs.notRead.map((input) => ({ name, input })));
  let hidden = 0;
  for (const { inputs } of withInputs) hidden += inputs.unreadable + inputs.leftOut - inputs.notRead.length;
  const rest = hidden + Math.max(0, notRead.length - inputListCap);
  return {
    sources: withInputs.map(({ name, inputs }) => sourceInputsView(name, inputs, wording)),
    notRead: {
      items: notRead.slice(0, inputListCap).map(({ name, input }) => inputView(name, input, wording)),
      more: rest > 0 ? wording.text('page.more.input', { number: rest }) : null,
    },
  };
}

function sourceInputsView(source: string, inputs: ReportedInputs, wording: BackupWording): SourceInputsView {
  const { found, read, unreadable, leftOut, rules } = inputs;
  const { language } = wording;
  return {
    source: shortText(source),
    counts: [found, read, unreadable, leftOut].map((value) => language.integer(value)),
    balance: inputBalance(inputs, wording),
    rules: rules.map(
      ({ rule, inputs: number }) => `${shortText(sayReason(rule, language))}: ${language.integer(number)}`,
    ),
  };
}

/** `12 found = 9 read + 1 unreadable + 2 left out` */
function inputBalance(inputs: ReportedInputs, wording: BackupWording): Balance {
  const term = (count: 'found' | 'read' | 'unreadable' | 'leftOut'): Term =>
    countedTerm(inputs[count], wording.text(`page.balance.${count}`), wording);
  return balance(term('found'), (['read', 'unreadable', 'leftOut'] as const).map(term));
}

function inputView(
  source: string,
  { name, disposition, reason }: InputEntry,
  wording: BackupWording,
): InputView {
  const isLeftOut = disposition === 'left out';
  return {
    source: shortText(source),
    name: shortText(name),
    disposition: {
      words: inputDispositionWords(disposition, wording),
      tone: isLeftOut ? 'quiet' : 'warn',
    },
    reason: shortText(sayReason(reason ?? '', wording.language)),
  };
}
