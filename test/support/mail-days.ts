import type { Superseding } from '../../src/model/manifest.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { MailRenderer } from '../../src/ports/mail-renderer.js';
import { mailFleet } from './mail-fleet.js';
import {
  failedResource,
  incompleteParts,
  reportOf,
  sampleReport,
  sampleResource,
  sampleSlice,
  sampleWaiver,
} from './sample-report.js';

export type MailOfDay = Parameters<MailRenderer<DailyReport>['renderMail']>[0];

/** As `describeChanges` and the delivery give it, for a second revision. */
export const sampleSuperseding: Superseding = {
  revision: 1,
  manifestSha256: 'ab'.repeat(32),
  reason: '12 events more than before, of those that came late',
  changes: ['ORDERS', 'vol-archive', 'HR', 'LEDGER', 'totals'].map((subject, index) => ({
    kind: 'resource',
    subject,
    words: `failed, non-compliant; was succeeded, compliant (${index})`,
  })),
  changesTotal: 7,
};

const known = { previousReport: sampleReport().previousReport };
const quiet = { comparedWith: '2026-11-18', newlyBad: [], resolved: [] };

/** As the reasons of one cause: every failure in it with codes. */
export function failuresOfOneCause(number: number): readonly ReturnType<typeof failedResource>[] {
  return Array.from({ length: number }, (_, index) =>
    failedResource({
      resourceName: `DB-${index}`,
      owner: `team-${index % 9}@example.com`,
      lastFailure: {
        time: `2026-11-19T09:${10 + (index % 50)}:00.000Z`,
        message: 'RMAN-03009: failure of backup command: ORA-19511: media manager error',
      },
    }),
  );
}

const good = Array.from({ length: 48 }, () => sampleResource());
const reasons = Array.from({ length: 12 }, (_, index) => `Source ${index} is not complete: a page failed.`);

/** As a refused call is told. */
const longReasons = reasons.map(
  (words) =>
    `${words} LogAnalytics query answered 429 TooManyRequests: Tenancy is throttled, please slow down (opc-request-id CSID${'A1B2'.repeat(8)}/${'C3D4'.repeat(8)})`,
);

/** Days that a mail tells, each as different from the others as can be. */
export const mailDays: Readonly<Record<string, DailyReport>> = {
  failure: reportOf([failedResource({ resourceName: 'ORDERS' }), ...good], { ...known, followUp: quiet }),
  'hostile names': sampleReport(),
  INCOMPLETE: sampleReport(incompleteParts()),
  'INCOMPLETE for many reasons': sampleReport({ ...incompleteParts(), statusReasons: reasons }),
  'INCOMPLETE for long reasons': sampleReport({ ...incompleteParts(), statusReasons: longReasons }),
  'INCOMPLETE and a cold start': mailFleet('en'),
  German: mailFleet('de'),
  slice: sampleSlice(),
  'one cause': reportOf([...failuresOfOneCause(3_200), ...good], known),
  'all well': reportOf(good, { ...known, followUp: quiet }),
  'all well, INCOMPLETE': reportOf(good, { ...known, ...incompleteParts() }),
  'accepted for now': reportOf([failedResource({ waiver: sampleWaiver }), ...good], known),
  'nothing seen': reportOf([]),
};

/** What the delivery adds to a report. */
export function mailOfDay(report: DailyReport, over: Partial<MailOfDay> = {}): MailOfDay {
  const location = 'https://archive.example.com/daily-backup/2026/11/19/r1/report.html';
  return { report, revision: 1, location, attached: true, ...over };
}
