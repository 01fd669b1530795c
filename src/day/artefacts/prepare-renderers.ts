import type { SourceReport } from '../../model/report-head.js';
import type { Renderer } from '../../ports/renderer.js';

/** Judging so many records takes as long as loading what renders them. */
const largeDay = 20_000;

/**
 * Judging keeps one core busy. On a large day, the other one loads meanwhile what renders the report. On a small day that
 * would take longer than it saves, and most days that keep their report are small.
 *
 * @param sources of the day, read to their end
 */
export function prepareRenderers(
  renderers: readonly Pick<Renderer, 'prepare'>[],
  sources: readonly Pick<SourceReport, 'controlTotals'>[],
): void {
  const used = sources.reduce((sum, { controlTotals }) => sum + controlTotals.used, 0);
  if (used < largeDay) return;
  for (const renderer of renderers) renderer.prepare?.();
}
