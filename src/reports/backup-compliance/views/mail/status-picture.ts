import type { ReportTotals } from '../../model/daily-report.js';
import { lightColours } from '../charts/colours.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { Picture } from '../../../../renderers/email/mail-pictures.js';
import { openDrawing } from '../../../../renderers/email/rasterise.js';

/** By outcome, as in the picture: the table beside it says in words which is which. */
export const outcomeColours = lightColours.outcomes;

/** In CSS pixels, as broad as high. */
export const statusPictureSize = 120;

/** How many resources have which outcome, as a ring without words; null where nothing was seen. */
export async function statusPicture(
  { expected, byOutcome }: ReportTotals,
  wording: Wording,
): Promise<Picture | null> {
  if (expected === 0) return null;
  // Loaded here, because only a plan with a mail or a page needs the library that draws.
  const { statusChartSvg } = await import('../charts/status-chart.js');
  const size = { width: statusPictureSize, height: statusPictureSize };
  const svg = statusChartSvg(byOutcome, wording, size, lightColours, { words: false });
  const drawing = await openDrawing(svg);
  return { ...size, contentType: 'image/png', bytes: drawing.draw(size.width) };
}
