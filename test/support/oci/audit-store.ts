import { createHash } from 'node:crypto';

type AuditEvent = Readonly<Record<string, unknown>>;

interface StoredAuditEvent {
  readonly event: AuditEvent;
  readonly compartmentId: string;
  readonly processedMs: number;
}

/** What Audit of one region holds. Events are found by the time of their processing, not by their own. */
export class AuditStore {
  /** Calls about them are answered by 404. */
  readonly denied = new Set<string>();
  /** null: the configuration may not be read. */
  retentionPeriodDays: number | null = 365;
  /** Events of a page; the service has no parameter for it. */
  pageSize = 3;
  /** Each page of so many is empty, with a token; 0: none is. */
  emptyEvery = 0;
  /** The first event of a page is the last of the page before, too. */
  repeats = false;
  /** How many more tokens are refused as expired. */
  expiredTokens = 0;
  /** A range that ends later is refused; null: none is. */
  refusedAfterMs: number | null = null;

  readonly #events: StoredAuditEvent[] = [];

  /** @param processedMs five seconds after the event if not given */
  put(compartmentId: string, event: AuditEvent, processedMs?: number): void {
    const after = Date.parse(String(event['eventTime'])) + 5000;
    this.#events.push({ event, compartmentId, processedMs: processedMs ?? after });
  }

  /** Those processed in [fromMs, toMs), in no order that has a meaning. */
  processed(compartmentId: string, fromMs: number, toMs: number): readonly AuditEvent[] {
    return this.#events
      .filter((each) => each.compartmentId === compartmentId)
      .filter(({ processedMs }) => processedMs >= fromMs && processedMs < toMs)
      .map(({ event }) => ({ event, rank: createHash('md5').update(JSON.stringify(event)).digest('hex') }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))
      .map(({ event }) => event);
  }
}
