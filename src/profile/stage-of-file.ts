import type { Stage } from './stages.js';

/**
 * The stage of the files below a folder of src; the longest folder that fits decides. null: it serves several stages,
 * so that of its caller counts.
 */
const stageOfFolder: Readonly<Record<string, Stage | null>> = {
  'base/': null,
  'files/': null,
  'model/': null,
  errors: null,
  'package-root': null,
  'ports/': null,
  main: 'configuration',
  'joined-code': 'configuration',
  program: 'configuration',
  'cli/': 'configuration',
  'config/': 'configuration',
  'wiring/': 'configuration',
  'init/': 'configuration',
  'demo/': 'configuration',
  'preview/': 'configuration',
  'schedule/': 'configuration',
  'backfill/': 'configuration',
  'rebuild/': 'archive',
  'coverage/': 'archive',
  'export/': 'archive',
  'periods/': 'archive',
  'profile/': 'configuration',
  'language/': null,
  'language/load-language': 'configuration',
  'language/read-catalogue': 'configuration',
  'language/check-catalogues': 'configuration',
  'records/': 'reading',
  'sources/': 'reading',
  'inventory/': 'reading',
  'azure/': 'reading',
  'oci/': null,
  'archives/': 'archive',
  'channels/': 'delivery',
  'http/': null,
  'mail/': 'delivery',
  'signers/': 'archive',
  'signing/': 'archive',
  'mail/compose-message': 'mail',
  'day/': 'configuration',
  'day/attestations/': 'archive',
  'day/artefacts/': 'lines',
  'day/artefacts/gzip-line-writer': null,
  'day/artefacts/render-artefacts': null,
  'day/artefacts/render-with-shipped': null,
  'day/delivery/': 'delivery',
  'day/delivery/draft-mail': 'mail',
  'day/delivery/render-notice': 'mail',
  'day/delivery/try-mail': 'mail',
  'day/doctor/': 'archive',
  'day/evidence/': 'evidence',
  'day/evidence/read-sources': 'reading',
  'day/evidence/take-items': 'reading',
  'day/explain/': 'configuration',
  'day/log/': 'archive',
  'day/revisions/': 'archive',
  'day/signatures/': 'archive',
  'transparency-log/': 'archive',
  'verify/': 'archive',
  'interchange/': 'archive',
  'renderers/': null,
  'renderers/charts/': 'charts',
  'renderers/email/': 'mail',
  'renderers/html/': 'page',
  'renderers/xlsx/': 'workbook',
  'reports/': 'judging',
  'reports/backup-compliance/events/': 'reading',
  'reports/backup-compliance/model/': null,
  'reports/backup-compliance/document/': 'document',
  'reports/backup-compliance/explain/': 'document',
  'reports/backup-compliance/period/': 'document',
  'reports/backup-compliance/sample/': 'configuration',
  'reports/backup-compliance/views/': null,
  'reports/backup-compliance/views/charts/': 'charts',
  'reports/backup-compliance/views/mail/': 'mail',
  'reports/backup-compliance/views/notice/': 'mail',
  'reports/backup-compliance/views/page/': 'page',
  'reports/backup-compliance/views/workbook/': 'workbook',
};

/** Longest first: the first that fits decides. */
const folders = Object.keys(stageOfFolder).sort((a, b) => b.length - a.length);

/**
 * @param path below src, without its ending
 * @returns undefined: no folder is named that it lies in
 */
export function stageOfFile(path: string): Stage | null | undefined {
  const folder = folders.find((each) => path.startsWith(each));
  return folder === undefined ? undefined : stageOfFolder[folder];
}
