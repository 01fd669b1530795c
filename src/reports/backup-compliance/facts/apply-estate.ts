import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { EstateItem } from '../events/azure/azure-estate.js';
import { pointWithoutId } from '../model/recovery-point.js';
import { type ResourceHistory, historyOf, later, withKnownTags } from './resource-history.js';

/**
 * Adds what vaults of Azure tell of their items by the cut-off: an item is there whether a job of it was seen or not, is
 * protected or not, and has recovery points that no job of the reading told of.
 */
export function applyEstate(
  histories: Map<string, ResourceHistory>,
  estate: readonly EstateItem[],
  day: ReportDay,
): void {
  for (const item of estate) {
    if (!item.isActive || item.toldMs >= day.cutOffMs) continue;
    const history = historyOf(histories, item.resource);
    history.resource = withKnownTags(item.resource, history.resource);
    history.seenMs = later(history.seenMs, item.toldMs);
    applySetting(history, item);
    applyPoint(history, item);
    if (item.storedBytes !== null) history.storedBytes = item.storedBytes;
  }
}

/** Items that are there by the cut-off: events may tell of them alone. */
export function itemsOf(estate: readonly EstateItem[], day: ReportDay): readonly ProtectedResource[] {
  return estate
    .filter(({ isActive, toldMs }) => isActive && toldMs < day.cutOffMs)
    .map(({ resource, protection }) => ({ ...resource, owner: null, protection }));
}

/** The row tells how it is set up by then: what an update has set before does not hold any more. */
function applySetting(history: ResourceHistory, { protection, toldMs }: EstateItem): void {
  const { held } = history;
  if (held !== null && protection.enabled !== null) {
    const isOlder = (set: { readonly sinceMs: number } | null): boolean =>
      set !== null && set.sinceMs <= toldMs;
    const left = {
      protection: isOlder(held.protection) ? null : held.protection,
      retention: isOlder(held.retention) ? null : held.retention,
    };
    history.held = (left.protection ?? left.retention) === null ? null : { ...held, ...left };
  }
  if (toldMs < (history.settingsMs ?? toldMs)) return;
  history.autoBackupEnabled = protection.enabled;
  history.recoveryWindowDays = protection.retentionDays ?? history.recoveryWindowDays;
  history.settingsMs = toldMs;
}

/** A recovery point that is newer than those that jobs told of. One that was told before a deletion may be deleted. */
function applyPoint(history: ResourceHistory, { latestPoint }: EstateItem): void {
  if (latestPoint === null) return;
  const { atMs, toldMs } = latestPoint;
  const deletedMs = history.points.map((point) => point.deletedMs).reduce(later, null);
  const allDeletedMs = history.dayDeletions.map((each) => each.deletedMs).reduce(later, deletedMs);
  if (allDeletedMs !== null && allDeletedMs >= toldMs) return;
  const newestMs = history.points
    .filter(({ result, deletedMs: gone }) => result === 'succeeded' && gone === null)
    .map(({ endMs }) => endMs)
    .reduce(later, null);
  if (newestMs !== null && newestMs >= atMs) return;
  history.points = [...history.points, pointWithoutId(atMs)];
}
