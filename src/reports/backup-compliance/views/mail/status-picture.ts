import type { StatusDrawing } from '../../../../renderers/view/report-views.js';
import type { ReportTotals } from '../../model/daily-report.js';
import { lightColours } from '../charts/colours.js';
import { statusRingSvg } from '../charts/status-chart.js';

/** By outcome, as in the picture: the table beside it names each in words. */
export const outcomeColours = lightColours.outcomes;

/** In CSS pixels; the picture is square. */
const statusPictureSize = 120;

/** How many resources have which outcome, as a ring without words; null if there is no resource. */
export function statusPicture({ expected, byOutcome }: ReportTotals): StatusDrawing | null {
  if (expected === 0) return null;
  const size = { width: statusPictureSize, height: statusPictureSize };
  return { ...size, svg: statusRingSvg(byOutcome, size, lightColours) };
}
