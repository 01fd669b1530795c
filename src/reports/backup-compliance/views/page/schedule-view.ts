import { pageChart } from '../../../../renderers/charts/page-chart.js';
import { shortText } from '../../../../renderers/view/view-parts.js';
import { type JobStatus, jobStatuses } from '../../model/backup-job.js';
import type { BackupWording } from '../backup-wording.js';
import { colourClasses, lightColours, statusClass } from '../charts/colours.js';
import { foldTypes, type Schedule, type ScheduleCell } from '../charts/count-schedule.js';
import type { HourOfDay } from '../charts/hours-of-day.js';
import { scheduleChartSvg } from '../charts/schedule-chart.js';

/** Most types that the schedule shows separately. */
const typeCap = 12;

/** A colour of jobs, its letter and its meaning. */
export interface StatusLegendEntry {
  readonly class: string;
  readonly mark: string;
  readonly words: string;
}

/** Jobs by hour and resource type: the drawing, and its numbers. */
export interface ScheduleView {
  readonly svg: string;
  readonly legend: readonly StatusLegendEntry[];
  /** `05`; `01 UTC-4` of an hour that the day has twice. */
  readonly hours: readonly string[];
  readonly rows: readonly {
    readonly type: string;
    /** `3`, `3 F`: the letter of the worst, unless all succeeded. */
    readonly counts: readonly string[];
    readonly total: string;
  }[];
}

/** null: no job has a known time. */
export function scheduleView({ byType, hours }: Schedule, wording: BackupWording): ScheduleView | null {
  if (byType.length === 0) return null;
  const { language, text } = wording;
  const isFolded = byType.length > typeCap;
  const rows = foldTypes(byType, typeCap, text('page.charts.otherTypes')).map((row, index) => ({
    ...row,
    filter: isFolded && index === typeCap - 1 ? null : row.type,
    type: shortText(wording.resourceType(row.type), 40),
  }));
  return {
    svg: pageChart(
      scheduleChartSvg({ hours, rows }, wording, lightColours),
      {
        id: 'chart-schedule',
        title: text('page.charts.schedule.title'),
        description: busiestWords({ byType, hours }, wording),
        // Its squares are links, which a picture has none of.
        role: 'group',
      },
      colourClasses(lightColours),
    ),
    legend: statusLegend(
      rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.worst ?? [])),
      wording,
    ),
    hours: hours.map(hourWords),
    rows: rows.map(({ type, cells, total }) => ({
      type,
      counts: cells.map((cell) => cellWords(cell, wording)),
      total: language.integer(total),
    })),
  };
}

/** What the colours of jobs mean, of those that are there, worst first. */
export function statusLegend(
  present: readonly JobStatus[],
  wording: BackupWording,
): readonly StatusLegendEntry[] {
  return jobStatuses
    .filter((status) => present.includes(status))
    .map((status) => ({
      class: statusClass(status),
      mark: wording.jobStatusMark(status),
      words: wording.jobStatus(status).words,
    }));
}

function cellWords(cell: ScheduleCell | null, { language, jobStatusMark }: BackupWording): string {
  if (cell === null) return '';
  const count = language.integer(cell.jobs);
  return cell.worst === 'SUCCEEDED' ? count : `${count} ${jobStatusMark(cell.worst)}`;
}

/** The hour in which most jobs began. */
function busiestWords(
  { byType, hours }: Pick<Schedule, 'byType' | 'hours'>,
  { text }: BackupWording,
): string {
  const sums = hours.map((_, index) => {
    let sum = 0;
    for (const { cells } of byType) sum += cells[index]?.jobs ?? 0;
    return sum;
  });
  const most = Math.max(...sums);
  const hour = hours[sums.indexOf(most)]?.hour ?? '';
  return text('page.charts.schedule.description', { hour, number: most });
}

function hourWords({ hour, offset }: HourOfDay): string {
  return offset === null ? hour : `${hour} ${offset}`;
}
