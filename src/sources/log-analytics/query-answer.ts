import type { models } from 'oci-loganalytics';
import { reasonWords } from '../../model/reasons/reason-words.js';

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
  /** The query that it answers, where there are several for the same rows. */
  readonly query?: string;
  /** How many records the rows represent, if they are not records themselves. */
  readonly records?: number;
}

/**
 * - `limit`: more rows or groups than an answer may have: a shorter slice has fewer.
 * - `part`: the service says, or its numbers show, that something is missing: asking again may help, a shorter slice
 *   perhaps.
 * - `uncounted`: the answer does not say how many rows it has.
 * - `final`: nothing helps.
 */
export type DoubtKind = 'limit' | 'part' | 'uncounted' | 'final';

export interface Doubt {
  readonly reason: string;
  readonly kind: DoubtKind;
  /** How much is missing, in rows or percent; null if not known. */
  readonly lack: number | null;
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
    // It will be asked for in halves.
    if ((this.#totalCount ?? 0) >= rowCap) return undefined;
    if (this.#requestIds.length < maxPages) return next;
    this.#doubt ??= limit(reasonWords('morePages', { pages: maxPages }));
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
    if (rows >= rowCap || (total ?? 0) >= rowCap) {
      return limit(reasonWords('rowsAtLimit', { rows: total ?? rows }));
    }
    if (total === null) {
      return { reason: reasonWords('rowsUnsaid'), kind: 'uncounted', lack: null };
    }
    return rows === total ? null : part(reasonWords('rowsCame', { rows, total }), total - rows);
  }
}

/** @param reason that more is there than an answer may have */
export function limit(reason: string): Doubt {
  return { reason, kind: 'limit', lack: null };
}

/** @param lack how much is missing, or too much; null if not known */
export function part(reason: string, lack: number | null): Doubt {
  return { reason, kind: 'part', lack: lack === null ? null : Math.abs(lack) };
}

function doubtOf(page: models.QueryAggregation): Doubt | null {
  if (page.isContentHidden === true) {
    const reason = reasonWords('contentHidden');
    return { reason, kind: 'final', lack: null };
  }
  if (page.arePartialResults === true) {
    const why = page.partialResultReason;
    return part(why ? reasonWords('resultsPartialWhy', { why }) : reasonWords('resultsPartial'), null);
  }
  if (page.percentComplete === 100) return null;
  const percent = page.percentComplete ?? null;
  if (percent === null) return part(reasonWords('queryPercentUnknown'), null);
  return part(reasonWords('queryPercent', { percent }), 100 - percent);
}
