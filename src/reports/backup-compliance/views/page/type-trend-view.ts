import { pageChart } from '../../../../renderers/charts/page-chart.js';
import { dateWords, shortText } from '../../../../renderers/view/view-parts.js';
import { type JobStatus, jobStatuses } from '../../model/backup-job.js';
import type { BackupType } from '../../model/backup-type.js';
import type { TrendDay } from '../../model/daily-report.js';
import type { BackupWording } from '../backup-wording.js';
import { colourClasses, lightColours } from '../charts/colours.js';
import { type JobType, jobTypes, jobsOfType } from '../charts/job-types.js';
import { type TypeDay, typeTrendSvg } from '../charts/type-trend-chart.js';
import { type StatusLegendEntry, statusLegend } from './schedule-view.js';

/** Most types that are drawn; the last of them sums up all others. */
const typeCap = 12;

/** Jobs by day, backup type and status: a small drawing for each type, and the numbers of all. */
export interface TypeTrendView {
  readonly panels: readonly {
    readonly type: string;
    /** null: of many kinds of resources. */
    readonly resourceType: string | null;
    /** `252 jobs. Failed: 3, succeeded: 249` */
    readonly words: string;
    readonly svg: string;
  }[];
  /** Dates of the first and the last day. */
  readonly first: string;
  readonly last: string;
  readonly legend: readonly StatusLegendEntry[];
  /** Of a part of a report: it has no history of its own. */
  readonly isOneDay: boolean;
  readonly hasIncomplete: boolean;
  readonly hasUncounted: boolean;
  readonly hasMissing: boolean;
  readonly numbers: {
    readonly types: readonly { readonly words: string; readonly statuses: number }[];
    readonly statuses: readonly string[];
    readonly rows: readonly TypeTrendRow[];
  };
}

/** One day in numbers, the report day first. */
interface TypeTrendRow {
  readonly date: string;
  /** Why there are none; null: there are. */
  readonly without: string | null;
  readonly counts: readonly string[];
}

export function typeTrendView(trend: readonly TrendDay[], wording: BackupWording): TypeTrendView {
  const types = jobTypes(trend, typeCap);
  const present = (type: JobType): readonly JobStatus[] =>
    jobStatuses.filter((status) => trend.some((day) => (jobsOfType(day, type)?.[status] ?? 0) > 0));
  const columns = types.flatMap((type) => present(type).map((status) => ({ type, status })));
  return {
    panels: types.map((type, index) => panel(type, { trend, index }, wording)),
    first: shortDate(trend.at(0), wording),
    last: shortDate(trend.at(-1), wording),
    legend: statusLegend(types.flatMap(present), wording),
    isOneDay: trend.length === 1,
    hasIncomplete: trend.some(({ status, jobs }) => status === 'INCOMPLETE' && jobs !== undefined),
    hasUncounted: trend.some(isUncounted),
    hasMissing: trend.some(({ totals }) => totals === null),
    numbers: {
      types: types.map((type) => ({ words: nameOf(type, wording), statuses: present(type).length })),
      statuses: columns.map(({ status }) => wording.jobStatus(status).words),
      rows: trend
        .map((day) => ({
          date: dateWords(day.date, wording),
          without: withoutWords(day, wording),
          counts: columns.map(({ type, status }) =>
            wording.language.integer(jobsOfType(day, type)?.[status] ?? 0),
          ),
        }))
        .toReversed(),
    },
  };
}

function panel(
  type: JobType,
  { trend, index }: { readonly trend: readonly TrendDay[]; readonly index: number },
  wording: BackupWording,
): TypeTrendView['panels'][number] {
  const days = trend.map((day): TypeDay => {
    const byStatus = jobsOfType(day, type);
    const date = dateWords(day.date, wording);
    const counts = byStatus === null ? withoutWords(day, wording) : wording.statusCounts(byStatus);
    return {
      byStatus,
      mark: markOf(day),
      words: `${date}: ${counts || wording.text('page.typeTrend.none')}`,
    };
  });
  const words = sumWords(days, wording);
  const title = nameOf(type, wording);
  return {
    type: typeWords(type, wording),
    resourceType: type.resourceType === null ? null : shortText(wording.resourceType(type.resourceType), 40),
    words,
    svg: pageChart(
      typeTrendSvg(days, lightColours),
      { id: `chart-type-${index + 1}`, title, description: words },
      colourClasses(lightColours),
    ),
  };
}

/** `252 jobs. Failed: 3, succeeded: 249` */
function sumWords(days: readonly TypeDay[], wording: BackupWording): string {
  const sum: Partial<Record<JobStatus, number>> = {};
  let number = 0;
  for (const { byStatus } of days) {
    if (byStatus === null) continue;
    for (const status of jobStatuses) {
      sum[status] = (sum[status] ?? 0) + byStatus[status];
      number += byStatus[status];
    }
  }
  const bad = jobStatuses
    .filter((status) => status !== 'SUCCEEDED' && (sum[status] ?? 0) > 0)
    .map((status) =>
      wording.text('wording.statusCount', {
        status: wording.jobStatus(status).words,
        number: sum[status] ?? 0,
      }),
    );
  return wording.text('page.typeTrend.sum', { number, bad: bad.length, parts: bad.join(', ') });
}

/** `database, incremental` */
function nameOf(type: JobType, wording: BackupWording): string {
  const words = typeWords(type, wording);
  return type.resourceType === null
    ? words
    : `${shortText(wording.resourceType(type.resourceType), 40)}, ${words}`;
}

function typeWords(
  { backupType }: { readonly backupType: BackupType | null },
  wording: BackupWording,
): string {
  return backupType === null ? wording.text('page.charts.otherTypes') : wording.backupType(backupType);
}

/** Why the jobs of a day are not told; null: they are. */
function withoutWords(day: TrendDay, { text }: BackupWording): string | null {
  if (day.totals === null) return text('page.noReport');
  return isUncounted(day) ? text('page.typeTrend.notCounted') : null;
}

function markOf(day: TrendDay): string {
  if (day.totals === null) return '–';
  if (isUncounted(day)) return '?';
  return day.status === 'INCOMPLETE' ? '!' : '';
}

/** Its report is of a version that did not count them. */
function isUncounted({ totals, jobs }: TrendDay): boolean {
  return totals !== null && jobs === undefined;
}

function shortDate(day: TrendDay | undefined, wording: BackupWording): string {
  return day === undefined ? '' : dateWords(day.date, wording);
}
