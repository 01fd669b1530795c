/** One schedule of a backup policy, with the values as OCI writes them: `ONE_DAY`, `INCREMENTAL`. */
export interface BackupSchedule {
  readonly period: string;
  readonly backupType: string;
  /** Null where the service does not say. */
  readonly retentionSeconds: number | null;
  /** `SUNDAY`; for `ONE_WEEK`. */
  readonly dayOfWeek?: string | null;
  /** 1 to 28; for `ONE_MONTH` and `ONE_YEAR`. */
  readonly dayOfMonth?: number | null;
  /** `JANUARY`; for `ONE_YEAR`. */
  readonly month?: string | null;
  readonly hourOfDay?: number | null;
  /** `UTC` or `REGIONAL_DATA_CENTER_TIME`. */
  readonly timeZone?: string | null;
}

/** How a resource is set up to be backed up, not whether it was. */
export interface Protection {
  /** Null: unknown. */
  readonly enabled: boolean | null;
  /** For a person: `automatic backup`, `backup policy gold`, `none`, `unknown`. */
  readonly means: string;
  /** In whole days, the shortest where a policy has several schedules. Null where there is none or it is unknown. */
  readonly retentionDays: number | null;
  /** Where backups go, in the service's words: `OBJECT_STORE`, `DBRS`, or a region that a policy copies to. */
  readonly destination: string | null;
  readonly schedules?: readonly BackupSchedule[];
  /** OCID in lower case of the backup or protection policy; missing where there is none or it is unknown. */
  readonly policyId?: string;
}

/** One entry of the inventory: a resource that should be backed up. */
export interface ProtectedResource {
  /** OCID in lower case, or whatever id the inventory uses. */
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  readonly compartmentId: string | null;
  readonly compartmentName: string | null;
  readonly owner: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** When it was created, ISO 8601 UTC; null or missing where the inventory does not say. */
  readonly createdTime?: string | null;
  /** The volume group that it is in, by OCID or name; null or missing where the inventory tells of none. */
  readonly memberOf?: string | null;
  /** The inventory could not find out whether it is in a group. */
  readonly isMembershipUnknown?: boolean;
  /** What OCI's services report; missing where the inventory does not query them. */
  readonly protection?: Protection;
}
