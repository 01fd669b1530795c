import { defaultPageLimits } from '../model/page-limits.js';
import type { LoadedConfiguration } from '../config/load.js';
import type { ReportSettings } from '../config/report-settings.js';
import type { Configuration } from '../config/schema.js';
import type { DayPorts } from '../day/report-plan.js';
import type { Inventory } from '../ports/inventory.js';
import type { IndexedReport } from '../model/day-coverage.js';
import { type Redaction, redactInventory } from '../records/redaction.js';
import { createMailRenderer } from '../renderers/email/mail-renderer.js';
import { type PageFiles, createPageRenderer } from '../renderers/html/page-renderer.js';
import type { MailFiles } from '../renderers/email/mail-templates.js';
import type { Theme } from '../renderers/theme.js';
import { periodTemplateName } from '../renderers/xlsx/template/template-name.js';
import { createWorkbookRenderer } from '../renderers/xlsx/workbook-renderer.js';
import {
  archivedBackupCompliance,
  createBackupCompliance,
} from '../reports/backup-compliance/backup-compliance.js';
import type { Framework } from '../reports/backup-compliance/model/framework.js';
import type { DailyReport } from '../reports/backup-compliance/model/daily-report.js';
import type { PeriodPorts } from '../periods/period-plan.js';
import type { PeriodReport } from '../reports/backup-compliance/period/period-report.js';
import type { PeriodTargets } from '../reports/backup-compliance/period/period-targets.js';
import { periodViews } from '../reports/backup-compliance/views/period/period-views.js';
import type { Rules } from '../reports/backup-compliance/rules/rule-book.js';
import { indexedReportOf } from '../reports/backup-compliance/views/indexed-day.js';
import { backupPageView, backupReportViews } from '../reports/backup-compliance/views/report-views.js';
import type { ReportKind } from '../reports/report-kind.js';
import { wireInventory } from './wire-inventory.js';
import type { OciParts } from './wire-oci.js';

/** What is specific to this kind of report. */
export interface BackupComplianceParts {
  readonly kind: ReportKind<DailyReport>;
  readonly ports: Pick<DayPorts<DailyReport>, 'renderers' | 'mailRenderer'>;
}

/** What a report is made with, besides its settings. */
interface ReportParts {
  readonly redaction: Redaction;
  readonly frameworks: readonly Framework[];
}

/** The kind of report that judges backups, with its rules, inventory and renderers. */
export async function wireBackupCompliance(
  loaded: LoadedConfiguration,
  theme: Theme,
  { oci, ...parts }: ReportParts & { readonly oci: OciParts | null },
): Promise<BackupComplianceParts> {
  const inventory = redactInventory(await wireInventory(loaded, oci), parts.redaction);
  const periodTargets = targetsOf(loaded.configuration);
  return backupComplianceOf(loaded.configuration, theme, { inventory, periodTargets, ...parts });
}

/** What is known only of a plan that is wired. */
interface PeriodParts {
  readonly inventory: Inventory;
  /** Absent: none, as for a day that is made again. */
  readonly periodTargets?: PeriodTargets;
}

/** The same with an inventory that is there. */
export function backupComplianceOf(
  settings: ReportSettings,
  theme: Theme,
  { inventory, redaction, frameworks, periodTargets }: ReportParts & PeriodParts,
): BackupComplianceParts {
  const { lookbackDays } = settings;
  return {
    kind: createBackupCompliance(
      { rules: rulesOf(settings, redaction), inventory, lookbackDays, frameworks },
      periodTargets,
    ),
    ports: wireRenderers(theme, settings),
  };
}

/** The kind of a plan's archived reports, for commands that only read them. */
export const archivedKind: Pick<
  ReportKind<DailyReport>,
  'name' | 'linesFile' | 'readReport' | 'sampleDays' | 'contentDigest' | 'contentDigestVersion' | 'audit'
> = archivedBackupCompliance;

/** An archived report.json whose digest was checked, for an index; null: this version cannot read it. */
export function readIndexedReport(bytes: Uint8Array): IndexedReport | null {
  const report = archivedKind.readReport(bytes);
  return report && indexedReportOf(report);
}

/** The renderers of page, workbook and mail for a theme: `preview` makes new ones after each change. */
export function wireRenderers(
  theme: Theme,
  { page }: Pick<Configuration, 'page'> = { page: defaultPageLimits },
): Pick<DayPorts<DailyReport>, 'renderers' | 'mailRenderer'> {
  return {
    renderers: [
      createWorkbookRenderer(theme.data, backupReportViews.workbookLists),
      createPageRenderer(theme, backupPageView(page)),
    ],
    mailRenderer: createMailRenderer(theme, backupReportViews.mail),
  };
}

/** The renderers of a period's page, workbook and mail. */
export function wirePeriodRenderers(
  theme: Theme,
): Pick<PeriodPorts<PeriodReport>, 'renderers' | 'mailRenderer'> {
  return {
    renderers: [
      createWorkbookRenderer(theme.data, {
        listsModule: periodViews.workbookLists,
        template: periodTemplateName,
      }),
      createPageRenderer(theme, periodViews.page, periodPageFiles),
    ],
    mailRenderer: createMailRenderer(theme, periodViews.mail, periodMailFiles),
  };
}

const periodPageFiles: PageFiles = {
  template: 'period.html.hbs',
  styles: ['report.css', 'period.css'],
  script: null,
};

const periodMailFiles: MailFiles = {
  subject: 'period-mail-subject.hbs',
  html: 'period-mail.html.hbs',
  text: 'period-mail.txt.hbs',
};

/** What a company wants its teams to reach in a month or a quarter. */
function targetsOf({ periodTarget, policies }: Configuration): PeriodTargets {
  return {
    plan: periodTarget ?? null,
    ofPolicy: new Map(
      policies.flatMap((policy) =>
        policy.periodTarget === undefined ? [] : [[policy.name, policy.periodTarget] as const],
      ),
    ),
  };
}

/** Demands that the configuration does not make become null. */
function rulesOf(
  { policies, exclude, waivers, recipients, maxWaivedShare }: ReportSettings,
  redaction: Redaction,
): Rules {
  return {
    policies: policies.map(({ maxAge, maxDuration, minRetention, maxRestoreAge, ...policy }) => ({
      name: policy.name,
      match: policy.match,
      isDefault: false,
      cadence: policy.cadence,
      maxAgeMs: maxAge ?? null,
      maxDurationMs: maxDuration,
      minRetentionMs: minRetention ?? null,
      maxRestoreAgeMs: maxRestoreAge ?? null,
      severity: policy.severity,
      owner: policy.owner ?? null,
    })),
    excludes: exclude,
    waivers: waivers.map(({ approvedBy, ...waiver }) => ({
      ...waiver,
      approvedBy: redaction.text('approvedBy', approvedBy),
      ticket: waiver.ticket ?? null,
    })),
    recipients,
    maxWaivedShare,
  };
}
