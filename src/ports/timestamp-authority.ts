/** A time stamp that was checked when it came. */
export interface Timestamp {
  /** The answer of the authority as it came (RFC 3161, TimeStampResp in DER): what is archived. */
  readonly reply: Uint8Array;
  /** When the authority says that it saw the bytes, epoch milliseconds. */
  readonly genTimeMs: number;
  /** Who signed it. */
  readonly by: string;
  /** How far the authority's clock is ahead of this machine's, milliseconds. Its answers tell whole seconds. */
  readonly clockSkewMs: number;
}

/** A certificate that an authority's time stamps are checked by. */
export interface AuthorityCertificate {
  /** sha-256 of the certificate in DER, lower-case hex: what people compare. */
  readonly sha256: string;
  readonly pem: string;
}

/**
 * A time-stamping authority (RFC 3161): a third party that says when it saw bytes. It gets their sha-256 alone.
 *
 * - `stamp` asks for a time stamp over the bytes, and gives only one that is about them, answers this request, and is signed by
 *   who is trusted. Anything else, and an authority that cannot be reached, is a Failure, after a few attempts and within a
 *   bounded time. Its message never holds more of the URL than the host.
 * - `certificates` are those that are trusted, in the order of their file. Throws Failure where they cannot be read.
 */
export interface TimestampAuthority {
  /** For people: the host. */
  readonly location: string;
  stamp(bytes: Uint8Array): Promise<Timestamp>;
  certificates(): Promise<readonly AuthorityCertificate[]>;
}
