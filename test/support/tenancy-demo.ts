import type { DayResult } from '../../src/day/report-plan.js';
import { tenancyDays as storyOf } from '../../src/demo/tenancy-story.js';
import type { TenancyReport } from '../../src/reports/tenancy-changes/model/tenancy-report.js';
import { type TenancyDays, tenancyDays, tenancyToday } from './tenancy-day.js';

/** Makes all days of the demo, and returns the last. */
export async function makeTenancyDemo(days: TenancyDays = tenancyDays()): Promise<DayResult<TenancyReport>> {
  let last: DayResult<TenancyReport> | undefined;
  for (const { date, lines } of storyOf(tenancyToday, 'UTC')) {
    const records = lines.map((line) => JSON.parse(line) as object);
    last = await days.make(records, date);
  }
  if (last === undefined) throw new Error('the demo has no day');
  return last;
}
