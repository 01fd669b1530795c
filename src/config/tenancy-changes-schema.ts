import type { ReportSettings } from './report-settings.js';
import type { KindConfiguration, KindKeys } from './schema.js';
import { sourcesFit } from './source-checks.js';

const fields = {};

/** A plan of tenancy changes has no keys of its own. */
export const tenancyChangesKeys = {
  name: 'tenancy-changes',
  fields,
  besideReports: [],
  matching: [],
  // Oracle's own log source of Audit is called 'OCI Audit Logs', but a tenancy may fill another: nothing is assumed.
  check: sourcesFit({
    without: {
      'data-safe': 'has audit events of databases, and none of Audit: they are for report: database-activity',
      'azure-monitor':
        'has backups of Azure, and no records of Audit: they are for report: backup-compliance',
    },
  }),
} satisfies KindKeys<typeof fields>;

export type TenancyChangesConfiguration = KindConfiguration<typeof tenancyChangesKeys>;

/** What its reports are made by. */
export type TenancyChangesSettings = ReportSettings;
