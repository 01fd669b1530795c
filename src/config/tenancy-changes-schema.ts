import type { ReportSettings } from './report-settings.js';
import type { KindConfiguration, KindKeys } from './schema.js';

const fields = {};

/** A plan of tenancy changes has no keys of its own. */
export const tenancyChangesKeys = {
  name: 'tenancy-changes',
  fields,
  besideReports: [],
  matching: [],
} satisfies KindKeys<typeof fields>;

export type TenancyChangesConfiguration = KindConfiguration<typeof tenancyChangesKeys>;

/** What its reports are made by. */
export type TenancyChangesSettings = ReportSettings;
