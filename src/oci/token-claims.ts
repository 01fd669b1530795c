/** null: the token does not say. */
export interface TokenClaims {
  /** Epoch milliseconds. */
  readonly expiresMs: number | null;
  readonly subject: string | null;
  /** OCID. */
  readonly tenancy: string | null;
}

/** The claims of a token. Its signature is not verified: they are only used in messages. RFC 7519. */
export function claimsOf(token: string): TokenClaims {
  try {
    const {
      exp,
      sub,
      tenant,
      res_tenant: resourceTenant,
    } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return {
      expiresMs: typeof exp === 'number' ? exp * 1000 : null,
      subject: typeof sub === 'string' ? sub : null,
      tenancy: [resourceTenant, tenant].find((each) => typeof each === 'string') ?? null,
    };
  } catch {
    return { expiresMs: null, subject: null, tenancy: null };
  }
}
