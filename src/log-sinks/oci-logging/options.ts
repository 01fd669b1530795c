import type { Place } from '../../oci/connection.js';

export interface OciLoggingOptions extends Place {
  /** OCID of a log of type CUSTOM. */
  readonly logId: string;
  /** What entries name as their source and type (CloudEvents 1.0). */
  readonly source: string;
  readonly type: string;
  /** Where the log is found by a search; absent: it is not read back. */
  readonly readBack?: ReadBackPlace | undefined;
}

export interface ReadBackPlace {
  /** OCIDs. */
  readonly compartmentId: string;
  readonly logGroupId: string;
  /** Of Logging search; absent: the region's own. */
  readonly endpoint?: string | undefined;
}
