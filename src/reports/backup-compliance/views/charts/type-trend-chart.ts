import { svgDrawing, svgElement, svgText } from '../../../../renderers/charts/svg.js';
import { type JobStatus, jobStatuses } from '../../model/backup-job.js';
import { type ChartColours, statusColour } from './colours.js';

/** Jobs of one type on one day. */
export interface TypeDay {
  /** null: they were not counted, or there is no report of the day. */
  readonly byStatus: Readonly<Record<JobStatus, number>> | null;
  /** In the place of a bar, or above it: `?`, `–`, `!`; '' for an ordinary day. */
  readonly mark: string;
  /** What the bar says to those who point at it. */
  readonly words: string;
}

const width = 180;
const markHeight = 13;
const barsHeight = 44;
const baseline = markHeight + barsHeight;
/** One failure among very many must still be seen. */
const leastHeight = 3;

/** A bar for each day, oldest first, as SVG text: jobs by status, the worst on top, on a scale of its own. */
export function typeTrendSvg(days: readonly TypeDay[], colours: ChartColours): string {
  const column = width / Math.max(1, days.length, 7);
  const most = Math.max(1, ...days.map(({ byStatus }) => (byStatus === null ? 0 : totalOf(byStatus))));
  // The same for every bar, so that equal numbers are equally high.
  const parts = Math.max(
    1,
    ...days.map(({ byStatus }) => (byStatus === null ? 0 : partsOf(byStatus).length)),
  );
  const unit = (barsHeight - parts * (leastHeight + 1)) / most;
  const bars = days.map((day, index) => {
    const place = { x: round(index * column + column * 0.1), width: round(column * 0.8) };
    const drawn =
      day.byStatus === null ? gapBar(place, colours) : stack(day.byStatus, unit, { place, colours });
    const mark = markText(day, place, colours);
    return svgElement('g', {}, svgElement('title', {}, svgText(day.words)), ...drawn, ...mark);
  });
  const line = { x1: 0, y1: baseline + 0.5, x2: width, y2: baseline + 0.5, stroke: colours.line };
  return svgDrawing({ width, height: baseline + 1 }, svgElement('line', line), '\n', bars.join('\n'));
}

interface Place {
  readonly x: number;
  readonly width: number;
}

/** From the ground: what went well first. */
function stack(
  byStatus: Readonly<Record<JobStatus, number>>,
  unit: number,
  { place, colours }: { readonly place: Place; readonly colours: ChartColours },
): readonly string[] {
  let y = baseline;
  return partsOf(byStatus)
    .toReversed()
    .map((status) => {
      const height = leastHeight + unit * byStatus[status];
      y -= height;
      const rect = { x: place.x, y: round(y), width: place.width, height: round(height) };
      y -= 1;
      return svgElement('rect', { ...rect, fill: statusColour(status, colours) });
    });
}

/** Where nothing is known there is no bar, but not nothing either. */
function gapBar({ x, width: wide }: Place, { gap }: ChartColours): readonly string[] {
  return [svgElement('rect', { x, y: markHeight, width: wide, height: barsHeight, fill: gap })];
}

function markText({ byStatus, mark }: TypeDay, place: Place, { soft }: ChartColours): readonly string[] {
  if (mark === '') return [];
  const y = byStatus === null ? markHeight + barsHeight / 2 + 4 : 11;
  const at = { x: round(place.x + place.width / 2), y, 'text-anchor': 'middle', 'font-size': 11, fill: soft };
  return [svgElement('text', at, svgText(mark))];
}

function partsOf(byStatus: Readonly<Record<JobStatus, number>>): readonly JobStatus[] {
  return jobStatuses.filter((status) => byStatus[status] > 0);
}

function totalOf(byStatus: Readonly<Record<JobStatus, number>>): number {
  let total = 0;
  for (const status of jobStatuses) total += byStatus[status];
  return total;
}

function round(units: number): number {
  return Math.round(units * 10) / 10;
}
