import { makePeriodReport } from '../../src/periods/make-period.js';
import type { PeriodResult } from '../../src/periods/period-plan.js';
import type { Archive } from '../../src/ports/archive.js';
import type { MailMessage } from '../../src/ports/delivery.js';
import { activityPeriods } from '../../src/reports/database-activity/activity-periods.js';
import type { ActivityPeriod } from '../../src/reports/database-activity/period/period-report.js';
import { wireActivityPeriodRenderers } from '../../src/wiring/wire-database-activity.js';
import { activityPlan } from './activity-day.js';
import { keepingMailer } from './committed-day.js';
import { languageOf, quiet } from './judge-day.js';
import { mailSettings, periodNamed } from './period-days.js';
import { makeTheme } from './theme.js';

/** Makes a period of the archived days of `activityDays()`, with page, workbook and mail, as the command does. */
export async function makeActivityPeriod(
  archive: Archive,
  label: string,
  { tag, sent }: { readonly tag: string; readonly sent: MailMessage[] },
): Promise<PeriodResult<ActivityPeriod>> {
  const nowMs = Date.parse('2027-02-01T00:00:00Z');
  const { name, configurationDigest, tool, principal, leaseMs } = activityPlan;
  const language = await languageOf(tag);
  return makePeriodReport<ActivityPeriod>(
    {
      name,
      timezone: 'UTC',
      kindName: 'database-activity',
      kind: activityPeriods,
      language,
      configurationDigest,
      tool,
      principal,
      leaseMs,
      mail: mailSettings,
    },
    { period: periodNamed(label), generatedAtMs: nowMs },
    {
      archive,
      clock: { nowMs: () => nowMs, sleep: async () => undefined },
      log: quiet,
      mailer: keepingMailer(sent),
      ...wireActivityPeriodRenderers(await makeTheme(tag)),
    },
  );
}
