import type { TimeWindow } from '../../../model/report-day.js';
import { readJsonText } from '../../../records/json.js';
import type { BatchReaderModule } from '../../record-reading.js';
import type { BackupEvent } from '../model/backup-event.js';
import { type ClassifiedRecord, createRecordClassifier } from './classify-record.js';
import { FacetNumbers } from './facet-numbers.js';
import { type PostedEvents, leftOver } from './posted-events.js';

type Classify = (value: unknown) => readonly ClassifiedRecord[];

/**
 * Runs in a thread beside the collecting one: parses and classifies records, and answers with those that are one event
 * of the window each, as PostedEvents. All others are left to the collecting thread, which decides on them as if there
 * were no other.
 */
export const createBatchReader: BatchReaderModule['createBatchReader'] = (window: TimeWindow) => {
  const classify = createRecordClassifier(window);
  const numbers = new FacetNumbers();
  return (texts) => {
    const facets = new Int32Array(texts.length).fill(leftOver);
    const [times, created, expires, sizes] = columnsOf(texts.length);
    const eventIds: string[] = [];
    const subjectIds: (string | null)[] = [];
    for (const [index, text] of texts.entries()) {
      const found = onlyEvent(text, classify);
      const number = found === null ? undefined : numbers.numberOf(found.event, found.region);
      const event = number === undefined ? null : (found?.event ?? null);
      eventIds.push(event?.eventId ?? '');
      subjectIds.push(event?.subjectId ?? null);
      if (event === null) continue;
      facets[index] = number ?? leftOver;
      times[index] = event.timeMs;
      created[index] = event.createdMs ?? Number.NaN;
      expires[index] = event.expiresMs ?? Number.NaN;
      sizes[index] = event.sizeBytes ?? Number.NaN;
    }
    const fresh = numbers.takeFresh();
    return { fresh, facets, times, created, expires, sizes, eventIds, subjectIds } satisfies PostedEvents;
  };
};

function columnsOf(length: number): readonly [Float64Array, Float64Array, Float64Array, Float64Array] {
  const column = (): Float64Array => new Float64Array(length);
  return [column(), column(), column(), column()];
}

/** null: the record is anything else than one event that is kept as it was read. */
function onlyEvent(
  text: string,
  classify: Classify,
): { readonly event: BackupEvent; readonly region: string | null } | null {
  const read = readJsonText(text);
  const [found, ...others] = read.ok ? classifiedOf(read.value, classify) : [];
  if (found?.kind !== 'event' || others.length > 0) return null;
  const { event, evidence, passedOver, happened } = found;
  if (!evidence.asRead || passedOver !== undefined || happened?.timeMs !== event.timeMs) return null;
  return { event, region: happened.region };
}

/** None for a record that fails: what that means is not decided here. */
function classifiedOf(value: unknown, classify: Classify): readonly ClassifiedRecord[] {
  try {
    return classify(value);
  } catch {
    return [];
  }
}
