import { count } from '../../base/english.js';
import { sha256Hex } from '../../base/digest.js';
import { readDocument } from '../../model/read-document.js';
import type { PeriodKind } from '../period-kind.js';
import { countActivityPeriod } from './period/count-period.js';
import { type ActivityPeriod, activityPeriodSchema } from './period/period-report.js';
import { activitySamplePeriods } from './sample/sample-periods.js';

const readableReport = activityPeriodSchema.pick({ schemaVersion: true, kind: true, plan: true });

/** What a month or a quarter of database activity counts. */
export const activityPeriods: PeriodKind<ActivityPeriod> = {
  openCounting: countActivityPeriod,
  dayReasons: 'activity.period.reason',
  samplePeriods: activitySamplePeriods,
  readReport(bytes) {
    const read = readDocument(bytes, readableReport);
    // Its digest proves that this program wrote the rest.
    return read.ok ? (read.written as ActivityPeriod) : null;
  },
  countsDigest({ period, days, totals, targets, users, operations }) {
    const told = days.map(({ date, state, totals: ofDay, withoutData }) => [date, state, ofDay, withoutData]);
    return sha256Hex(JSON.stringify([period.label, told, totals, targets, users, operations]));
  },
  changesSince(before, report, language) {
    const fields = ['auditingOff', 'failedLogins', 'privileged', 'drops', 'failed', 'records'] as const;
    const changes = fields.flatMap((field) => {
      if (before.totals[field] === report.totals[field]) return [];
      const words = language.text('activity.revision.turned', {
        before: language.integer(before.totals[field]),
        now: language.integer(report.totals[field]),
      });
      return [{ kind: 'other' as const, subject: language.text(`activity.fact.${field}`), words }];
    });
    if (changes.length > 0) return changes;
    const words = language.text('activity.revision.details');
    return [{ kind: 'other', subject: language.text('activity.revision.events'), words }];
  },
  summaryOf({ period, plan, status, totals, days, unknownDays }) {
    const { records, succeeded, failed, unknown, failedLogins, privileged, drops, auditingOff } = totals;
    return [
      `${status}  ${plan}  ${period.label} (${count(days.length, 'day')}, ${unknownDays} of them not wholly known)`,
      `  events     ${records} = ${succeeded} succeeded + ${failed} failed + ${unknown} unknown`,
      `  look at    ${failedLogins} failed logins, ${privileged} privileged, ${drops} drops, ${auditingOff} took auditing away`,
    ];
  },
  answerOf: ({ kind, plan, period, status, statusReasons, totals, unknownDays }) => ({
    kind,
    plan,
    period,
    status,
    statusReasons,
    totals,
    unknownDays,
  }),
};
