import type { DayResult } from '../../src/day/report-plan.js';
import { activityDays as storyOf } from '../../src/demo/activity-story.js';
import type { ActivityReport } from '../../src/reports/database-activity/model/activity-report.js';
import { type ActivityDays, activityDays, activityToday } from './activity-day.js';

/** Makes the last day of the demo. */
export async function makeActivityDemo(
  days: ActivityDays = activityDays(),
): Promise<DayResult<ActivityReport>> {
  const last = storyOf(activityToday, 'UTC').at(-1);
  if (last === undefined) throw new Error('the demo has no day');
  return days.make(
    last.lines.map((line) => JSON.parse(line) as object),
    last.date,
  );
}
