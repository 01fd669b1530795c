import { dateAt, daysBetween } from '../base/civil-dates.js';
import type { Finding } from '../ports/finding.js';
import { adviceFor, cronFault, findLostRun, lostRunInWords, nextRuns } from './cron-expression.js';
import { localTime } from './schedule-gaps.js';

/** How many runs ahead to check for long pauses: a year of weekly runs. */
const runsAhead = 60;

/** What `doctor` says of the schedule: when it runs next, and when it would not. */
export function scheduleFinding(
  { cron, catchUpDays }: { readonly cron: string; readonly catchUpDays: number },
  timezone: string,
  nowMs: number,
): Finding {
  const check = 'schedule';
  const fault = cronFault(cron);
  if (fault !== null) {
    const advice = "Write minute, hour, day, month, weekday: '0 6 * * *' is every day at 06:00.";
    return { check, state: 'failed', words: fault, advice };
  }
  const runs = nextRuns(cron, timezone, runsAhead);
  const next = `'${cron}': next at ${localTime(runs[0] ?? nowMs, timezone)} ${timezone}`;
  const lost = findLostRun(cron, timezone, nowMs);
  if (lost !== null) {
    const words = `${lostRunInWords(cron, timezone, lost)}; \`backup-report schedule\` refuses it`;
    return { check, state: 'warning', words, advice: adviceFor(lost) };
  }
  const pauseDays = longestPause(runs.map((run) => dateAt(run, timezone)));
  if (pauseDays > catchUpDays) {
    const words = `${next}; up to ${pauseDays} days lie between two runs, ${catchUpDays} are caught up`;
    return { check, state: 'warning', words, advice: `Set schedule.catchUpDays to ${pauseDays}.` };
  }
  return { check, state: 'ok', words: next, advice: null };
}

/** In days. */
function longestPause(dates: readonly string[]): number {
  return Math.max(0, ...dates.slice(1).map((date, index) => daysBetween(dates[index] ?? date, date)));
}
