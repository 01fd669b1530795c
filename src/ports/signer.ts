/** A key that signs. */
export interface SignatureKey {
  /** sha-256 of its public half (SubjectPublicKeyInfo in DER), in lower-case hex. */
  readonly keyId: string;
  /** SubjectPublicKeyInfo in PEM. */
  readonly publicPem: string;
  /** What people call it; absent: nothing. */
  readonly name?: string;
  /** The Ed25519 signature of the bytes (RFC 8032, pure): 64 bytes. Needs no network. */
  sign(bytes: Uint8Array): Uint8Array;
}

/**
 * Where a plan's key comes from.
 *
 * - `open` fetches the key. Once it was there, it stays in memory and is not asked for again.
 * - Throws Failure where it cannot be reached or is no key to sign with. The message says where it was looked for, and
 *   never holds a part of the key.
 */
export interface Signer {
  /** Where the key is, for people: `signing.key`, `secret ocid1.vaultsecret.… of OCI Vault`. */
  readonly location: string;
  open(): Promise<SignatureKey>;
}
