import { z } from 'zod';
import { explainError } from '../../errors.js';
import type { TimeWindow } from '../../model/report-day.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import type {
  EventSource,
  SourceDiagnosis,
  SourceOutcome,
  SourceReading,
  SourceRecord,
} from '../../ports/event-source.js';
import type { OwnSource } from '../../ports/own-module.js';
import { nameValuesIn } from '../../base/name-values.js';
import { oneLine } from '../../base/one-line.js';
import { checkedOutcome, notWhole } from './check-outcome.js';
import { checkedRecord } from './check-record.js';

const findingsSchema = z.array(
  z.object({
    check: z.string().min(1),
    state: z.enum(['ok', 'warning', 'failed']),
    words: z.string().min(1),
    advice: z.string().nullable(),
  }),
);
const diagnosisSchema = z.object({
  findings: findingsSchema,
  eventTypes: z.map(z.string(), z.number()).nullable(),
});

/**
 * A source of a company's own as one of ours: whatever it answers or throws, the contract of EventSource holds. Nothing of it is
 * taken on trust but that its records are all there are.
 *
 * @param module as configured, with its digest: for the report
 * @param naming gives what the module says about itself without the values of its settings: some are secrets
 */
export function createOwnModuleSource(
  own: OwnSource,
  module: string,
  naming: Naming = (text) => text,
): EventSource {
  return {
    type: 'module',
    request: oneLine(`${module}: ${naming(own.request)}`),
    read: (window) => checkedReading(own, { ...window }, naming),
    diagnose: (window) => checkedDiagnosis(own, { ...window }, naming),
  };
}

type Naming = (text: string) => string;

function checkedReading(own: OwnSource, window: TimeWindow, naming: Naming): SourceReading {
  const failed = (error: unknown): SourceOutcome => failedOutcome(error, naming);
  let reading: SourceReading;
  try {
    reading = own.read(window);
  } catch (error) {
    return { batches: noBatches(), outcome: () => failed(error) };
  }
  let thrown: SourceOutcome | null = null;
  const { acknowledge } = reading ?? {};
  return {
    batches: checkedBatches(reading?.batches, (error) => (thrown = failed(error))),
    outcome: () => thrown ?? outcomeOf(reading, naming),
    ...(typeof acknowledge === 'function' && { acknowledge: async () => acknowledge.call(reading) }),
  };
}

function outcomeOf(reading: SourceReading, naming: Naming): SourceOutcome {
  try {
    return checkedOutcome(nameValuesIn(reading.outcome(), naming));
  } catch (error) {
    return failedOutcome(error, naming);
  }
}

function failedOutcome(error: unknown, naming: Naming): SourceOutcome {
  return notWhole(reasonWords('moduleFailed', { error: oneLine(naming(explainError(error))) }));
}

/** What was read until it throws counts. */
async function* checkedBatches(
  batches: AsyncIterable<unknown>,
  onError: (error: unknown) => void,
): AsyncGenerator<readonly SourceRecord[]> {
  let number = 0;
  try {
    for await (const batch of batches) {
      // What is no batch is one record, and no good one.
      const given: readonly unknown[] = Array.isArray(batch) ? batch : [batch];
      yield given.map((each) => checkedRecord(each, (number += 1)));
    }
  } catch (error) {
    onError(error);
  }
}

async function* noBatches(): AsyncGenerator<readonly SourceRecord[]> {
  // There are none.
}

async function checkedDiagnosis(
  own: OwnSource,
  window: TimeWindow,
  naming: Naming,
): Promise<SourceDiagnosis> {
  const check = 'own source';
  if (own.diagnose === undefined) {
    const words = 'it was loaded; it has no diagnosis, so whether it can be read is not known';
    return { findings: [{ check, state: 'warning', words, advice: null }], eventTypes: null };
  }
  try {
    return diagnosisSchema.parse(nameValuesIn(await own.diagnose(window), naming));
  } catch (error) {
    const words =
      error instanceof z.ZodError ? 'its diagnosis is not understood' : oneLine(naming(explainError(error)));
    const advice = 'Look at what its module does, or ask whoever wrote it.';
    return { findings: [{ check, state: 'failed', words, advice }], eventTypes: null };
  }
}
