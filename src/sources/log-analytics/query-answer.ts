import type { models } from 'oci-loganalytics';

/** Record times, epoch milliseconds. Whether the service includes the end is not documented. */
export interface TimeSlice {
  readonly fromMs: number;
  readonly toMs: number;
}

export type Row = Readonly<Record<string, unknown>>;

export interface QueryAnswer {
  readonly rows: readonly Row[];
  /** Why the rows are not provably all of the slice; null if they are. */
  readonly doubt: Doubt | null;
  readonly pages: number;
  readonly requestIds: readonly string[];
  readonly mode: 'synchronous' | 'asynchronous' | 'export' | 'pairs';
  /** How many records the rows represent, if they are not records themselves. */
  readonly records?: number;
}

export interface Doubt {
  readonly reason: string;
  /** Whether a shorter slice may be complete. */
  readonly mayHelpToHalve: boolean;
}

/** The service returns at most this many rows, whatever is requested. */
export const rowCap = 2001;

/** An endless loop of pages is a fault of the service; no answer has more rows than the cap. */
const maxPages = 50;

/** Collects the pages of one answer, and any evidence that it is incomplete. */
export class AnswerPages {
  readonly #rows: Row[] = [];
  readonly #requestIds: string[] = [];
  readonly #mode: QueryAnswer['mode'];
  #doubt: Doubt | null = null;
  #totalCount: number | null = null;

  constructor(mode: QueryAnswer['mode']) {
    this.#mode = mode;
  }

  /** @returns the next page to request */
  add(page: models.QueryAggregation, requestId: string, next: string | undefined): string | undefined {
    this.#requestIds.push(requestId);
    for (const row of page.items ?? []) this.#rows.push(row as Row);
    this.#totalCount = page.totalCount ?? this.#totalCount;
    this.#doubt ??= doubtOf(page);
    if (next === undefined || next === null || next === '') return undefined;
    if (this.#requestIds.length < maxPages) return next;
    this.#doubt ??= { reason: `there are more than ${maxPages} pages`, mayHelpToHalve: true };
    return undefined;
  }

  answer(): QueryAnswer {
    return {
      rows: this.#rows,
      doubt: this.#doubt ?? this.#doubtOfCount(),
      pages: this.#requestIds.length,
      requestIds: this.#requestIds,
      mode: this.#mode,
    };
  }

  #doubtOfCount(): Doubt | null {
    const rows = this.#rows.length;
    const total = this.#totalCount;
    if (total === null)
      return { reason: 'the answer does not say how many rows it has', mayHelpToHalve: false };
    if (total >= rowCap)
      return { reason: `it has ${total} rows, the most that a query gives`, mayHelpToHalve: true };
    if (rows !== total)
      return { reason: `${rows} rows came, the answer counts ${total}`, mayHelpToHalve: true };
    return null;
  }
}

function doubtOf(page: models.QueryAggregation): Doubt | null {
  if (page.isContentHidden === true) {
    return {
      reason: 'some content is hidden from this user; its policy must allow to read all log groups',
      mayHelpToHalve: false,
    };
  }
  if (page.arePartialResults === true) {
    const why = page.partialResultReason ? ` (${page.partialResultReason})` : '';
    return { reason: `the service calls its results partial${why}`, mayHelpToHalve: true };
  }
  if (page.percentComplete !== 100) {
    return {
      reason: `the query was ${page.percentComplete ?? 'an unknown'} % complete`,
      mayHelpToHalve: true,
    };
  }
  return null;
}
