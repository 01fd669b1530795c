/** Who may sign in. */
export interface Principal {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What a federated token file holds. */
  readonly assertion: string;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: unknown;
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** As Microsoft Entra ID ends its messages. */
const trace =
  ' Trace ID: 11111111-aaaa-4aaa-8aaa-000000000000 Correlation ID: 22222222-bbbb-4bbb-8bbb-000000000000 Timestamp: 2026-11-19 06:30:00Z';

/** Microsoft Entra ID: learn.microsoft.com, entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export class TokenService {
  readonly principal: Principal;
  /** Tokens that were given, and whom for. */
  readonly audiences = new Map<string, string>();
  readonly #nowMs: () => number;
  #given = 0;

  constructor(principal: Principal, nowMs: () => number) {
    this.principal = principal;
    this.#nowMs = nowMs;
  }

  /** `GET /{tenant}/v2.0/.well-known/openid-configuration` */
  configuration(tenant: string, base: string): TokenAnswer {
    if (tenant !== this.principal.tenantId) {
      return refusal(400, 'invalid_tenant', 90_002, `Tenant '${tenant}' not found.`);
    }
    const root = `${base}/${tenant}`;
    const body = {
      issuer: `${root}/v2.0`,
      authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
      token_endpoint: `${root}/oauth2/v2.0/token`,
      jwks_uri: `${root}/discovery/v2.0/keys`,
    };
    return { status: 200, body };
  }

  /** `POST /{tenant}/oauth2/v2.0/token` */
  token(tenant: string, form: URLSearchParams): TokenAnswer {
    const { tenantId, clientId, clientSecret, assertion } = this.principal;
    if (tenant !== tenantId) return refusal(400, 'invalid_tenant', 90_002, `Tenant '${tenant}' not found.`);
    if (form.get('grant_type') !== 'client_credentials') {
      return refusal(400, 'unsupported_grant_type', 70_003, 'The grant type is not supported.');
    }
    if (form.get('client_id') !== clientId) {
      const words = `Application with identifier '${form.get('client_id')}' was not found in the directory.`;
      return refusal(400, 'unauthorized_client', 700_016, words);
    }
    const isByAssertion = form.get('client_assertion_type') === assertionType;
    if (isByAssertion && form.get('client_assertion') !== assertion) {
      return refusal(401, 'invalid_client', 700_211, 'No matching federated identity record found.');
    }
    if (!isByAssertion && form.get('client_secret') !== clientSecret) {
      return refusal(401, 'invalid_client', 7_000_215, 'Invalid client secret provided.');
    }
    // MSAL asks for those of people, too.
    const scope = (form.get('scope') ?? '').split(' ').find((each) => each.endsWith('/.default'));
    if (scope === undefined) return refusal(400, 'invalid_scope', 70_011, 'The scope is not valid.');
    return { status: 200, body: this.#give(scope.replace(/\/\.default$/, '')) };
  }

  /** The metadata service of a machine: managed identities. */
  ofMachine(query: URLSearchParams, metadata: string | undefined, clientId: string | null): TokenAnswer {
    if (metadata !== 'true') return { status: 400, body: { error: 'invalid_request' } };
    if (query.get('client_id') !== clientId) {
      return { status: 400, body: { error: 'invalid_request', error_description: 'Identity not found' } };
    }
    const resource = query.get('resource') ?? '';
    const { access_token: token } = this.#give(resource);
    const expires = String(Math.floor(this.#nowMs() / 1000) + 3600);
    return {
      status: 200,
      body: { access_token: token, expires_on: expires, resource, token_type: 'Bearer' },
    };
  }

  #give(audience: string): {
    readonly token_type: string;
    readonly expires_in: number;
    readonly access_token: string;
  } {
    this.#given += 1;
    const token = `token-${this.#given}`;
    this.audiences.set(token, audience);
    return { token_type: 'Bearer', expires_in: 3599, access_token: token };
  }
}

function refusal(status: number, error: string, code: number, words: string): TokenAnswer {
  return {
    status,
    body: { error, error_description: `AADSTS${code}: ${words}${trace}`, error_codes: [code] },
  };
}
