import type { LoadedConfiguration } from '../config/load.js';
import type { Configuration } from '../config/schema.js';
import type { PipelinePorts, ReportPlan } from '../day/make-daily-report.js';
import { createMailRenderer } from '../renderers/email/mail-renderer.js';
import { createHtmlRenderer } from '../renderers/html/html-renderer.js';
import type { Theme } from '../renderers/theme.js';
import { createWorkbookRenderer } from '../renderers/xlsx/workbook-renderer.js';
import { createLanguage } from '../language/create-language.js';
import { archivedPartsBy } from '../reports/backup-compliance/document/parts-of-archive.js';
import { readReport } from '../reports/backup-compliance/document/read-report.js';
import { jobsFile } from '../reports/backup-compliance/model/jobs-file.js';
import { standingOf } from '../reports/backup-compliance/model/report-standing.js';
import type { Rules } from '../reports/backup-compliance/rules/rule-book.js';
import { wireInventory } from './wire-inventory.js';
import type { OciParts } from './wire-oci.js';

/** What only this kind of report is made with. */
export interface BackupComplianceParts {
  readonly plan: Pick<ReportPlan, 'kind' | 'rules' | 'lookbackDays'>;
  readonly ports: Pick<PipelinePorts, 'inventory' | 'renderers' | 'mailRenderer'>;
}

/** The kind of report that judges backups: its rules, its inventory and what renders it. */
export async function wireBackupCompliance(
  loaded: LoadedConfiguration,
  theme: Theme,
  oci: OciParts | null,
): Promise<BackupComplianceParts> {
  const { configuration } = loaded;
  const rules = rulesOf(configuration);
  const partsOf = archivedPartsBy(rules, createLanguage(theme.data.language));
  const kind = { linesFile: jobsFile, readReport, partsOf, standingOf };
  return {
    plan: { kind, rules, lookbackDays: configuration.lookbackDays },
    ports: { inventory: await wireInventory(loaded, oci), ...wireRenderers(theme) },
  };
}

/** What makes the page, the workbook and the mail of a theme: for `run`, and for `preview` after each change. */
export function wireRenderers(theme: Theme): Pick<PipelinePorts, 'renderers' | 'mailRenderer'> {
  return {
    renderers: [createWorkbookRenderer(theme.data), createHtmlRenderer(theme)],
    mailRenderer: createMailRenderer(theme),
  };
}

/** What the configuration leaves out is no demand. */
function rulesOf({ policies, exclude, waivers, recipients, maxWaivedShare }: Configuration): Rules {
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
    waivers: waivers.map((waiver) => ({ ...waiver, ticket: waiver.ticket ?? null })),
    recipients,
    maxWaivedShare,
  };
}
