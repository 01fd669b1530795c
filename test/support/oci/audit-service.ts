import type { AuditStore } from './audit-store.js';
import {
  errorAnswer,
  invalidParameter,
  jsonAnswer,
  notFound,
  type Answer,
  type WireRequest,
} from './wire.js';

const prefix = '/20190901/';
/** Whole minutes in UTC: "you must set seconds and milliseconds to zero" (ListEvents). */
const minuteTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:00(?:\.0{1,9})?Z$/;
const pageToken = /^p\+(\d+)\/x==$/;

/** Audit over loopback: https://docs.oracle.com/iaas/api/#/en/audit/20190901/ */
export class AuditService {
  readonly #tenancyId: string;
  readonly #store: AuditStore;

  constructor(tenancyId: string, store: AuditStore) {
    this.#tenancyId = tenancyId;
    this.#store = store;
  }

  isAuditPath({ path }: WireRequest): boolean {
    return path.startsWith(prefix);
  }

  answer(request: WireRequest): Answer {
    const { method, path } = request;
    if (method !== 'GET') return errorAnswer(405, 'MethodNotAllowed', 'Only GET');
    if (path === `${prefix}auditEvents`) return this.#listEvents(request);
    if (path === `${prefix}configuration`) return this.#configuration(request);
    return errorAnswer(404, 'NotFound', `No such path: ${path}`);
  }

  #configuration({ query }: WireRequest): Answer {
    const { retentionPeriodDays } = this.#store;
    const isTenancy = query.get('compartmentId') === this.#tenancyId;
    return isTenancy && retentionPeriodDays !== null ? jsonAnswer({ retentionPeriodDays }) : notFound();
  }

  #listEvents({ target, query }: WireRequest): Answer {
    const [compartmentId, startTime, endTime] = ['compartmentId', 'startTime', 'endTime'].map((name) =>
      query.get(name),
    );
    if (!compartmentId) return invalidParameter('compartmentId is required');
    for (const time of [startTime, endTime]) {
      if (!time || !minuteTime.test(time)) return invalidParameter(`no time of whole minutes: ${time}`);
    }
    const [fromMs, toMs] = [Date.parse(startTime ?? ''), Date.parse(endTime ?? '')];
    const { denied, refusedAfterMs } = this.#store;
    if (!(fromMs < toMs)) return invalidParameter('startTime must be before endTime');
    if (refusedAfterMs !== null && toMs > refusedAfterMs) return invalidParameter('endTime is in the future');
    const start = this.#startOf(target);
    if (start === null) return invalidParameter('page is not a token of this service, or has expired');
    return denied.has(compartmentId)
      ? notFound()
      : this.#page(this.#store.processed(compartmentId, fromMs, toMs), start);
  }

  /** A token counts pages. As it is on the request line: `+` and `/` may come raw or encoded, but are no space. */
  #startOf(target: string): number | null {
    const raw = /[?&]page=([^&]*)/.exec(target)?.[1];
    if (raw === undefined) return 0;
    if (this.#store.expiredTokens > 0) {
      this.#store.expiredTokens -= 1;
      return null;
    }
    const [, page] = pageToken.exec(decodeURIComponent(raw)) ?? [];
    return page === undefined ? null : Number(page);
  }

  #page(events: readonly object[], page: number): Answer {
    const { pageSize, emptyEvery, repeats } = this.#store;
    const isEmpty = (number: number): boolean => emptyEvery > 0 && number % emptyEvery === 0;
    let full = 0;
    for (let number = 0; number < page; number += 1) if (!isEmpty(number)) full += 1;
    const start = full * pageSize;
    const end = isEmpty(page) ? start : start + pageSize;
    const items = events.slice(repeats ? Math.max(0, start - 1) : start, end);
    const headers = end < events.length ? { 'opc-next-page': `p+${page + 1}/x==` } : {};
    return jsonAnswer(isEmpty(page) ? [] : items, headers as Record<string, string>);
  }
}
