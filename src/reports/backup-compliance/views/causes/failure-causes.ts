/** What makes backups fail, as far as codes and words of the services tell it. */
export type FailureCauseId = (typeof failureCauseRows)[number]['id'];

interface FailureCauseRow {
  readonly id: string;
  /** https://docs.oracle.com/en/error-help/db/ */
  readonly codes: readonly string[];
  readonly words: readonly RegExp[];
}

/** The first row that fits is the cause. */
export const failureCauseRows = [
  {
    id: 'destination-unreachable',
    codes: ['ORA-19511', 'ORA-19554', 'ORA-27023'],
    words: [/destination (?:is )?unreachable/i, /cannot be reached|unable to connect/i],
  },
  {
    id: 'recovery-area-full',
    codes: ['ORA-19809', 'ORA-19804', 'ORA-19815'],
    words: [/recovery area .*full|DB_RECOVERY_FILE_DEST_SIZE/i],
  },
  {
    id: 'limit-reached',
    codes: [],
    words: [/LimitExceeded|QuotaExceeded|limit (?:was |is )?(?:reached|exceeded)/i],
  },
] as const satisfies readonly FailureCauseRow[];
