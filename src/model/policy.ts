/** What is demanded of a resource. Durations in milliseconds; null: no demand. */
export interface Policy {
  readonly name: string;
  readonly isDefault: boolean;
  readonly maxAgeMs: number;
  readonly maxDurationMs: number;
  readonly minRetentionMs: number | null;
}
