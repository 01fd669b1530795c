import type { DailyReport } from '../model/daily-report.js';
import type { BackupWording } from './backup-wording.js';

/**
 * What a report over resources of Azure does not assess, how long it waited for late rows, and what its sources lack; empty
 * for any other.
 */
export function cloudNotes(
  {
    resources,
    settleDelaySeconds,
    sources,
  }: Pick<DailyReport, 'resources' | 'settleDelaySeconds' | 'sources'>,
  { text, duration }: BackupWording,
): readonly string[] {
  const ofSources = sources.flatMap(({ name, notes = [] }) => notes.map((note) => `${name}: ${note}`));
  if (!resources.some(({ cloud }) => cloud === 'azure')) return ofSources;
  const waited =
    settleDelaySeconds === undefined
      ? []
      : [text('wording.azure.settled', { delay: duration(settleDelaySeconds) })];
  return [text('wording.azure.notAssessed'), ...waited, ...ofSources];
}
