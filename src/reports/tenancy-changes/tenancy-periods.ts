import { count } from '../../base/english.js';
import { sha256Hex } from '../../base/digest.js';
import { readDocument } from '../../model/read-document.js';
import type { PeriodKind } from '../period-kind.js';
import { countTenancyPeriod } from './period/count-period.js';
import { type TenancyPeriod, tenancyPeriodSchema } from './period/period-report.js';
import { tenancySamplePeriods } from './sample/sample-periods.js';

const readableReport = tenancyPeriodSchema.pick({ schemaVersion: true, kind: true, plan: true });

/** What a month or a quarter of changes counts. */
export const tenancyPeriods: PeriodKind<TenancyPeriod> = {
  openCounting: countTenancyPeriod,
  dayReasons: 'tenancy.period.reason',
  samplePeriods: tenancySamplePeriods,
  readReport(bytes) {
    const read = readDocument(bytes, readableReport);
    // Its digest proves that this program wrote the rest.
    return read.ok ? (read.written as TenancyPeriod) : null;
  },
  countsDigest({ period, days, totals, services, compartments, principals, ...lists }) {
    const told = [services, compartments, principals].map((rows) =>
      rows.map(({ id, changes, byAction, byResult }) => [id, changes, byAction, byResult]),
    );
    // Reads are told and change nothing.
    const ofDays = days.map(({ date, state, totals: ofDay }) => [date, state, { ...ofDay, reads: 0 }]);
    const { removals, backupChanges, firstSeen } = lists;
    const listed = [removals.total, backupChanges.total, firstSeen.total];
    return sha256Hex(JSON.stringify([period.label, ofDays, { ...totals, reads: 0 }, told, listed]));
  },
  changesSince(before, report, language) {
    const fields = ['removedProtection', 'backupRelevant', 'changes', 'unknownVerb'] as const;
    const changes = fields.flatMap((field) => {
      const values = {
        before: language.integer(before.totals[field]),
        now: language.integer(report.totals[field]),
      };
      if (before.totals[field] === report.totals[field]) return [];
      const words = language.text('tenancy.revision.turned', values);
      return [{ kind: 'other' as const, subject: language.text(`tenancy.total.${field}`), words }];
    });
    if (changes.length > 0) return changes;
    const words = language.text('tenancy.revision.details');
    return [{ kind: 'other', subject: language.text('tenancy.revision.changes'), words }];
  },
  summaryOf({ period, plan, status, totals, days, unknownDays }) {
    const { byResult } = totals;
    return [
      `${status}  ${plan}  ${period.label} (${count(days.length, 'day')}, ${unknownDays} of them not wholly known)`,
      `  changes    ${totals.changes} = ${byResult.succeeded} succeeded + ${byResult.refused} refused + ${byResult.failed} failed + ${byResult.unknown} unknown`,
      `  backups    ${totals.backupRelevant} touch backups, ${totals.removedProtection} took a backup or a protection away`,
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
