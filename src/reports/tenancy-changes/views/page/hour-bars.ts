import { parseInstant } from '../../../../base/instants.js';
import { timeOfDay } from '../../../../base/civil-dates.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { TenancyReport } from '../../model/tenancy-report.js';

/** Steps of height that the style has a class for. */
const steps = 20;

export interface HourBar {
  readonly hour: string;
  /** 0 to 20, of the busiest hour; something is never nothing. */
  readonly height: number;
  readonly hasDeleted: boolean;
  readonly title: string;
}

/** Changes by the hour in which they ended, as bars; each has its words. */
export function hourBars({ hours, reportDay }: TenancyReport, wording: Wording): readonly HourBar[] {
  const most = Math.max(...hours.map(({ changes }) => changes), 1);
  return hours.map(({ start, changes, deleted }) => {
    const time = timeOfDay(parseInstant(start) ?? 0, reportDay.timezone);
    return {
      hour: time.slice(0, 2),
      height: changes === 0 ? 0 : Math.max(1, Math.round((changes / most) * steps)),
      hasDeleted: deleted > 0,
      title: wording.text('tenancy.page.hour', { time: time.slice(0, 5), changes, deleted }),
    };
  });
}
