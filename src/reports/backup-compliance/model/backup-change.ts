/** Something done to backups, or to how they are made: a deletion, a changed policy, a restore. */
export interface BackupChange {
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly kind: 'deletion' | 'settings' | 'restore' | 'termination';
  /** Oracle's display name of the event type. */
  readonly what: string;
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  /** What was changed, where it is not the resource itself: the backup, the policy, the destination. */
  readonly subjectId: string | null;
  /** How it ended, the source's own word. */
  readonly state: string | null;
  /** Who did it, where the event says so (Audit). */
  readonly principal: string | null;
  /** The source's own words, and what follows for compliance. */
  readonly detail: string | null;
  readonly eventId: string;
}
