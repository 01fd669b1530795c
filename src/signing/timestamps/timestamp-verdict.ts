/** A time stamp that was checked. */
export interface ValidTimestamp {
  readonly kind: 'valid';
  /** When the authority says that it saw the bytes, epoch milliseconds. */
  readonly genTimeMs: number;
  /** Subject of the certificate that signed. */
  readonly by: string;
}

/**
 * Why a time stamp proves nothing.
 *
 * - malformed: these bytes are no answer of RFC 3161, or one that its rules forbid.
 * - refused: the authority answered that it gives none.
 * - wrong-imprint: it is about other bytes.
 * - wrong-nonce: it answers another request.
 * - wrong-signature: the bytes are not those that the authority signed.
 * - untrusted: who signed is not certified by the authorities given, was not when it signed, or may not give time stamps.
 * - no-authority: no certificate was given to check it by.
 */
export interface InvalidTimestamp {
  readonly kind:
    | 'malformed'
    | 'refused'
    | 'wrong-imprint'
    | 'wrong-nonce'
    | 'wrong-signature'
    | 'untrusted'
    | 'no-authority';
  /** A clause in English: `it is about other bytes`. */
  readonly words: string;
}

export type TimestampVerdict = ValidTimestamp | InvalidTimestamp;
