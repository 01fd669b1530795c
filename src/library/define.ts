import type { z } from 'zod';
import type { backupComplianceKeys } from '../config/backup-compliance-schema.js';
import type { databaseActivityKeys } from '../config/database-activity-schema.js';
import type { ReportSettings } from '../config/report-settings.js';
import type { Configuration, commonFields } from '../config/schema.js';
import type { tenancyChangesKeys } from '../config/tenancy-changes-schema.js';
import type { WirableKind } from '../wiring/wirable-kind.js';
import type { PeriodHead } from '../model/period-head.js';
import type { ReportHead } from '../model/report-head.js';
import type { ChannelModule, SourceModule } from '../ports/own-module.js';

type Written<F extends z.ZodRawShape> = z.input<z.ZodObject<F>>;

/** What a configuration file may say, as an object: the same keys, with the same defaults. */
export type WrittenConfiguration = Written<typeof commonFields> &
  (
    | ({ readonly report?: 'backup-compliance' } & Written<typeof backupComplianceKeys.fields>)
    | ({ readonly report: 'tenancy-changes' } & Written<typeof tenancyChangesKeys.fields>)
    | ({ readonly report: 'database-activity' } & Written<typeof databaseActivityKeys.fields>)
  );

/** The configuration as it is, checked by the compiler; makeDailyReport checks what types cannot say. */
export function defineConfig(configuration: WrittenConfiguration): WrittenConfiguration {
  return configuration;
}

/** The kind of report of a module: `export const kind = defineKind({ … })`. */
export function defineKind<
  C extends Configuration = Configuration,
  S extends ReportSettings = ReportSettings,
  R extends ReportHead = ReportHead,
  P extends PeriodHead = PeriodHead,
>(kind: WirableKind<C, S, R, P>): WirableKind<C, S, R, P> {
  return kind;
}

/** The source of a module, with the type of its settings: `export const source = defineSource({ … })`. */
export function defineSource<S>(module: SourceModule<S>): SourceModule<S> {
  return module;
}

/** The channel of a module: `export const channel = defineChannel({ … })`. */
export function defineChannel<S>(module: ChannelModule<S>): ChannelModule<S> {
  return module;
}
