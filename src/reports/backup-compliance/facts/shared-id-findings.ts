import { compareText } from '../../../base/text-order.js';
import type { SourceReport } from '../../../model/report-head.js';
import type { EventLedger } from '../events/event-ledger.js';
import type { JudgedFinding } from '../model/judged-finding.js';

/** How many ids a finding names. */
const namedIds = 3;

/**
 * One finding for each source with facts whose event id another fact has, too: ids should be unique, and those of
 * documents or of a connector are not.
 *
 * @param sources in the order of reading: records are numbered from 1, one source after the other
 */
export function sharedIdFindings(
  ledger: Pick<EventLedger, 'sharedIds'>,
  sources: readonly Pick<SourceReport, 'name' | 'controlTotals'>[],
): readonly JudgedFinding[] {
  const lasts: {
    readonly name: string;
    readonly last: number;
    records: number;
    readonly ids: Set<string>;
  }[] = [];
  let last = 0;
  for (const { name, controlTotals } of sources) {
    last += controlTotals.read;
    lasts.push({ name, last, records: 0, ids: new Set() });
  }
  for (const { record, eventId } of ledger.sharedIds()) {
    const source = lasts.find((each) => record <= each.last);
    if (source === undefined) continue;
    source.records += 1;
    source.ids.add(eventId);
  }
  return lasts
    .filter(({ records }) => records > 0)
    .map(({ name: source, records, ids }) => {
      const eventIds = [...ids].sort(compareText).slice(0, namedIds);
      return { kind: 'event-id-shared', source, records, eventIds };
    });
}
