import type { SourceReport } from '../../model/report-head.js';
import type { SourceInputs } from '../../model/inputs.js';
import type { EarlierSource } from './earlier-evidence.js';

/** A source as it was read this time. */
export interface PresentSource {
  readonly report: SourceReport;
  readonly inputs: SourceInputs | undefined;
}

/** Says what of an earlier reading this one read again, so that it has the last word on it. */
export class PresentSources {
  readonly #sources: readonly PresentSource[];
  readonly #namesThen: ReadonlySet<string>;
  /** Inputs that were read again, or left out by a rule. Each name once, whichever source has it. */
  readonly #settled = new Set<string>();
  readonly #unreadable = new Set<string>();

  /** @param then the sources of the newest revision */
  constructor(sources: readonly PresentSource[], then: readonly Pick<EarlierSource, 'name'>[]) {
    this.#sources = sources;
    this.#namesThen = new Set(then.map(({ name }) => name));
    for (const { report, inputs } of sources) {
      for (const { name, disposition } of inputs?.entries ?? []) {
        if (disposition.startsWith('unreadable')) this.#unreadable.add(name);
        else if (!readsOnce(report.type)) this.#settled.add(name);
      }
    }
  }

  /** Whether the input was found again: it was read, or is told of by its source. */
  hasInput(name: string): boolean {
    return this.#settled.has(name) || this.#unreadable.has(name);
  }

  hasSource(name: string): boolean {
    return this.#sources.some(({ report }) => report.name === name);
  }

  /** The source of that name or, where it is called otherwise by now, of the same paths or query. */
  sourceLike({ name, type, request }: Pick<EarlierSource, 'name' | 'type' | 'request'>): SourceReport | null {
    const reports = this.#sources.map(({ report }) => report);
    const renamed = reports.filter((each) => !this.#namesThen.has(each.name));
    const named = reports.find((each) => each.name === name);
    return named ?? renamed.find((each) => each.type === type && each.request === request) ?? null;
  }

  /**
   * Whether the input of a record that could not be read was read again, or left out: it is as its owner wants it by now.
   *
   * @param place name of the input and what follows: `events/a.ndjson:17`
   */
  hasInputOf(place: string): boolean {
    if (this.#settled.has(place)) return true;
    for (let end = place.length - 1; end > 0; end -= 1) {
      if (/[^\p{L}\p{N}]/u.test(place.charAt(end)) && this.#settled.has(place.slice(0, end))) return true;
    }
    return false;
  }
}

/** A stream gives a message to its group once: that it is read to its end again says nothing of those before. */
function readsOnce(type: string): boolean {
  return type === 'streaming';
}
