import { z } from 'zod';
import { forwardSchema } from './forward-schema.js';
import type { ReportSettings } from './report-settings.js';
import type { KindConfiguration, KindKeys } from './schema.js';
import { sourcesFit } from './source-checks.js';
import { textValue } from './values.js';

const fields = {
  /** Targets whose events nobody asks for: they are listed, and their silence makes no report INCOMPLETE. */
  exclude: z.array(z.strictObject({ target: textValue, reason: textValue })).default([]),
  /** Where `forward` sends the events to. */
  forward: forwardSchema.optional(),
};

export const databaseActivityKeys = {
  name: 'database-activity',
  fields,
  besideReports: ['forward'],
  matching: [],
  check: sourcesFit({
    without: {
      'oci-audit': 'has no audit events of databases: they are in data-safe',
      'azure-monitor': 'has no audit events of databases: they are in data-safe',
    },
    notAudit:
      'is required for this kind of report: the log that has the audit events; without it, Audit is searched',
  }),
} satisfies KindKeys<typeof fields>;

export type DatabaseActivityConfiguration = KindConfiguration<typeof databaseActivityKeys>;

/** What its reports are made by. */
export type DatabaseActivitySettings = ReportSettings & Pick<DatabaseActivityConfiguration, 'exclude'>;

/** Where the plan forwards its events to; undefined: nowhere, or it is of another kind. */
export function forwardOf(configuration: object): DatabaseActivityConfiguration['forward'] {
  return (configuration as Partial<DatabaseActivityConfiguration>).forward;
}
