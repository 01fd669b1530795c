import type {
  BackupComplianceConfiguration,
  BackupComplianceSettings,
} from '../config/backup-compliance-schema.js';
import { backupComplianceKeys, recipientsIn } from '../config/backup-compliance-schema.js';
import type { Configuration } from '../config/schema.js';
import { defaultPageLimits } from '../model/page-limits.js';
import type { Inventory } from '../ports/inventory.js';
import { type Redaction, noRedaction, redactInventory } from '../records/redaction.js';
import { reportMailFiles } from '../renderers/email/mail-templates.js';
import { reportPageFiles } from '../renderers/html/page-renderer.js';
import type { Theme } from '../renderers/theme.js';
import { periodTemplateName, workbookTemplateName } from '../renderers/xlsx/template/template-name.js';
import {
  archivedBackupCompliance,
  createBackupCompliance,
} from '../reports/backup-compliance/backup-compliance.js';
import { diagnoseAttempts } from '../reports/backup-compliance/diagnose-attempts.js';
import { diagnoseEventTypes } from '../reports/backup-compliance/diagnose-event-types.js';
import { openBackupExplanation } from '../reports/backup-compliance/explain/explain-records.js';
import { backupPeriods } from '../reports/backup-compliance/backup-periods.js';
import type { DailyReport } from '../reports/backup-compliance/model/daily-report.js';
import type { Framework } from '../reports/backup-compliance/model/framework.js';
import type { PeriodReport } from '../reports/backup-compliance/period/period-report.js';
import { type PeriodTargets, noTargets } from '../reports/backup-compliance/period/period-targets.js';
import { periodViews } from '../reports/backup-compliance/views/period/period-views.js';
import type { Rules } from '../reports/backup-compliance/rules/rule-book.js';
import { backupDefinitions, backupLimits } from '../reports/backup-compliance/views/definitions.js';
import { indexedOutcomes, indexedReportOf } from '../reports/backup-compliance/views/indexed-day.js';
import { backupPageView, backupReportViews } from '../reports/backup-compliance/views/report-views.js';
import { documentRenderers } from './document-renderers.js';
import { replayedFrameworks, replayedInventory } from './replay-backup-compliance.js';
import type { KindTemplates, RenderersOf, WirableKind, WiredKind } from './wirable-kind.js';
import { readOwnFramework, wireFrameworks } from './wire-frameworks.js';
import { wireInventory } from './wire-inventory.js';

/** Names of templates: those of the first kind do not begin with its name. */
const templates: KindTemplates = {
  day: { page: reportPageFiles, mail: reportMailFiles, workbook: workbookTemplateName },
  period: {
    page: { template: 'period.html.hbs', styles: ['report.css', 'period.css'], script: null },
    mail: {
      subject: 'period-mail-subject.hbs',
      html: 'period-mail.html.hbs',
      text: 'period-mail.txt.hbs',
    },
    workbook: periodTemplateName,
  },
};

/** The kind of report that judges backups, with its rules, inventory and renderers. */
export const backupCompliance: WirableKind<
  BackupComplianceConfiguration,
  BackupComplianceSettings,
  DailyReport,
  PeriodReport
> = {
  keys: backupComplianceKeys,
  archived: { ...archivedBackupCompliance, periods: backupPeriods(recipientsIn, noTargets) },
  templates,

  inventory: { usesOci: ({ inventory }) => inventory.type === 'oci', open: wireInventory },

  async wire(loaded, theme, { oci, redaction }) {
    const { configuration, directory } = loaded;
    const { frameworks, files } = await wireFrameworks(configuration.frameworks, (name) =>
      readOwnFramework(name, directory),
    );
    const inventory = redactInventory(await wireInventory(loaded, oci), redaction);
    const periodTargets = targetsOf(configuration);
    const wired = kindOf(configuration, theme, { inventory, periodTargets, redaction, frameworks });
    return { ...wired, madeBy: files };
  },

  async replay(settings, theme, origin) {
    const inventory = await replayedInventory(settings, origin);
    const frameworks = await replayedFrameworks(settings, origin);
    // What was redacted is not in the archive: there is nothing left to do.
    return kindOf(settings, theme, { inventory, redaction: noRedaction, frameworks });
  },

  renderersOf: wireRenderers,
  periodRenderersOf: wirePeriodRenderers,
  indexedReportOf,
  indexedOutcomes,
  definitionsOf: backupDefinitions,
  limitsOf: backupLimits,
  openExplanation: openBackupExplanation,
  doctor: {
    diagnoseEventTypes,
    diagnoseLines: (lines, { settleDelay }) => diagnoseAttempts(lines, settleDelay),
  },
  hasSamples: true,
};

/** What its reports are judged with. */
interface KindParts {
  readonly inventory: Inventory;
  readonly redaction: Redaction;
  readonly frameworks: readonly Framework[];
  /** Absent: none, as for a day that is made again. */
  readonly periodTargets?: PeriodTargets;
}

function kindOf(
  settings: BackupComplianceSettings,
  theme: Theme,
  { inventory, redaction, frameworks, periodTargets = noTargets }: KindParts,
): Omit<WiredKind<DailyReport>, 'madeBy'> {
  const { lookbackDays } = settings;
  return {
    kind: createBackupCompliance(
      { rules: rulesOf(settings, redaction), inventory, lookbackDays, frameworks },
      { recipientsIn, targets: periodTargets },
    ),
    ports: wireRenderers(theme, settings),
  };
}

/** The renderers of page, workbook and mail for a theme: `preview` makes new ones after each change. */
export function wireRenderers(
  theme: Theme,
  { page }: Pick<Configuration, 'page'> = { page: defaultPageLimits },
): RenderersOf<DailyReport> {
  return documentRenderers(theme, { ...backupReportViews, page: backupPageView(page) }, templates.day);
}

/** The renderers of a period's page, workbook and mail. */
export function wirePeriodRenderers(theme: Theme): ReturnType<typeof documentRenderers<PeriodReport>> {
  return documentRenderers(theme, periodViews, templates.period ?? templates.day);
}

/** What a company wants its teams to reach in a month or a quarter. */
function targetsOf({ periodTarget, policies }: BackupComplianceConfiguration): PeriodTargets {
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
  { policies, exclude, waivers, recipients, maxWaivedShare }: BackupComplianceSettings,
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
