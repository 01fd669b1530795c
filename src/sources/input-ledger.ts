import { compareText } from '../base/text-order.js';
import type { InputEntry, SourceInputs } from '../model/inputs.js';
import type { FileResult } from '../records/formats/file-result.js';
import { reasonWords } from '../model/reasons/reason-words.js';

/** A bucket that has been written to for years holds more objects than anybody would read the names of. */
const namedOfRule = 1000;

/** What became of an input; null bytes: it has no length of its own. */
type ReadInput = Pick<FileResult, 'records' | 'fault' | 'readable'> & { readonly bytes: number | null };

/** Every input that a source finds is entered here once, whatever became of it. */
export class InputLedger {
  readonly #entries: InputEntry[] = [];
  readonly #rules = new Map<string, number>();
  #read = 0;
  #unreadable = 0;

  /** Enters what was read, or could not be. */
  add(name: string, { bytes, records, fault, readable }: ReadInput): void {
    const isWhole = fault === null;
    if (isWhole) this.#read += 1;
    else this.#unreadable += 1;
    const damage = readable === 'none' ? 'unreadable' : 'unreadable in part';
    this.#entries.push({
      name,
      disposition: isWhole ? 'read' : damage,
      reason: fault,
      bytes,
      records,
    });
  }

  /** Enters what could not even be opened. */
  addUnreadable(name: string, reason: string): void {
    this.#unreadable += 1;
    this.#entries.push({ name, disposition: 'unreadable', reason, bytes: null, records: null });
  }

  /** @param detail instead of the rule, where it says more of this one input */
  leaveOut(name: string, rule: string, detail = rule): void {
    const already = this.#rules.get(rule) ?? 0;
    this.#rules.set(rule, already + 1);
    if (already >= namedOfRule) return;
    this.#entries.push({ name, disposition: 'left out', reason: detail, bytes: null, records: null });
  }

  /** Those that were read or should have been. */
  get wanted(): number {
    return this.#read + this.#unreadable;
  }

  /** Sorted, so that nothing depends on the order in which they were found. */
  inputs(): SourceInputs {
    const rules = [...this.#rules].map(([rule, inputs]) => ({ rule, inputs }));
    let leftOut = 0;
    for (const { inputs } of rules) leftOut += inputs;
    return {
      found: this.wanted + leftOut,
      read: this.#read,
      unreadable: this.#unreadable,
      leftOut,
      rules: rules.sort((a, b) => compareText(a.rule, b.rule)),
      entries: this.#entries.toSorted((a, b) => compareText(a.name, b.name)),
    };
  }

  /** `12 left out (ignore: .*: 2, ignore: README*: 10)`; null if nothing was. */
  leftOutInWords(): string | null {
    const { leftOut, rules } = this.inputs();
    if (leftOut === 0) return null;
    return reasonWords('leftOut', {
      number: leftOut,
      rules: rules.map(({ rule, inputs }) => `${rule}: ${inputs}`).join(', '),
    });
  }
}
