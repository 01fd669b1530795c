import type { AuditClient } from 'oci-audit';
import { toIso } from '../../base/instants.js';
import { compareText } from '../../base/text-order.js';
import { explainError, isUsageFailure } from '../../errors.js';
import type { SourceRequest } from '../../model/manifest.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import type { TimeWindow } from '../../model/report-day.js';
import { readAuditRetention, retentionShortfall } from '../../oci/audit-retention.js';
import { CallsSpentError } from '../../http/call-gate.js';
import type { OciConnection } from '../../oci/connection.js';
import type { SourceOutcome, SourceReading, SourceRecord } from '../../ports/event-source.js';
import { ReadingBudget } from '../budget.js';
import { fewReasons } from '../few-reasons.js';
import { mergeBatches } from '../merge-batches.js';
import { type AuditCompartment, type AuditRegion, type AuditScope, openScope } from './audit-scope.js';
import { FailingRegions } from './failing-regions.js';
import { type ListFacts, eventsOfCompartment, requestOf } from './compartment-events.js';
import type { OciAuditOptions } from './options.js';
import { type MinuteRange, processedTimesOf } from './processed-times.js';

/** What all readings of a source share. */
export interface AuditParts {
  readonly connection: OciConnection;
  readonly options: OciAuditOptions;
  readonly nowMs: () => number;
}

/** A compartment in a region: Audit is asked for one at a time. */
interface AuditPlace {
  readonly region: AuditRegion;
  readonly compartment: AuditCompartment;
  readonly client: AuditClient;
}

/** One reading of a window; `outcome` works as a detached function. */
export class AuditReading implements SourceReading {
  readonly batches: AsyncIterable<readonly SourceRecord[]>;
  readonly #parts: AuditParts;
  readonly #window: TimeWindow;
  readonly #processed: MinuteRange;
  readonly #connection: OciConnection;
  readonly #reasons: string[] = [];
  readonly #requests: SourceRequest[] = [];
  /** Which budget is used up; null while none is. */
  #spent: CallsSpentError | null = null;
  /** Lists that were not read, or not to their end, because of that. */
  #unread = 0;
  readonly #failing = new FailingRegions();

  constructor(parts: AuditParts, window: TimeWindow) {
    const { options, nowMs } = parts;
    this.#parts = parts;
    this.#window = window;
    this.#processed = processedTimesOf(window, options.ingestionDelayMs, nowMs());
    this.#connection = parts.connection.within(new ReadingBudget(options.budget, window, nowMs));
    this.batches = this.#read();
  }

  readonly outcome = (): SourceOutcome => ({
    complete: this.#reasons.length === 0,
    reasons: fewReasons(this.#reasons, 'andMoreOfKind'),
    requests: [...this.#requests].sort(byText),
  });

  async *#read(): AsyncGenerator<readonly SourceRecord[]> {
    try {
      const scope = await openScope(this.#connection, this.#parts.options);
      this.#noteScope(scope);
      await this.#checkRetention(scope);
      const places = await this.#placesOf(scope);
      yield* mergeBatches(
        places.map((place) => this.#readPlace(place)),
        this.#parts.options.parallel,
      );
      this.#reasons.push(...this.#failing.reasons());
      if (this.#spent === null) return;
      const { message: why } = this.#spent;
      this.#reasons.push(reasonWords('auditSpent', { number: this.#unread, why }));
    } catch (error) {
      if (isUsageFailure(error)) throw error;
      this.#reasons.push(explainError(error));
    }
  }

  #noteScope({ faults, excluded, regions, compartments }: AuditScope): void {
    this.#reasons.push(...faults);
    this.#requests.push({
      operation: 'scope',
      processedFrom: toIso(this.#processed.fromMs),
      processedTo: toIso(this.#processed.toMs),
      regions: regions.map(({ name }) => name).join(' '),
      compartments: compartments.length,
    });
    for (const { id } of excluded) {
      this.#requests.push({ operation: 'left out', compartmentId: id, rule: 'excludeCompartments' });
    }
  }

  /** What Audit no longer has, nobody can ask it for. */
  async #checkRetention({ tenancy, regions: [first] }: AuditScope): Promise<void> {
    if (first === undefined) return;
    const retention = await readAuditRetention(this.#connection, first.at, tenancy);
    this.#requests.push({
      operation: 'getConfiguration',
      retentionPeriodDays: retention.days,
      ...(retention.fault === null ? {} : { fault: retention.fault }),
    });
    const reason = retentionShortfall(retention, this.#window.fromMs, this.#parts.nowMs());
    if (reason !== null) this.#reasons.push(reason);
  }

  async #placesOf({ regions, compartments }: AuditScope): Promise<readonly AuditPlace[]> {
    const { default: sdk } = await import('oci-audit');
    return regions.flatMap((region) => {
      const client = this.#connection.place(
        region.at,
        ({ params, configuration }) => new sdk.AuditClient(params, configuration),
      );
      return compartments.map((compartment) => ({ region, compartment, client }));
    });
  }

  /** A failure does not affect other compartments, but a budget that is used up ends them all. */
  async *#readPlace({ region, compartment, client }: AuditPlace): AsyncGenerator<readonly SourceRecord[]> {
    if (this.#spent !== null) {
      this.#unread += 1;
      return;
    }
    if (this.#failing.isLeft(region.name)) return;
    const facts: ListFacts = { pages: 0, rows: 0, restarts: 0, requestIds: [] };
    const list = {
      connection: this.#connection,
      client,
      region: region.name,
      compartmentId: compartment.id,
      processed: this.#processed,
    };
    let fault: string | null = null;
    try {
      yield* eventsOfCompartment(list, facts);
      this.#failing.note(region.name, null);
    } catch (error) {
      if (isUsageFailure(error)) throw error;
      fault = explainError(error);
      if (error instanceof CallsSpentError) {
        this.#spent = error;
        this.#unread += 1;
      } else {
        this.#failing.note(region.name, error);
        this.#noteFault(region, compartment, fault);
      }
    }
    this.#requests.push(requestOf(list, facts, fault));
  }

  #noteFault({ name: region }: AuditRegion, { id, name, isDeleted }: AuditCompartment, why: string): void {
    const compartment = name === null ? id : `${name} (${id})`;
    this.#reasons.push(
      isDeleted
        ? reasonWords('auditOfDeleted', { region, compartment, why })
        : reasonWords('ofCompartment', { regions: region, compartment, why }),
    );
  }
}

function byText(a: SourceRequest, b: SourceRequest): number {
  return compareText(JSON.stringify(a), JSON.stringify(b));
}
