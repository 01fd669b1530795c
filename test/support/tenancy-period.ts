import { addDays } from '../../src/base/civil-dates.js';
import { datesOf, type Period } from '../../src/model/period.js';
import type { PeriodHead } from '../../src/model/period-head.js';
import { makePeriodReport } from '../../src/periods/make-period.js';
import type { PeriodPorts, PeriodResult } from '../../src/periods/period-plan.js';
import type { Archive } from '../../src/ports/archive.js';
import type { MailMessage } from '../../src/ports/delivery.js';
import { countChanges } from '../../src/reports/tenancy-changes/facts/count-changes.js';
import type { Change } from '../../src/reports/tenancy-changes/model/change.js';
import type { TenancyPeriod } from '../../src/reports/tenancy-changes/period/period-report.js';
import { tenancyPeriods } from '../../src/reports/tenancy-changes/tenancy-periods.js';
import { wireTenancyPeriodRenderers } from '../../src/wiring/wire-tenancy-changes.js';
import { keepingMailer } from './committed-day.js';
import { dayOf } from './judge.js';
import { languageOf, quiet } from './judge-day.js';
import { mailSettings, periodNamed } from './period-days.js';
import { tenancyPlan } from './tenancy-day.js';
import { makeTheme } from './theme.js';

/** Makes a period of the archived days of `tenancyDays()`, with page, workbook and mail, as the command does. */
export async function makeTenancyPeriod(
  archive: Archive,
  label: string,
  { tag = 'en', sent = [] }: { readonly tag?: string; readonly sent?: MailMessage[] } = {},
): Promise<PeriodResult<TenancyPeriod>> {
  const nowMs = Date.parse('2027-02-01T00:00:00Z');
  const renderers: Pick<
    PeriodPorts<TenancyPeriod>,
    'renderers' | 'mailRenderer'
  > = wireTenancyPeriodRenderers(await makeTheme(tag));
  const { name, configurationDigest, tool, principal, leaseMs } = tenancyPlan;
  return makePeriodReport(
    {
      name,
      timezone: 'UTC',
      kindName: 'tenancy-changes',
      kind: tenancyPeriods,
      language: await languageOf(tag),
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
      ...renderers,
    },
  );
}

/** What a day's report says of its changes; null: there is no report. */
export interface CountedDay {
  readonly status: 'COMPLETE' | 'INCOMPLETE';
  readonly changes: readonly Change[];
  readonly reads: number;
  /** null: too few days are known to say. */
  readonly firstSeen: readonly string[] | null;
}

/** Counts days from 2026-10-01 on for a period, without an archive. */
export function countDays(label: string, days: readonly (CountedDay | null)[]): TenancyPeriod {
  const period = periodNamed(label);
  const dates = datesOf(period);
  const counting = tenancyPeriods.openCounting();
  const states = dates.map((date) => {
    const day = days[dayNumber(date)] ?? null;
    if (day === null) {
      counting.takeMissing(date);
      return { date, state: 'MISSING' as const };
    }
    counting.takeDay(date, Buffer.from(JSON.stringify(documentOf(date, day))), null);
    return { date, state: day.status };
  });
  return counting.conclude(headOf(period, states));
}

function dayNumber(date: string): number {
  return Math.round((Date.parse(date) - Date.parse('2026-10-01')) / 86_400_000);
}

function documentOf(date: string, { status, changes, reads, firstSeen }: CountedDay): object {
  const at = (iso: string | null) => (iso === null ? null : `${date}${iso.slice(10)}`);
  const ofDay = changes.map((change) => ({
    ...change,
    time: at(change.time) ?? '',
    endTime: at(change.endTime),
  }));
  const { byPrincipal: _byPrincipal, lists, totals, ...tables } = countChanges(ofDay, dayOf(date));
  const principals = firstSeen?.map((id) => ({ id, name: null, changes: 1 })) ?? null;
  return {
    schemaVersion: 1,
    kind: 'tenancy-changes',
    plan: 'changes',
    status,
    totals: { ...totals, reads, firstSeen: firstSeen?.length ?? null },
    firstSeen: { knownDays: 30, principals },
    ...lists,
    ...tables,
  };
}

function headOf(
  period: Period,
  states: readonly { readonly date: string; readonly state: PeriodHead['days'][number]['state'] }[],
): PeriodHead {
  return {
    schemaVersion: 1,
    kind: 'tenancy-changes',
    plan: 'changes',
    period: {
      ...period,
      timezone: 'UTC',
      start: `${period.from}T00:00:00.000Z`,
      end: `${addDays(period.to, 1)}T00:00:00.000Z`,
    },
    status: states.every(({ state }) => state === 'COMPLETE') ? 'COMPLETE' : 'INCOMPLETE',
    statusReasons: [],
    generatedAt: '2027-02-01T00:00:00.000Z',
    tool: tenancyPlan.tool,
    language: 'en',
    days: states.map((day) => ({
      ...day,
      revision: null,
      manifestSha256: null,
      isRevised: false,
      reason: null,
    })),
    revisedDays: 0,
  };
}
