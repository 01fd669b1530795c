import {
  type TenancyChangesConfiguration,
  type TenancyChangesSettings,
  tenancyChangesKeys,
} from '../config/tenancy-changes-schema.js';
import { defaultPageLimits } from '../model/page-limits.js';
import type { Theme } from '../renderers/theme.js';
import { tenancyPeriodTemplateName, tenancyTemplateName } from '../renderers/xlsx/template/template-name.js';
import { diagnoseAuditTypes } from '../reports/tenancy-changes/diagnose-event-types.js';
import { openTenancyExplanation } from '../reports/tenancy-changes/explain/explain-records.js';
import type { TenancyReport } from '../reports/tenancy-changes/model/tenancy-report.js';
import type { TenancyPeriod } from '../reports/tenancy-changes/period/period-report.js';
import { archivedTenancyChanges, tenancyChanges } from '../reports/tenancy-changes/tenancy-changes.js';
import { tenancyPeriods } from '../reports/tenancy-changes/tenancy-periods.js';
import { tenancyPeriodViews } from '../reports/tenancy-changes/views/period/period-views.js';
import { tenancyDefinitions, tenancyLimits } from '../reports/tenancy-changes/views/definitions.js';
import { tenancyViews } from '../reports/tenancy-changes/views/tenancy-views.js';
import { countedPeriodTemplates, documentRenderers } from './document-renderers.js';
import type { KindTemplates, PeriodRenderersOf, RenderersOf, WirableKind } from './wirable-kind.js';

const templates: KindTemplates = {
  day: {
    page: {
      template: 'tenancy-changes.html.hbs',
      styles: ['report.css', 'counted-day.css'],
      script: 'counted-day.js',
    },
    mail: {
      subject: 'tenancy-changes-mail-subject.hbs',
      html: 'tenancy-changes-mail.html.hbs',
      text: 'tenancy-changes-mail.txt.hbs',
    },
    workbook: tenancyTemplateName,
  },
  period: countedPeriodTemplates(tenancyPeriodTemplateName),
};

/** The kind of report that tells what was changed in a tenancy. */
export const tenancyChangesWiring: WirableKind<
  TenancyChangesConfiguration,
  TenancyChangesSettings,
  TenancyReport,
  TenancyPeriod
> = {
  keys: tenancyChangesKeys,
  archived: { ...archivedTenancyChanges, periods: tenancyPeriods },
  templates,
  wire: async ({ configuration }, theme) => ({ ...tenancyParts(theme, configuration), madeBy: [] }),
  replay: async (settings, theme) => tenancyParts(theme, settings),
  renderersOf: wireTenancyRenderers,
  periodRenderersOf: wireTenancyPeriodRenderers,
  indexedReportOf: (report) => {
    const { level, verdict } = tenancyChanges.standingOf(report);
    return { day: { level, verdict, counts: null, percent: null }, subjects: [] };
  },
  indexedOutcomes: () => [],
  definitionsOf: tenancyDefinitions,
  limitsOf: tenancyLimits,
  openExplanation: openTenancyExplanation,
  doctor: { diagnoseEventTypes: diagnoseAuditTypes },
  hasSamples: false,
};

function tenancyParts(theme: Theme, settings: Pick<TenancyChangesSettings, 'page'>) {
  return { kind: tenancyChanges, ports: wireTenancyRenderers(theme, settings) };
}

/** The renderers of page, workbook and mail for a theme. */
export function wireTenancyRenderers(
  theme: Theme,
  { page }: Pick<TenancyChangesSettings, 'page'> = { page: defaultPageLimits },
): RenderersOf<TenancyReport> {
  return documentRenderers(theme, tenancyViews(page), templates.day);
}

/** The renderers of a period's page, workbook and mail. */
export function wireTenancyPeriodRenderers(theme: Theme): PeriodRenderersOf<TenancyPeriod> {
  return documentRenderers(theme, tenancyPeriodViews, templates.period ?? templates.day);
}
