import type common from 'oci-common';
import { Failure } from '../errors.js';
import type { Log } from '../ports/log.js';
import { type AuthOptions, authenticate } from './authentication.js';
import type { CallGate } from '../http/call-gate.js';
import { CallOutcomes } from './call-outcomes.js';
import { type HttpOptions, createHttpClient } from './http-client.js';
import { quietSdk } from './quiet-sdk.js';
import { createRenewingSigner } from './renewing-signer.js';

/** Where a service is: a region's own endpoint, or the one named. */
export interface Place {
  readonly region?: string | undefined;
  /** `https://…` or, in tests and behind a tunnel, `http://…`. */
  readonly endpoint?: string | undefined;
}

/** What every SDK client is created with. */
export interface ClientParts {
  readonly params: { readonly httpClient: common.HttpClient };
  readonly configuration: common.ClientConfiguration;
}

/** The part of an SDK client that sets its place. */
interface Placeable {
  endpoint: string;
  regionId: string;
}

/** One identity and one HTTP client for all services: one tenancy per plan. */
export interface OciConnection {
  readonly principal: string;
  /** OCID; null if the credentials do not say. */
  readonly tenancy: string | null;
  /** How far the service's clock is ahead of this machine's, milliseconds; null before the first answer. */
  clockSkewMs(): number | null;
  /** Runs SDK calls. Throws OciCallError; Failure('usage') if OCI never accepted the credentials. */
  call<T>(work: () => Promise<T>): Promise<T>;
  /** The same connection, whose calls are limited. They throw CallsSpentError once the gate is closed. */
  within(gate: CallGate): OciConnection;
  /** Throws Failure('usage') if no region is set, or one that the SDK does not know. */
  checkPlace(at: Place): void;
  /** `us-ashburn-1` for `iad`; what the SDK does not know stays as it is. */
  longRegion(region: string): string;
  /** Creates a client for its place. Throws as checkPlace. */
  place<T extends Placeable>(at: Place, make: (parts: ClientParts) => T): T;
}

/**
 * @param directory base of relative paths in the credentials
 * @throws Failure('usage') if the credentials cannot be loaded
 */
export async function connect(
  auth: AuthOptions,
  directory: string,
  http: HttpOptions,
  log: Log,
): Promise<OciConnection> {
  const identity = await authenticate(auth, directory);
  const { principal, region, tenancy } = identity;
  // CommonJS: its names are properties of the default export.
  const { default: sdk } = await import('oci-common');
  quietSdk();
  const outcomes = new CallOutcomes();
  let skewMs: number | null = null;
  const signer = createRenewingSigner(identity, (provider) => new sdk.DefaultRequestSigner(provider), log);
  const httpClient = createHttpClient(signer, http, log, {
    contextOf: outcomes.contextOf,
    onDate: (date) => (skewMs = Date.parse(date) - Date.now()),
  });
  const parts: ClientParts = {
    params: { httpClient },
    configuration: {
      retryConfiguration: sdk.NoRetryConfigurationDetails,
      circuitBreaker: new sdk.CircuitBreaker({ disableClientCircuitBreaker: true }),
    },
  };
  const regionOf = (at: Place): string => knownRegion(sdk.Region, at.region ?? region);
  const longRegion = (id: string): string => findRegion(sdk.Region, id)?.regionId ?? id;

  return {
    principal,
    tenancy,
    clockSkewMs: () => skewMs,
    call: (work) => outcomes.run(work, null),
    within(this: OciConnection, gate: CallGate): OciConnection {
      return { ...this, call: (work) => outcomes.run(work, gate) };
    },

    checkPlace(at) {
      if (at.endpoint === undefined) regionOf(at);
    },

    longRegion,

    place(at, make) {
      const client = make(parts);
      if (at.endpoint === undefined) client.regionId = regionOf(at);
      else client.endpoint = at.endpoint;
      return client;
    },
  };
}

function knownRegion(regions: typeof common.Region, id: string | null): string {
  if (id === null) {
    throw new Failure('usage', 'no region is set: neither in the configuration nor with the credentials');
  }
  const known = findRegion(regions, id);
  if (known !== undefined) return known.regionId;
  throw new Failure('usage', `the region ${id} is not known`, {
    hints: [
      'Regions are named us-ashburn-1 or, for short, iad. For one newer than this program, set endpoint.',
    ],
  });
}

/** By identifier or by key (`iad`), in the SDK's own table. */
function findRegion(regions: typeof common.Region, name: string): common.Region | undefined {
  // The types claim that it always finds one.
  const known: common.Region | undefined = regions.fromRegionId(name);
  return known ?? regions.values().find(({ regionCode }) => regionCode === name.toLowerCase());
}
