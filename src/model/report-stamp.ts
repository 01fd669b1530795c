import type { PeriodHead } from './period-head.js';
import type { ReportHead } from './report-head.js';

/**
 * What page and workbook say of themselves for programs, by name: which report they show, and its totals. `verify` compares it
 * with report.json. The engines write it, whatever the template.
 */
export type ReportStamp = ReadonlyMap<string, string>;

/** Before each name, in the page and in the workbook: `backup-report.totals.expected`. */
export const stampPrefix = 'backup-report.';

/** What of the archive a file names, as far as it is known when it is rendered. */
export interface StampedEdition {
  /** Name of the file: `report.html`. */
  readonly file?: string;
  readonly revision?: number | null;
  readonly contentDigest?: string;
}

/** The fields of a report that tell which one it is. */
export type StampedReport = Pick<ReportHead, 'plan' | 'reportDay' | 'status' | 'generatedAt' | 'tool'>;

/** A report of a day, or of a period. */
export type StampedDocument =
  StampedReport | Pick<PeriodHead, 'plan' | 'period' | 'status' | 'generatedAt' | 'tool'>;

/**
 * The stamp of a report of any kind: which one it is, and each number of `totals` and of what else ends in `Totals`.
 *
 * @param report of a recipient's part, too: then the totals are those of the part
 */
export function stampOf(report: StampedDocument, edition: StampedEdition = {}): ReportStamp {
  const { plan, status, generatedAt, tool } = report;
  const stamp = new Map<string, string>([
    ['plan', plan],
    ...spanOf(report),
    ['generatedAt', generatedAt],
    ['tool', `${tool.name} ${tool.version}`],
    ['status', status],
  ]);
  const { file = '', revision = null, contentDigest = '' } = edition;
  if (file !== '') stamp.set('file', file);
  if (revision !== null) stamp.set('revision', String(revision));
  if (contentDigest !== '') stamp.set('contentDigest', contentDigest);
  for (const [name, value] of Object.entries(report)) {
    if (/^(?:totals|\w+Totals)$/.test(name)) addNumbers(value, name, stamp);
  }
  return stamp;
}

function spanOf(report: StampedDocument): readonly [string, string][] {
  if ('period' in report) return [['period', report.period.label]];
  const { date, cutOff } = report.reportDay;
  return [
    ['date', date],
    ['cutOff', cutOff],
  ];
}

/** What is not known stays out: nothing is no number. */
function addNumbers(value: unknown, name: string, stamp: Map<string, string>): void {
  if (typeof value === 'number') stamp.set(name, String(value));
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) addNumbers(each, `${name}.${key}`, stamp);
}
