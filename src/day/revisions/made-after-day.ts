import type { ArchivedManifest } from '../../model/manifest.js';
import type { ReportDay } from '../../model/report-day.js';

/** A report that was made before its day was over is none of that day, whatever it says. */
export function mustReplace(
  known: ArchivedManifest,
  { day, generatedAtMs }: { readonly day: ReportDay; readonly generatedAtMs: number },
): boolean {
  return !wasDayOver(known) && day.cutOffMs <= generatedAtMs;
}

/**
 * Whether a report was made when its day was over. One that was made before says what was known then, and is not the report
 * of that day: it is made again. Manifests that do not tell count as made afterwards.
 */
export function wasDayOver({
  generatedAt,
  cutOff,
}: Partial<Pick<ArchivedManifest, 'generatedAt' | 'cutOff'>>): boolean {
  const [madeMs, endMs] = [Date.parse(generatedAt ?? ''), Date.parse(cutOff ?? '')];
  return Number.isNaN(madeMs) || Number.isNaN(endMs) || madeMs >= endMs;
}
