import { fitText, svgDrawing, svgElement, svgText } from '../../../../renderers/charts/svg.js';
import type { BackupWording } from '../backup-wording.js';
import { type ChartColours, inkOn, statusColour } from './colours.js';
import type { Schedule, ScheduleCell, ScheduleRow } from './count-schedule.js';
import type { HourOfDay } from './hours-of-day.js';

/** Units of the drawing. Its texts can be read where a unit is a pixel; the page shows it no smaller. */
const width = 960;
const nameWidth = 156;
const rowHeight = 32;
const axisHeight = 30;
const gap = 2;

export interface ScheduleChartInput {
  readonly hours: Schedule['hours'];
  /** Names as they are to be shown. */
  readonly rows: readonly (ScheduleRow & {
    /** What the page filters by; null: the row is of many types, and leads nowhere. */
    readonly filter: string | null;
  })[];
}

/**
 * Squares by hour of the day and resource type, as SVG text: the number of jobs in the colour of the worst of them, with
 * its letter unless all went well. Each square is a link to the resources of its type and hour: `#type=volume&hour=05`.
 */
export function scheduleChartSvg(
  { hours, rows }: ScheduleChartInput,
  wording: BackupWording,
  colours: ChartColours,
): string {
  const cellWidth = (width - nameWidth) / Math.max(1, hours.length);
  const axis = hours.map((hour, column) => hourLabel(hour, nameWidth + (column + 0.5) * cellWidth, colours));
  const body = rows.map((row, index) => {
    const y = axisHeight + index * rowHeight;
    const name = svgElement(
      'text',
      { x: nameWidth - 10, y: y + 20, 'text-anchor': 'end', 'font-size': 13, fill: colours.text },
      svgText(fitText(row.type, 21)),
    );
    const cells = row.cells.map((cell, column) => {
      const hour = hours[column];
      if (cell === null || hour === undefined) return '';
      const place = { x: nameWidth + column * cellWidth, y, width: cellWidth - gap, height: rowHeight - gap };
      return square({ row, cell, hour, place }, wording, colours);
    });
    return `${name}\n${cells.join('')}`;
  });
  const height = axisHeight + rows.length * rowHeight;
  return svgDrawing({ width, height }, ...axis, '\n', body.join('\n'));
}

/** What a square says to those who do not see it: `volume, 05:00: 3 jobs (1 failed, 2 succeeded)`. */
export function squareWords(
  type: string,
  hour: HourOfDay,
  cell: ScheduleCell,
  wording: BackupWording,
): string {
  const time = hour.offset === null ? `${hour.hour}:00` : `${hour.hour}:00 ${hour.offset}`;
  const parts = wording.statusCounts(cell.byStatus);
  return wording.text('page.charts.schedule.square', { type, time, number: cell.jobs, parts });
}

interface Square {
  readonly row: ScheduleChartInput['rows'][number];
  readonly cell: ScheduleCell;
  readonly hour: HourOfDay;
  readonly place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

function square({ row, cell, hour, place }: Square, wording: BackupWording, colours: ChartColours): string {
  const { x, y } = place;
  const words = squareWords(row.type, hour, cell, wording);
  const ink = inkOn(cell.worst, colours);
  const isGood = cell.worst === 'SUCCEEDED';
  const count = { x: round(x + place.width / 2), y: y + (isGood ? 20 : 23), 'text-anchor': 'middle' };
  const drawn = [
    svgElement('title', {}, svgText(words)),
    svgElement('rect', {
      x: round(x),
      y,
      width: round(place.width),
      height: place.height,
      rx: 2,
      fill: statusColour(cell.worst, colours),
    }),
    svgElement('text', { ...count, 'font-size': 12, fill: ink }, svgText(shortCount(cell.jobs, wording))),
    ...(isGood
      ? []
      : [
          svgElement(
            'text',
            { x: round(x + 4), y: y + 11, 'font-size': 10, 'font-weight': 'bold', fill: ink },
            svgText(wording.jobStatusMark(cell.worst)),
          ),
        ]),
  ];
  if (row.filter === null) return svgElement('g', {}, ...drawn);
  const view = new URLSearchParams({ type: row.filter, hour: hour.hour });
  return svgElement('a', { href: `#${view.toString()}` }, ...drawn);
}

function hourLabel({ hour, offset }: HourOfDay, x: number, { soft }: ChartColours): string {
  const label = { x: round(x), 'text-anchor': 'middle', fill: soft };
  const name = svgElement('text', { ...label, y: 12, 'font-size': 12 }, svgText(hour));
  return offset === null
    ? name
    : `${name}${svgElement('text', { ...label, y: 23, 'font-size': 9 }, svgText(offset))}`;
}

/** A square has room for three characters: `999`, `12k`. */
function shortCount(jobs: number, { language }: BackupWording): string {
  return jobs < 1000 ? language.integer(jobs) : `${Math.floor(jobs / 1000)}k`;
}

function round(units: number): number {
  return Math.round(units * 10) / 10;
}
