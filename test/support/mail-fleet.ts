import type {
  DailyReport,
  ReportFinding,
  Transition,
} from '../../src/reports/backup-compliance/model/daily-report.js';
import type { ControlResult } from '../../src/reports/backup-compliance/model/resource-compliance.js';
import { failedResource, reportOf, sampleResource, sampleWaiver } from './sample-report.js';

/** What the core says of the fleet, in the language of its plan. */
interface Sentences {
  readonly failed: string;
  readonly missed: string;
  readonly unknown: string;
  readonly resolved: string;
  readonly expiring: string;
  readonly rejected: string;
  readonly waiverReason: string;
}

const sentences: Readonly<Record<'en' | 'de', Sentences>> = {
  en: {
    failed: '2 of 2 backups of the day failed.',
    missed: 'A backup was due and nothing was seen.',
    unknown: 'A backup began at 02:10 and its end was not seen in 12 h.',
    resolved: 'A backup succeeded at 2026-11-19 02:10 EST.',
    expiring: 'The waiver CHG-1200 ends on 2026-11-25: renew it or put the resource right.',
    rejected: '1 record could not be read; 0 are tolerated.',
    waiverReason: 'decommissioned at the end of the year',
  },
  de: {
    failed: '2 von 2 Backups des Tages schlugen fehl.',
    missed: 'Ein Backup war fällig, und keines wurde gefunden.',
    unknown: 'Ein Backup begann um 02:10, sein Ende blieb 12 h lang aus.',
    resolved: 'Ein Backup gelang am 19.11.2026 02:10 GMT-5.',
    expiring: 'Die Ausnahme CHG-1200 endet am 25.11.2026: verlängern oder den Mangel beheben.',
    rejected: '1 Datensatz war nicht lesbar; 0 sind zulässig.',
    waiverReason: 'wird zum Jahresende stillgelegt',
  },
};

/** Twelve resources of a made-up company with something of everything that a mail tells, in English or German. */
export function mailFleet(language: 'en' | 'de'): DailyReport {
  const words = sentences[language];
  const waiver = { ...sampleWaiver, reason: words.waiverReason };
  const lastFailure = { time: '2026-11-19T09:15:00.000Z', message: 'ORA-19809' };
  const bad = { consecutiveBadDays: 1, badSince: '2026-11-19' };
  const resources = [
    failedResource({
      resourceName: 'ORDERS',
      consecutiveBadDays: 3,
      badSince: '2026-11-17',
      lastFailure,
      controls: {
        'recovery-point-age': control('COMPLIANT', ''),
        'backup-succeeded': control('NON_COMPLIANT', words.failed),
      },
    }),
    failedResource({ resourceName: 'LEGACY_CRM', waiver, lastFailure, controls: {} }),
    sampleResource({
      ...bad,
      resourceName: 'vol-archive',
      resourceType: 'volume',
      outcome: 'MISSED',
      compliance: 'NON_COMPLIANT',
      severity: 'high',
      owner: null,
      attempts: 0,
      lastSuccessTime: null,
      recoveryPointAgeSeconds: null,
      controls: { 'backup-succeeded': control('NON_COMPLIANT', words.missed) },
    }),
    sampleResource({
      ...bad,
      resourceName: 'HR',
      outcome: 'UNKNOWN',
      compliance: 'UNKNOWN',
      controls: { 'backup-succeeded': control('UNKNOWN', words.unknown) },
    }),
    ...['LEDGER', 'PAYROLL', 'STOCK', 'WEB', 'CRM', 'MAIL'].map((resourceName) =>
      sampleResource({ resourceName }),
    ),
    sampleResource({ resourceName: 'BI', outcome: 'RECOVERED', attempts: 2 }),
    sampleResource({ resourceName: 'ARCHIVE', outcome: 'NOT_DUE', compliance: 'NOT_APPLICABLE' }),
  ];
  return reportOf(resources, {
    language,
    status: 'INCOMPLETE',
    statusReasons: [words.rejected],
    followUp: {
      comparedWith: '2026-11-18',
      newlyBad: [
        turn('vol-archive', { outcome: 'MISSED', compliance: 'NON_COMPLIANT', words: words.missed }),
        turn('HR', { outcome: 'UNKNOWN', compliance: 'UNKNOWN', words: words.unknown }),
      ],
      resolved: [turn('LEDGER', { badSince: '2026-11-15', badDays: 4, words: words.resolved })],
    },
    findings: [finding('waiver-expiring', 'name STOCK_*', words.expiring)],
    incidents: [
      {
        resourceId: 'ocid1.database.oc1.iad.orders',
        resourceType: 'database',
        resourceName: 'ORDERS',
        condition: 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE',
        bearsOnBackups: true,
        state: 'open',
        openedAt: '2026-11-19T09:16:00.000Z',
        lastSeenAt: '2026-11-19T09:46:00.000Z',
        clearedAt: null,
        description: null,
        eventIds: ['event-1'],
      },
    ],
    controlTotals: { read: 1049, used: 1000, duplicate: 30, outside: 10, ignored: 8, rejected: 1 },
  });
}

function control(verdict: ControlResult['verdict'], reason: string): ControlResult {
  return { verdict, reason, measured: null, threshold: null, demandedBy: null };
}

function turn(resourceName: string, overrides: Partial<Transition>): Transition {
  return {
    resourceId: `ocid1.database.oc1.iad.${resourceName.toLowerCase()}`,
    resourceType: 'database',
    resourceName,
    owner: null,
    outcome: 'SUCCEEDED',
    compliance: 'COMPLIANT',
    badSince: '2026-11-19',
    badDays: 1,
    words: '',
    ...overrides,
  };
}

function finding(kind: ReportFinding['kind'], subject: string, words: string): ReportFinding {
  return { kind, subject, words };
}
