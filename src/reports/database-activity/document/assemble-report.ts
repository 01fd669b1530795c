import { daysBetween } from '../../../base/civil-dates.js';
import { compareText } from '../../../base/text-order.js';
import { askedToMs } from '../../../model/report-day.js';
import type { HeadFinding } from '../../../model/report-head.js';
import { dayHead } from '../../day-head.js';
import type { DayInput, DayRecollection } from '../../report-kind.js';
import type { ReadActivity } from '../events/open-reading.js';
import type { CountedActivity } from '../facts/count-activity.js';
import { isWithoutData, knownTargets } from '../facts/known-targets.js';
import type { ActivityOptions } from '../model/activity-options.js';
import { type ActivityReport, type ActivityTarget, mostActivityRows } from '../model/activity-report.js';
import { sayActivityStatus } from './say-status.js';

/** A trail in one of these states needs somebody, whatever another one of its target collects. */
const troubled: ReadonlySet<string> = new Set(['STOPPED_NEEDS_ATTN', 'STOPPED_FAILED']);

export interface ActivityAssembly extends Omit<
  DayInput<ActivityReport, DayRecollection, ReadActivity>,
  'attestations' | 'earlier' | 'hasLaterReport' | 'log'
> {
  readonly counted: CountedActivity;
  readonly options: ActivityOptions;
}

/** Assembles the report document and decides whether it is COMPLETE. It holds everything that renderers show. */
export function assembleActivity(input: ActivityAssembly): ActivityReport {
  const { plan, day, sources, recalled, counted, facts, options } = input;
  const targets = knownTargets(counted.targets, facts.trails.all(), day, options);
  const lateDays = lateDaysOf(input);
  const statusReasons = sayActivityStatus(
    {
      sources,
      targets,
      memoryFaults: recalled.faults,
      tolerateRejected: plan.tolerateRejected,
      isDayOver: input.isDayOver,
      timezone: day.timezone,
    },
    plan.language,
  );
  const { counts, auditingOff, targets: _targets, ...tables } = counted;
  return {
    ...dayHead(input, {
      kind: 'database-activity',
      statusReasons,
      findings: findingsOf(input, targets, lateDays),
    }),
    totals: {
      ...counts,
      auditingOff,
      targets: targets.length,
      withoutData: targets.filter(isWithoutData).length,
      late: lateDays.reduce((sum, { records }) => sum + records, 0),
    },
    targets,
    ...tables,
    lateDays,
    otherTypes: otherTypesOf(facts.others),
    previousReport: recalled.previousReport,
  };
}

function lateDaysOf({ facts, day, options }: ActivityAssembly): ActivityReport['lateDays'] {
  return facts.late
    .byDate(day.timezone)
    .map((each) => ({ ...each, revised: daysBetween(each.date, day.date) <= options.reconcileDays }));
}

function findingsOf(
  input: ActivityAssembly,
  targets: readonly ActivityTarget[],
  lateDays: ActivityReport['lateDays'],
): HeadFinding[] {
  const { plan, day, window, generatedAtMs, recalled, facts } = input;
  const { text, instant, date } = plan.language;
  const findings: HeadFinding[] = [];
  const settlesMs = askedToMs(window);
  if (generatedAtMs < settlesMs) {
    const words = text('activity.finding.notSettled', { when: instant(settlesMs, day.timezone) });
    findings.push({ kind: 'not-settled', subject: plan.name, words });
  }
  const older = lateDays.filter(({ revised }) => !revised);
  const [first, last] = [older[0], older.at(-1)];
  if (first !== undefined && last !== undefined) {
    const values = {
      number: older.reduce((sum, { records }) => sum + records, 0),
      from: date(first.date),
      to: date(last.date),
      command: `backup-report backfill --from ${first.date} --to ${last.date}`,
    };
    findings.push({ kind: 'late', subject: plan.name, words: text('activity.finding.late', values) });
  }
  for (const { targetId, targetName, trails, excluded } of targets) {
    if (excluded !== null) continue;
    const subject = targetName ?? targetId;
    for (const { location, status } of trails.filter((trail) => troubled.has(trail.status))) {
      const words = text('activity.finding.trail', { target: subject, location, status });
      findings.push({ kind: 'trail', subject, words });
    }
  }
  const untold = targets.filter(({ collection, excluded }) => collection === 'unknown' && excluded === null);
  if (untold.length > 0) {
    const words = text('activity.finding.untold', { number: untold.length });
    findings.push({ kind: 'trail', subject: plan.name, words });
  }
  if (facts.held.sharedIds > 0) {
    const words = text('activity.finding.sharedIds', { number: facts.held.sharedIds });
    findings.push({ kind: 'shared-id', subject: plan.name, words });
  }
  return [...findings, ...recalled.findings.map(({ kind, subject, words }) => ({ kind, subject, words }))];
}

/** What is beyond the limit is one row without a name. */
function otherTypesOf(others: ReadonlyMap<string, number>): ActivityReport['otherTypes'] {
  const all = [...others]
    .map(([eventType, records]) => ({ eventType, records }))
    .sort((a, b) => b.records - a.records || compareText(a.eventType, b.eventType));
  const rest = all.slice(mostActivityRows).reduce((sum, { records }) => sum + records, 0);
  return rest === 0 ? all : [...all.slice(0, mostActivityRows), { eventType: '', records: rest }];
}
