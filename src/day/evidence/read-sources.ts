import { toIso } from '../../base/instants.js';
import type { RejectedRecord } from '../../model/control-totals.js';
import type { ManifestSource } from '../../model/manifest.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { SourceReport } from '../../model/report-head.js';
import type { EventSource, Log, SourceRecord } from '../../ports.js';
import type { DayRecollection, RecordReading, ReportKind } from '../../reports/report-kind.js';
import { EvidenceWriter } from './evidence-writer.js';

/** What reading all sources came to. */
export interface SourcesReading {
  /** What the records add up to, as the kind of report understands them. */
  readonly facts: unknown;
  readonly sources: readonly SourceReport[];
  readonly manifestSources: readonly ManifestSource[];
  /** At most 100 of them, chosen by content. */
  readonly rejected: readonly RejectedRecord[];
  /** To be called when the evidence is archived. */
  readonly acknowledge: () => Promise<void>;
}

/** The sources read to their end; the evidence is still open for what earlier reports remember. */
export interface OpenReading {
  readonly window: TimeWindow;
  /** Records used, of all sources together. */
  readonly used: number;
  /**
   * Ends the evidence. To be called once.
   *
   * @param memory of the day before: what was under way at its end belongs to this reading, but is no record of it
   */
  finish(memory: DayRecollection | null): Promise<SourcesReading>;
  /** Gives up: the evidence is left as it is. */
  discard(): void;
}

export interface ReadingRequest {
  readonly kind: Pick<ReportKind, 'openReading'>;
  readonly sources: readonly EventSource[];
  readonly window: TimeWindow;
  /** Of the file that is made. */
  readonly evidencePath: string;
}

/**
 * Reads every source to its end, has the kind of report understand each record, and writes each with its disposition
 * to the evidence (design section 3): one line a record, numbered from 1.
 *
 * @param options.signal gives up between two batches
 */
export async function readSources(
  { kind, sources, window, evidencePath }: ReadingRequest,
  options: { readonly log: Log; readonly signal?: AbortSignal | undefined },
): Promise<OpenReading> {
  const evidence = new EvidenceWriter(evidencePath);
  const records = kind.openReading(window);
  try {
    const read: ReadSource[] = [];
    for (const [index, source] of sources.entries()) {
      const name = `${index + 1}:${source.type}`;
      read.push(await readSource(source, name, { window, evidence, records, ...options }));
    }
    return {
      window,
      used: read.reduce((sum, { report }) => sum + report.controlTotals.used, 0),
      finish: (memory) => finish(read, { evidence, records }, memory),
      discard: () => evidence.destroy(),
    };
  } catch (error) {
    evidence.destroy();
    throw error;
  }
}

interface ReadSource {
  readonly report: SourceReport;
  readonly requests: ManifestSource['requests'];
  readonly acknowledge: (() => Promise<void>) | undefined;
}

interface ReadingParts {
  readonly evidence: EvidenceWriter;
  readonly records: RecordReading<DayRecollection, unknown>;
}

async function readSource(
  source: EventSource,
  name: string,
  { window, evidence, records, log, signal }: SourceContext,
): Promise<ReadSource> {
  const controlTotals = evidence.beginSource(name);
  const { batches, outcome, acknowledge } = source.read(window);
  for await (const batch of batches) {
    signal?.throwIfAborted();
    await takeBatch(batch, { evidence, records });
  }
  const { complete, reasons, requests } = outcome();
  if (!complete) log.warn({ source: name, reasons }, 'a source is not complete');
  log.info({ source: name, ...controlTotals }, 'source read');
  const report = {
    name,
    type: source.type,
    request: source.request,
    windowStart: toIso(window.fromMs),
    windowEnd: toIso(window.toMs),
    controlTotals,
    complete,
    reasons,
  };
  return { report, requests, acknowledge };
}

interface SourceContext extends ReadingParts {
  readonly window: TimeWindow;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

async function takeBatch(batch: readonly SourceRecord[], { evidence, records }: ReadingParts): Promise<void> {
  for (const record of batch) {
    if (record.kind === 'unreadable') {
      evidence.addUnreadable(record);
      continue;
    }
    const { place } = record;
    const text = record.kind === 'text' ? record.text : null;
    let value: unknown;
    try {
      value = record.kind === 'text' ? JSON.parse(record.text) : record.value;
    } catch {
      evidence.addUnparsable(text ?? '', place);
      continue;
    }
    for (const taken of records.take(value, evidence.nextNumber)) {
      evidence.add(taken, { text, value, place });
      const behind = evidence.behind();
      if (behind !== undefined) await behind;
    }
  }
}

async function finish(
  read: readonly ReadSource[],
  { evidence, records }: ReadingParts,
  memory: DayRecollection | null,
): Promise<SourcesReading> {
  const { duplicates, facts } = records.finish(memory);
  for (const record of duplicates) evidence.markDuplicate(record);
  await evidence.close();
  return {
    facts,
    sources: read.map(({ report }) => report),
    manifestSources: read.map(manifestSourceOf),
    rejected: evidence.rejected(),
    acknowledge: async () => {
      for (const { acknowledge } of read) await acknowledge?.();
    },
  };
}

/** As the report has it, with what was asked of whom in place of the reasons. */
function manifestSourceOf({ report, requests }: ReadSource): ManifestSource {
  const { name, type, request, windowStart, windowEnd, controlTotals, complete } = report;
  return { name, type, request, windowStart, windowEnd, controlTotals, complete, requests };
}
