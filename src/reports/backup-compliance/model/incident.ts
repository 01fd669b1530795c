/** A critical condition on a resource, opened by a critical event, closed by its `_CLEARED`. */
export interface Incident {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  /** Oracle's event name: `HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE`. */
  readonly condition: string;
  /** Backup failures count against the resource; other conditions are context. */
  readonly bearsOnBackups: boolean;
  readonly state: 'open' | 'cleared';
  /** ISO 8601 UTC; null where only the clearing was seen. */
  readonly openedAt: string | null;
  readonly lastSeenAt: string;
  readonly clearedAt: string | null;
  readonly description: string | null;
  /** Every notice that tells of it, in order of time. */
  readonly eventIds: readonly string[];
}
