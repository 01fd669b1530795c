import { expect, it } from 'vitest';
import { duePeriods, settledPeriods } from '../../src/periods/due-periods.js';
import type { MailMessage } from '../../src/ports/delivery.js';
import type { DayDone } from '../../src/schedule/scheduled-plan.js';
import { activityDays, activityPlan } from '../support/activity-day.js';
import { makeActivityDemo } from '../support/activity-demo.js';
import { makeActivityPeriod } from '../support/activity-period.js';
import { keepingMailer } from '../support/committed-day.js';
import { createFakePlan } from '../support/fake-plan.js';
import { FakeSchedule } from '../support/fake-schedule.js';
import { english, quiet } from '../support/judge-day.js';
import type { MemoryArchive } from '../support/memory-archive.js';
import { mailSettings, periodNamed } from '../support/period-days.js';
import { tenancyDays, tenancyPlan } from '../support/tenancy-day.js';
import { makeTenancyDemo } from '../support/tenancy-demo.js';
import { makeTenancyPeriod } from '../support/tenancy-period.js';

type MakePeriodOf = (archive: MemoryArchive, label: string, sent: MailMessage[]) => Promise<unknown>;

const kinds = [
  {
    kind: 'tenancy-changes',
    name: tenancyPlan.name,
    open: async () => {
      const days = tenancyDays();
      await makeTenancyDemo(days);
      return days.archive;
    },
    make: ((archive, label, sent) => makeTenancyPeriod(archive, label, { tag: 'en', sent })) as MakePeriodOf,
  },
  {
    kind: 'database-activity',
    name: activityPlan.name,
    open: async () => {
      const days = activityDays();
      await makeActivityDemo(days);
      return days.archive;
    },
    make: ((archive, label, sent) => makeActivityPeriod(archive, label, { tag: 'en', sent })) as MakePeriodOf,
  },
];

it.each(kinds)(
  'a schedule over the end of a month makes and mails the month of $kind once',
  async ({ name, open, make }) => {
    const archive = await open();
    const sent: MailMessage[] = [];
    const plan = { name, timezone: 'UTC', language: english, mail: mailSettings } as unknown as Parameters<
      typeof duePeriods
    >[0];
    const ports = { archive, log: quiet, mailer: keepingMailer(sent) };
    const schedule = new FakeSchedule('2026-12-01T00:00:00Z');
    await schedule.start([
      createFakePlan({
        periods: {
          due: async (nowMs, checksDays) => {
            const settled = settledPeriods(
              ['month'],
              { timezone: 'UTC', settleDelayMs: 6 * 3_600_000 },
              nowMs,
            );
            const due = await duePeriods(plan, settled, ports, checksDays);
            return due.map(({ label }) => label);
          },
          make: async (label): Promise<DayDone> => {
            await make(archive, periodNamed(label).label, sent);
            return {
              kind: 'committed',
              isComplete: false,
              revision: 1,
              exitCode: 3,
              deliveries: ['delivered'],
            };
          },
        },
      }),
    ]);
    await schedule.hours(48);
    await schedule.end();
    expect(sent).toHaveLength(1);
    expect(await archive.read(`${name}/periods/2026-11/r1/manifest.json`)).not.toBeNull();
  },
);
