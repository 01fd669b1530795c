import type { AuditRecord } from '../../../records/audit/audit-record.js';
import type { DayRecollection } from '../../report-kind.js';

/** When a principal was seen making a change, as dates of report days. */
export interface KnownPrincipal {
  /** OCID in lower case, or the name where no OCID is told. */
  readonly id: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** A source that told of a day, and the last such day. */
export interface KnownSource {
  readonly name: string;
  readonly lastRecords: string;
}

/** What one day hands to the next. It is bounded: see carry-forward.ts. */
export interface TenancyMemory extends DayRecollection {
  readonly principals: ReadonlyMap<string, KnownPrincipal>;
  /** Since which report day principals are known; null: of none. */
  readonly principalsKnownSince: string | null;
  /** Begins that had no end at the cut-off. */
  readonly running: readonly AuditRecord[];
  readonly sources: readonly KnownSource[];
}
