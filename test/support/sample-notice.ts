import type { Notice } from '../../src/ports/delivery.js';
import { standingOf } from '../../src/reports/backup-compliance/model/report-standing.js';
import { failedResource, reportOf, sampleResource } from './sample-report.js';

export function sampleNotice(over: Partial<Notice> = {}): Notice {
  const report = reportOf([failedResource({ resourceName: 'ORDERS' }), sampleResource()]);
  return {
    title: '[NON-COMPLIANT] Backup report 2026-11-19: 1 failed of 2',
    text: 'Plan daily-backup\n\n1 of 2 resources compliant',
    details: {},
    location: '/var/reports/daily-backup/2026/11/19/r1/report.html',
    standing: standingOf(report),
    report,
    revision: 1,
    id: '<daily-backup.2026-11-19.r1@example.com>',
    ...over,
  };
}
