import type { DailyReport } from '../model/daily-report.js';
import { nothingDay } from './empty-days.js';
import { sampleResource, sampleTotals } from './sample-resources.js';
import { many } from '../../sample/sample-values.js';

/**
 * A part of a report whose resources are all bad for one cause, since nobody knows when: no exception stands alone. Their
 * backups are full and incremental ones, and one has none. Not everything was read, for a few reasons.
 */
export function groupedDay(): DailyReport {
  const resources = many(7, (index) =>
    sampleResource(index, {
      outcome: 'MISSED',
      lastFailure: null,
      badSince: null,
      byBackupType:
        index === 0
          ? []
          : [{ type: 'full', lastSuccess: '2026-11-15T07:12:00.000Z', attempts: 1, failed: 0 }],
    }),
  );
  return {
    ...nothingDay(),
    status: 'INCOMPLETE',
    statusReasons: many(5, (index) => `1:local-files: file ${index} could not be read.`),
    slice: { name: 'database team', resources: resources.length, ofResources: 412 },
    totals: sampleTotals(resources, 0),
    resources,
  };
}
