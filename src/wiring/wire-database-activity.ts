import { z } from 'zod';
import {
  type DatabaseActivityConfiguration,
  type DatabaseActivitySettings,
  databaseActivityKeys,
} from '../config/database-activity-schema.js';
import { defaultPageLimits } from '../model/page-limits.js';
import type { Theme } from '../renderers/theme.js';
import {
  activityPeriodTemplateName,
  activityTemplateName,
} from '../renderers/xlsx/template/template-name.js';
import { activityPeriods } from '../reports/database-activity/activity-periods.js';
import type { ActivityPeriod } from '../reports/database-activity/period/period-report.js';
import {
  archivedDatabaseActivity,
  createDatabaseActivity,
} from '../reports/database-activity/database-activity.js';
import { openActivityExplanation } from '../reports/database-activity/explain/explain-records.js';
import type { ActivityOptions } from '../reports/database-activity/model/activity-options.js';
import type { ActivityReport } from '../reports/database-activity/model/activity-report.js';
import { activityStanding } from '../reports/database-activity/model/standing.js';
import { activityPeriodViews } from '../reports/database-activity/views/period/period-views.js';
import { activityDefinitions, activityLimits } from '../reports/database-activity/views/definitions.js';
import { activityViews } from '../reports/database-activity/views/activity-views.js';
import type { MadeByFile } from '../reports/report-kind.js';
import { countedPeriodTemplates, documentRenderers } from './document-renderers.js';
import type { KindTemplates, PeriodRenderersOf, RenderersOf, WirableKind } from './wirable-kind.js';

const templates: KindTemplates = {
  day: {
    page: {
      template: 'database-activity.html.hbs',
      styles: ['report.css', 'counted-day.css', 'database-activity.css'],
      script: 'counted-day.js',
    },
    mail: {
      subject: 'database-activity-mail-subject.hbs',
      html: 'database-activity-mail.html.hbs',
      text: 'database-activity-mail.txt.hbs',
    },
    workbook: activityTemplateName,
  },
  period: countedPeriodTemplates(activityPeriodTemplateName),
};

/** The kind of report that tells what was done in databases. */
export const databaseActivityWiring: WirableKind<
  DatabaseActivityConfiguration,
  DatabaseActivitySettings,
  ActivityReport,
  ActivityPeriod
> = {
  keys: databaseActivityKeys,
  archived: { ...archivedDatabaseActivity, periods: activityPeriods },
  templates,
  wire: async ({ configuration }, theme) => {
    const { exclude, schedule } = configuration;
    const { reconcileDays } = schedule;
    return {
      ...activityParts(theme, configuration, { exclude, reconcileDays }),
      madeBy: [reconciledFile(reconcileDays)],
    };
  },
  replay: async (settings, theme, { fileOf }) => {
    const { exclude } = settings;
    return activityParts(theme, settings, { exclude, reconcileDays: reconciledIn(fileOf(reconciledName)) });
  },
  renderersOf: wireActivityRenderers,
  periodRenderersOf: wireActivityPeriodRenderers,
  indexedReportOf: (report) => {
    const { level, verdict } = activityStanding(report);
    return { day: { level, verdict, counts: null, percent: null }, subjects: [] };
  },
  indexedOutcomes: () => [],
  definitionsOf: activityDefinitions,
  limitsOf: activityLimits,
  openExplanation: openActivityExplanation,
  doctor: { diagnoseEventTypes: (...given) => plainKind.diagnoseEventTypes(...given) },
  hasSamples: false,
};

function activityParts(
  theme: Theme,
  settings: Pick<DatabaseActivitySettings, 'page'>,
  options: ActivityOptions,
) {
  return { kind: createDatabaseActivity(options), ports: wireActivityRenderers(theme, settings) };
}

/** For what does not depend on settings. */
const plainKind = createDatabaseActivity({ exclude: [], reconcileDays: 0 });

/** The renderers of page, workbook and mail for a theme. */
export function wireActivityRenderers(
  theme: Theme,
  { page }: Pick<DatabaseActivitySettings, 'page'> = { page: defaultPageLimits },
): RenderersOf<ActivityReport> {
  return documentRenderers(theme, activityViews(page), templates.day);
}

/** Those of a period. */
export function wireActivityPeriodRenderers(theme: Theme): PeriodRenderersOf<ActivityPeriod> {
  const { period } = templates;
  if (period === null) throw new TypeError('this kind has periods');
  return documentRenderers(theme, activityPeriodViews, period);
}

/* How far the schedule looks back stands among what no report is made by; these reports say what lies beyond it. */
const reconciledName = 'reconciled-days';
const reconciledSchema = z.strictObject({ reconcileDays: z.int().min(0) });

function reconciledFile(reconcileDays: number): MadeByFile {
  const bytes = Buffer.from(`${JSON.stringify({ reconcileDays })}\n`);
  return { name: reconciledName, bytes, mediaType: 'application/json' };
}

function reconciledIn(bytes: Uint8Array | null): number {
  const content: unknown = bytes === null ? null : JSON.parse(Buffer.from(bytes).toString('utf8'));
  return reconciledSchema.parse(content).reconcileDays;
}
