import { z } from 'zod';
import type { ReportSettings } from './report-settings.js';
import type { KindConfiguration, KindKeys } from './schema.js';
import { textValue } from './values.js';

const fields = {
  /** Targets whose events nobody asks for: they are listed, and their silence makes no report INCOMPLETE. */
  exclude: z.array(z.strictObject({ target: textValue, reason: textValue })).default([]),
};

export const databaseActivityKeys = {
  name: 'database-activity',
  fields,
  besideReports: [],
  matching: [],
} satisfies KindKeys<typeof fields>;

export type DatabaseActivityConfiguration = KindConfiguration<typeof databaseActivityKeys>;

/** What its reports are made by. */
export type DatabaseActivitySettings = ReportSettings & z.output<z.ZodObject<typeof fields>>;
