import type { AuditResult } from '../../../records/audit/audit-result.js';
import type { ChangeAction } from '../../../records/audit/change-action.js';
import type { Change } from '../model/change.js';
import type { ChangeCounts } from '../model/tenancy-report.js';

/** Counts of changes while they are counted. */
export interface ChangeTally {
  changes: number;
  readonly byAction: Record<ChangeAction, number>;
  readonly byResult: Record<AuditResult, number>;
  readonly done: Record<ChangeAction, number>;
  backupRelevant: number;
}

export function newChangeTally(): ChangeTally {
  return {
    changes: 0,
    byAction: { created: 0, updated: 0, deleted: 0, other: 0 },
    byResult: { succeeded: 0, refused: 0, failed: 0, unknown: 0 },
    done: { created: 0, updated: 0, deleted: 0, other: 0 },
    backupRelevant: 0,
  };
}

export function tallyChange(
  tally: ChangeTally,
  change: Pick<Change, 'action' | 'result' | 'backupRelevant'>,
): void {
  tally.changes += 1;
  tally.byAction[change.action] += 1;
  tally.byResult[change.result] += 1;
  if (change.result === 'succeeded') tally.done[change.action] += 1;
  if (change.backupRelevant) tally.backupRelevant += 1;
}

/** Adds what has been counted already. */
export function addCounts(tally: ChangeTally, counts: ChangeCounts): void {
  tally.changes += counts.changes;
  tally.backupRelevant += counts.backupRelevant;
  for (const action of ['created', 'updated', 'deleted', 'other'] as const) {
    tally.byAction[action] += counts.byAction[action];
    tally.done[action] += counts.done[action];
  }
  for (const result of ['succeeded', 'refused', 'failed', 'unknown'] as const) {
    tally.byResult[result] += counts.byResult[result];
  }
}
