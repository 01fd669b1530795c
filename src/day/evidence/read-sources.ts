import { toIso } from '../../base/instants.js';
import { untilAborted } from '../../base/unless-aborted.js';
import type { RejectedRecord } from '../../model/control-totals.js';
import { type SourceInputs, reportInputs } from '../../model/inputs.js';
import { sayReasons } from '../../model/reasons/say-reason.js';
import type { Language } from '../../model/language.js';
import type { ManifestSource } from '../../model/manifest.js';
import { type ReportDay, type TimeWindow, askedToMs } from '../../model/report-day.js';
import type { PassedOver } from '../../model/passed-over.js';
import type { SourceReport } from '../../model/report-head.js';
import { nameOfSource } from '../../model/source-name.js';
import type { EventSource } from '../../ports/event-source.js';
import type { Log } from '../../ports/log.js';
import type { Redaction } from '../../records/redaction.js';
import type { DayRecollection, ReportKind } from '../../reports/report-kind.js';
import type { FileDigests } from '../artefacts/describe-artefact.js';
import { EvidenceWriter } from './evidence-writer.js';
import type { EarlierEvidence } from './earlier-evidence.js';
import { PassedOverKeys } from './passed-over-keys.js';
import { PulseCounter } from './pulse-counter.js';
import { type ReadingThreads, RecordsAhead, type TakeBatch, usualThreads } from './records-ahead.js';
import { type EvidenceParts, takeBatch } from './take-batch.js';
import { takeEarlier } from './take-earlier.js';

/** The result of reading all sources. */
export interface SourcesReading {
  /** The result of all records, as the kind of report interprets them. */
  readonly facts: unknown;
  readonly sources: readonly SourceReport[];
  readonly manifestSources: readonly ManifestSource[];
  /** At most 100 of them, chosen by content. */
  readonly rejected: readonly RejectedRecord[];
  /** Of the file of evidence. */
  readonly evidenceDigests: FileDigests;
  /** To be called once the evidence is archived. */
  readonly acknowledge: () => Promise<void>;
}

/** All sources have been read; the evidence stays open until the memory of the day before is known. */
export interface OpenReading {
  readonly window: TimeWindow;
  /** Records used, of all sources together. */
  readonly used: number;
  /**
   * Takes what earlier revisions of the day knew and the sources do not give any more. To be called at most once.
   *
   * @param earlier their evidence, the newest first
   * @param how.language of the reasons for being INCOMPLETE
   * @param how.redaction of the plan as it is now: earlier evidence may be older than its rules
   */
  takeEarlier(
    earlier: readonly EarlierEvidence[],
    how: { readonly language: Language; readonly redaction: Redaction },
  ): Promise<void>;
  /**
   * Finishes the evidence. To be called once.
   *
   * @param memory of the day before: what was running at its end belongs to this reading, without being a record of it
   */
  finish(memory: DayRecollection | null): Promise<SourcesReading>;
  /** Aborts: the evidence is left incomplete. */
  discard(): void;
}

export interface ReadingRequest {
  readonly kind: Pick<ReportKind, 'openReading'>;
  readonly sources: readonly EventSource[];
  readonly window: TimeWindow;
  /** Days whose records are counted by source, oldest first: the report day, and those that are judged on the way. */
  readonly days?: readonly ReportDay[];
  /** Path of the file to write. */
  readonly evidencePath: string;
  /** Of the reasons why a source is not complete. */
  readonly language: Pick<Language, 'text'>;
  /** Absent: as many as this machine has use for. */
  readonly threads?: ReadingThreads;
}

/**
 * Reads every source to its end, lets the kind of report interpret each record, and writes each with its disposition to
 * the evidence: one line per record, numbered from 1.
 *
 * @param options.signal aborts between two batches, and a batch that is waited for
 */
export async function readSources(
  { kind, sources, window, days = [], evidencePath, language, threads = usualThreads() }: ReadingRequest,
  options: { readonly log: Log; readonly signal?: AbortSignal | undefined },
): Promise<OpenReading> {
  const evidence = new EvidenceWriter(evidencePath);
  const records = kind.openReading(window);
  const ahead = new RecordsAhead(records.threads, threads, options.log);
  try {
    const read: ReadSource[] = [];
    for (const [index, source] of sources.entries()) {
      const context = { window, days, evidence, records, ahead, language, ...options };
      read.push(await readSource(source, nameOfSource(source, index), context));
    }
    return {
      window,
      used: read.reduce((sum, { report }) => sum + report.controlTotals.used, 0),
      takeEarlier: async (earlier, how) => {
        const pulses = new Map(read.map(({ report, pulse }) => [report.name, pulse]));
        const parts = { evidence, records, pulses, window, read, ...how, ...options };
        const taken = await takeEarlier(earlier, parts);
        const notRead = {
          askedTo: toIso(askedToMs(window)),
          pulse: null,
          requests: [],
          acknowledge: undefined,
        };
        read.push(...taken.map((each) => ({ ...each, ...notRead })));
      },
      finish: (memory) => finish(read, { evidence, records }, memory),
      discard: () => evidence.destroy(),
    };
  } catch (error) {
    evidence.destroy();
    throw error;
  } finally {
    await ahead.close();
  }
}

interface ReadSource {
  readonly report: SourceReport;
  /** Its records by day; null: nothing is counted. */
  readonly pulse: PulseCounter | null;
  readonly askedTo: string;
  readonly requests: ManifestSource['requests'];
  readonly inputs: SourceInputs | undefined;
  readonly acknowledge: (() => Promise<void>) | undefined;
}

async function readSource(
  source: EventSource,
  name: string,
  { window, days, evidence, records, ahead, language, log, signal }: SourceContext,
): Promise<ReadSource> {
  const controlTotals = evidence.beginSource(name, source.isRedacted);
  const passedOver = new PassedOverKeys();
  const pulse = new PulseCounter(days);
  records.beginSource?.(name);
  const { batches, outcome, acknowledge } = source.read(window);
  const parts = { evidence, records, passedOver, pulse, log };
  const take: TakeBatch = (batch, answer) => takeBatch(batch, answer, parts);
  for await (const batch of untilAborted(batches, signal)) {
    signal?.throwIfAborted();
    await ahead.add(batch, take);
  }
  await ahead.flush();
  const { complete, reasons, requests, inputs, passedOver: told, notes = [] } = outcome();
  if (!complete) log.warn({ source: name, reasons }, 'a source is not complete');
  const counts = inputs === undefined ? {} : { inputs: inputs.found, leftOut: inputs.leftOut };
  log.info({ source: name, ...controlTotals, ...counts }, 'source read');
  const report = {
    name,
    type: source.type,
    request: source.request,
    windowStart: toIso(window.fromMs),
    // The day's: the look-ahead beyond it is the same for every report of the plan, and is in the manifest.
    windowEnd: toIso(window.toMs),
    controlTotals,
    complete,
    reasons: [...sayReasons(reasons, language)],
    ...(notes.length === 0 ? {} : { notes: [...sayReasons(notes, language)] }),
    ...passedOverField(told === undefined ? passedOver.counts() : told),
    ...(inputs === undefined ? {} : { inputs: reportInputs(inputs) }),
  };
  const counted = days.length === 0 ? null : pulse;
  return { report, pulse: counted, askedTo: toIso(askedToMs(window)), requests, inputs, acknowledge };
}

function passedOverField(passedOver: PassedOver | null): Pick<SourceReport, 'passedOver'> {
  return passedOver === null ? {} : { passedOver };
}

interface SourceContext extends EvidenceParts {
  readonly ahead: RecordsAhead;
  readonly language: ReadingRequest['language'];
  readonly window: TimeWindow;
  readonly days: readonly ReportDay[];
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

async function finish(
  read: readonly ReadSource[],
  { evidence, records }: EvidenceParts,
  memory: DayRecollection | null,
): Promise<SourcesReading> {
  const { duplicates, facts } = records.finish(memory);
  for (const record of duplicates) evidence.markDuplicate(record);
  const evidenceDigests = await evidence.close();
  return {
    facts,
    evidenceDigests,
    sources: read.map(({ report, pulse }) => (pulse === null ? report : { ...report, pulse: pulse.pulse() })),
    manifestSources: read.map(manifestSourceOf),
    rejected: evidence.rejected(),
    acknowledge: async () => {
      for (const { acknowledge } of read) await acknowledge?.();
    },
  };
}

/** As in the report, with the requests and every input. */
function manifestSourceOf({ report, askedTo, requests, inputs }: ReadSource): ManifestSource {
  const { name, type, request, windowStart, windowEnd, controlTotals, complete, reasons, notes } = report;
  const asked = { request, windowStart, windowEnd, askedTo };
  const passedOver = passedOverField(report.passedOver ?? null);
  const told = notes === undefined ? {} : { notes };
  const head = { name, type, ...asked, controlTotals, complete, reasons, ...told, ...passedOver, requests };
  return inputs === undefined ? head : { ...head, inputs };
}
