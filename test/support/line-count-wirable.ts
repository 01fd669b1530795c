import { z } from 'zod';
import { type KindConfiguration, type KindKeys } from '../../src/config/schema.js';
import type { ReportSettings } from '../../src/config/report-settings.js';
import { backupComplianceKeys } from '../../src/config/backup-compliance-schema.js';
import { artefactNames } from '../../src/model/artefact-names.js';
import { reportMailFiles } from '../../src/renderers/email/mail-templates.js';
import { reportPageFiles } from '../../src/renderers/html/page-renderer.js';
import { kindRegistry } from '../../src/wiring/report-kinds.js';
import { backupCompliance } from '../../src/wiring/wire-backup-compliance.js';
import type { RenderersOf, WirableKind } from '../../src/wiring/wirable-kind.js';
import { type LineCount, lineCountKind } from './line-count-kind.js';
import { oneLine, oneLineMail } from './run-here.js';

/* The kind that counts lines as a plan of its own: what a kind adds to the configuration, and to the registry. */

const fields = { longLine: z.int().min(1).default(10), note: z.string().optional() };

export const lineCountKeys = {
  name: 'line-count',
  fields,
  besideReports: ['note'],
  matching: [],
} satisfies KindKeys<typeof fields>;

export type LineCountConfiguration = KindConfiguration<typeof lineCountKeys>;

const templates = { page: reportPageFiles, mail: reportMailFiles, workbook: 'line-count.xlsx' };

function renderersOf(): RenderersOf<LineCount> {
  const page = oneLine({ name: artefactNames.page, mediaType: 'text/html', render: async () => undefined });
  return { renderers: [page], mailRenderer: oneLineMail };
}

const kind = lineCountKind;

export const lineCount: WirableKind<LineCountConfiguration, ReportSettings, LineCount> = {
  keys: lineCountKeys,
  archived: kind,
  templates: { day: templates, period: null },
  wire: async () => ({ kind, ports: renderersOf(), madeBy: [] }),
  replay: async () => ({ kind, ports: renderersOf() }),
  renderersOf,
  indexedReportOf: (report) => {
    const { level, verdict } = lineCountKind.standingOf(report);
    return { day: { level, verdict, counts: null, percent: null }, subjects: [] };
  },
  indexedOutcomes: () => [],
  definitionsOf: () => [],
  openExplanation: lineCountKind.openExplanation,
  doctor: { diagnoseEventTypes: lineCountKind.diagnoseEventTypes },
  hasSamples: false,
};

export const twoKindsOfPlans: readonly KindKeys[] = [backupComplianceKeys, lineCountKeys];

export const twoKinds = kindRegistry(twoKindsOfPlans, {
  'backup-compliance': async () => backupCompliance,
  'line-count': async () => lineCount,
});
