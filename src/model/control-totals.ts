/** Every record read has exactly one disposition. */
export type Disposition = 'used' | 'duplicate' | 'outside' | 'ignored' | 'rejected';

/** read = used + duplicate + outside + ignored + rejected, always. */
export interface ControlTotals {
  readonly read: number;
  readonly used: number;
  readonly duplicate: number;
  readonly outside: number;
  readonly ignored: number;
  readonly rejected: number;
}

/** A record that could not be read. */
export interface RejectedRecord {
  readonly reason: string;
  /** At most 200 characters of it. */
  readonly excerpt: string;
  /** Of the whole record as read: finds it in the evidence. */
  readonly sha256: string;
}
