/** One schedule of a backup policy, its words as OCI writes them: `ONE_DAY`, `INCREMENTAL`. */
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

/** How a resource is set up to be backed up; nothing of whether it was. */
export interface Protection {
  /** Null: could not be found out. */
  readonly enabled: boolean | null;
  /** For a person: `automatic backup`, `backup policy gold`, `none`, `unknown`. */
  readonly means: string;
  /** Of a policy with several schedules the shortest, in whole days. Null where there is none or nothing says. */
  readonly retentionDays: number | null;
  /** Where backups go, as the service calls it: `OBJECT_STORE`, `DBRS`; a region that a policy copies to. */
  readonly destination: string | null;
  readonly schedules?: readonly BackupSchedule[];
}

/** One entry of the inventory: a resource that should be backed up. */
export interface ProtectedResource {
  /** OCID in lower case, or whatever the inventory calls it. */
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  readonly compartmentId: string | null;
  readonly compartmentName: string | null;
  readonly owner: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** When it was made, ISO 8601 UTC; null or missing where the inventory does not say. */
  readonly createdTime?: string | null;
  /** What OCI's own services say; missing where the inventory does not ask them. */
  readonly protection?: Protection;
}
