import { addDays } from '../../../../base/civil-dates.js';
import { type PulseDay, pulseDays } from '../../../../model/pulse.js';
import type { SourceReport } from '../../../../model/report-head.js';
import { shortText } from '../../../../renderers/view/view-parts.js';
import type { BackupWording } from '../backup-wording.js';

/**
 * `420 records of this day; of the days before, the latest first: 418, –, 433`, for the source and, where it has several,
 * for each of its regions. Empty for reports that know no pulses.
 *
 * @param date of the report day
 */
export function pulseLines(
  { pulse }: Pick<SourceReport, 'pulse'>,
  date: string,
  wording: BackupWording,
): readonly string[] {
  if (pulse === undefined) return [];
  const whole = wording.text('page.pulse.source', countsOf(pulse.days, date, wording));
  if (pulse.regions.length < 2) return [whole];
  const ofRegions = pulse.regions.map(({ region, days }) => {
    const name = region === null ? wording.text('page.pulse.noRegion') : shortText(region);
    return wording.text('page.pulse.region', { region: name, ...countsOf(days, date, wording) });
  });
  return [whole, ...ofRegions];
}

/** A day without a report is a dash: nothing is known of it. */
function countsOf(days: readonly PulseDay[], date: string, { language }: BackupWording) {
  const byDate = new Map(days.map((each) => [each.date, each.records]));
  const before = Array.from({ length: pulseDays }, (_, index) => byDate.get(addDays(date, -1 - index)));
  const known = before.slice(0, before.findLastIndex((records) => records !== undefined) + 1);
  return {
    number: byDate.get(date) ?? 0,
    days: known.length,
    before: known.map((records) => (records === undefined ? '–' : language.integer(records))).join(', '),
  };
}
