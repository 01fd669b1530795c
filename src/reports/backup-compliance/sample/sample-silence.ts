import type { DailyReport } from '../model/daily-report.js';

/** Silences of every cause, of a source, of one of its regions, of records without a region and of all. */
export const sampleSilence: NonNullable<DailyReport['silence']> = [
  { cause: 'silent', source: '1:local-files', region: 'iad', lastRecords: '2026-11-18', resources: 3 },
  { cause: 'silent', source: '1:local-files', region: null, lastRecords: null, resources: 1 },
  { cause: 'nothing-read', source: null, lastRecords: null, resources: 12 },
  { cause: 'nothing-read-again', source: '2:log-analytics', lastRecords: '2026-11-18', resources: 2 },
];
