import type { Notice } from '../../src/ports.js';
import { failedResource, reportOf, sampleResource } from './sample-report.js';

export function sampleNotice(over: Partial<Notice> = {}): Notice {
  return {
    title: '[NON-COMPLIANT] Backup report 2026-11-19: 1 failed of 2',
    text: 'Plan daily-backup\n\n1 of 2 resources compliant',
    location: '/var/reports/daily-backup/2026/11/19/r1/report.html',
    standing: 'bad',
    report: reportOf([failedResource({ resourceName: 'ORDERS' }), sampleResource()]),
    revision: 1,
    id: '<daily-backup.2026-11-19.r1@example.com>',
    ...over,
  };
}
