import { parseInstant } from '../../../../base/instants.js';
import { shortText } from '../../../../renderers/view/view-parts.js';
import type { DailyReport } from '../../model/daily-report.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import type { BackupWording } from '../backup-wording.js';

/** The last good backup of each type, and what was attempted on the day. */
export interface BackupsByType {
  /** false: the report is of a version that did not tell them apart, and nothing is known. */
  readonly isTold: boolean;
  readonly full: LastGood | null;
  readonly incremental: LastGood | null;
  /** Of any other type. */
  readonly others: readonly (LastGood & { readonly type: string })[];
  /** `Incremental: 2, of them 1 failed`, one of each type; empty: none was seen. */
  readonly attempts: readonly string[];
}

/** `2026-11-19 02:10 EST`, `21 h 50 min` before the cut-off. */
export interface LastGood {
  readonly time: string;
  readonly age: string;
}

type OfType = NonNullable<ResourceCompliance['byBackupType']>[number];

export function backupsByType(
  { byBackupType }: Pick<ResourceCompliance, 'byBackupType'>,
  day: Pick<DailyReport['reportDay'], 'timezone' | 'cutOff'>,
  wording: BackupWording,
): BackupsByType {
  if (byBackupType === undefined) {
    return { isTold: false, full: null, incremental: null, others: [], attempts: [] };
  }
  const good = (each: OfType | undefined): LastGood | null => lastGood(each, day, wording);
  return {
    isTold: true,
    full: good(byBackupType.find(({ type }) => type === 'full')),
    incremental: good(byBackupType.find(({ type }) => type === 'incremental')),
    others: byBackupType.flatMap((each) => {
      const last = each.type === 'full' || each.type === 'incremental' ? null : good(each);
      return last === null ? [] : [{ type: wording.backupType(each.type), ...last }];
    }),
    attempts: byBackupType
      .filter(({ attempts }) => attempts > 0)
      .map(({ type, attempts, failed }) =>
        wording.text('page.types.attempts', { type: wording.backupType(type), number: attempts, failed }),
      ),
  };
}

function lastGood(
  each: OfType | undefined,
  { timezone, cutOff }: Pick<DailyReport['reportDay'], 'timezone' | 'cutOff'>,
  wording: BackupWording,
): LastGood | null {
  const lastSuccess = each?.lastSuccess ?? null;
  const endMs = parseInstant(lastSuccess);
  const cutOffMs = parseInstant(cutOff);
  if (lastSuccess === null || endMs === undefined || cutOffMs === undefined) return null;
  return {
    time: shortText(wording.time(lastSuccess, timezone)),
    age: wording.duration((cutOffMs - endMs) / 1000),
  };
}
