import { AsyncLocalStorage } from 'node:async_hooks';
import type common from 'oci-common';
import { Failure } from '../errors.js';
import type { Log } from '../ports.js';
import { type AuthOptions, authenticate } from './authentication.js';
import { type FailureSink, type HttpOptions, createHttpClient } from './http-client.js';
import { OciCallError } from './oci-error.js';
import { quietSdk } from './quiet-sdk.js';

/** Where a service is: a region's own endpoint, or the one named. */
export interface Place {
  readonly region?: string | undefined;
  /** `https://…` or, in tests and behind a tunnel, `http://…`. */
  readonly endpoint?: string | undefined;
}

/** What every client of the SDK is made with. */
export interface ClientParts {
  readonly params: { readonly httpClient: common.HttpClient };
  readonly configuration: common.ClientConfiguration;
}

/** A client of the SDK, as far as placing it goes. */
interface Placeable {
  endpoint: string;
  regionId: string;
}

/** One identity and one HTTP client for all services: one tenancy for each plan. */
export interface OciConnection {
  readonly principal: string;
  /** OCID; null where the credentials do not tell. */
  readonly tenancy: string | null;
  /** How far the service's clock is ahead of this machine's, milliseconds; null before the first answer. */
  clockSkewMs(): number | null;
  /** Runs calls of the SDK. Throws OciCallError; Failure('usage') when OCI never accepted the credentials. */
  call<T>(work: () => Promise<T>): Promise<T>;
  /** Throws Failure('usage') where no region is set, or one that the SDK does not know. */
  checkPlace(at: Place): void;
  /** Makes a client and points it to its place. Throws as checkPlace. */
  place<T extends Placeable>(at: Place, make: (parts: ClientParts) => T): T;
}

/** @throws Failure('usage') when the credentials cannot be had */
export async function connect(
  auth: AuthOptions,
  directory: string,
  http: HttpOptions,
  log: Log,
): Promise<OciConnection> {
  const { provider, principal, region, tenancy } = await authenticate(auth, directory);
  // CommonJS: its names are properties of the default export.
  const { default: sdk } = await import('oci-common');
  quietSdk();
  const sinks = new AsyncLocalStorage<FailureSink>();
  const makeSigner = (each: common.AuthenticationDetailsProvider): common.RequestSigner =>
    new sdk.DefaultRequestSigner(each);
  let skewMs: number | null = null;
  const httpClient = createHttpClient(provider, makeSigner, http, log, {
    sinkOf: () => sinks.getStore(),
    hearDate: (date) => (skewMs = Date.parse(date) - Date.now()),
  });
  const parts: ClientParts = {
    params: { httpClient },
    configuration: {
      retryConfiguration: sdk.NoRetryConfigurationDetails,
      circuitBreaker: new sdk.CircuitBreaker({ disableClientCircuitBreaker: true }),
    },
  };
  let wasAccepted = false;

  const regionOf = (at: Place): string => {
    const id = at.region ?? region;
    if (id === null) {
      throw new Failure('usage', 'no region is set: neither in the configuration nor with the credentials');
    }
    // The types say that it always finds one.
    const known: common.Region | undefined = sdk.Region.fromRegionId(id);
    if (known !== undefined) return id;
    throw new Failure('usage', `the region ${id} is not known`, {
      hints: ['Region identifiers look like us-ashburn-1. For one newer than this program, set endpoint.'],
    });
  };

  return {
    principal,
    tenancy,
    clockSkewMs: () => skewMs,

    async call(work) {
      const sink: FailureSink = { failure: null };
      try {
        const result = await sinks.run(sink, work);
        wasAccepted = true;
        return result;
      } catch (error) {
        // The SDK throws objects of its own, which have lost the cause.
        const failure = sink.failure ?? asCallError(error);
        if (failure instanceof OciCallError && failure.status === 401 && !wasAccepted) throw refused(failure);
        if (failure instanceof OciCallError && failure.status !== null && failure.status !== 401) {
          wasAccepted = true;
        }
        throw failure;
      }
    },

    checkPlace(at) {
      if (at.endpoint === undefined) regionOf(at);
    },

    place(at, make) {
      const client = make(parts);
      if (at.endpoint === undefined) client.regionId = regionOf(at);
      else client.endpoint = at.endpoint;
      return client;
    },
  };
}

function refused(failure: OciCallError): Failure {
  const skew = /clock|time|date|skew/i.test(failure.message);
  return new Failure('usage', `OCI does not accept the credentials: ${failure.message}`, {
    cause: failure,
    hints: [
      skew
        ? "Set this machine's clock: a signature is valid for five minutes."
        : 'Compare tenancy, user, fingerprint and key with the API keys of the user in the console.',
    ],
  });
}

/** Errors of the SDK itself: OciError, or a plain object for what is no answer. */
function asCallError(error: unknown): unknown {
  if (
    error instanceof Failure ||
    error instanceof OciCallError ||
    typeof error !== 'object' ||
    error === null
  ) {
    return error;
  }
  const { statusCode, serviceCode, opcRequestId, targetService, operationName, message } = error as Readonly<
    Record<string, unknown>
  >;
  if (typeof statusCode !== 'number') return error;
  return new OciCallError(
    { service: String(targetService ?? 'OCI'), operation: String(operationName ?? 'call') },
    {
      status: statusCode,
      code: typeof serviceCode === 'string' && serviceCode !== 'None' ? serviceCode : null,
      requestId: typeof opcRequestId === 'string' ? opcRequestId : null,
      retryable: false,
      reason: String(message ?? 'no reason given')
        .replace(/\s+/g, ' ')
        .slice(0, 500),
      cause: error,
    },
  );
}
