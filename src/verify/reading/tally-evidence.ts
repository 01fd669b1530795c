import { correctionOf, dispositionOf } from '../../day/evidence/evidence-lines.js';
import { type ControlTotals, type CountingTotals, newControlTotals } from '../../model/control-totals.js';

/** What the lines of the evidence add up to, counted one by one. */
export class EvidenceTally {
  readonly #totals: CountingTotals = newControlTotals();
  readonly #bySource = new Map<string, number>();

  get totals(): ControlTotals {
    return this.#totals;
  }

  get bySource(): ReadonlyMap<string, number> {
    return this.#bySource;
  }

  /** @throws Error for what is no line of evidence */
  take(line: string): void {
    if (correctionOf(line) !== null) {
      this.#totals.used -= 1;
      this.#totals.duplicate += 1;
      return;
    }
    const disposition = dispositionOf(line);
    const written = /^\{"record":\d+,"source":("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
    if (written === undefined || !isDisposition(disposition))
      throw new Error('a line is none of the evidence');
    this.#totals.read += 1;
    this.#totals[disposition] += 1;
    const source = String(JSON.parse(written));
    this.#bySource.set(source, (this.#bySource.get(source) ?? 0) + 1);
  }
}

function isDisposition(text: string | null): text is Exclude<keyof ControlTotals, 'read'> {
  return text !== null && text !== 'read' && Object.hasOwn(newControlTotals(), text);
}
