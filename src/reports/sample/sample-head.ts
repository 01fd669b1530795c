import type { ReportHead } from '../../model/report-head.js';
import { sampleCutOff, sampleDate, sampleStart } from './sample-values.js';
import type { Whole } from './whole.js';

type Head = Pick<
  Whole<ReportHead>,
  'schemaVersion' | 'plan' | 'reportDay' | 'status' | 'generatedAt' | 'tool' | 'language'
>;

export function sampleHead(status: ReportHead['status']): Head {
  return {
    schemaVersion: 1,
    plan: 'sample',
    reportDay: {
      date: sampleDate,
      timezone: 'America/New_York',
      start: sampleStart,
      cutOff: sampleCutOff,
      hours: status === 'COMPLETE' ? 24 : 25,
    },
    status,
    generatedAt: '2026-11-20T11:00:00.000Z',
    tool: { name: 'oci-backup-reporter', version: '0.0.0' },
    language: 'en',
  };
}
