import {
  type AzureCallOptions,
  type AzureConnection,
  connectToAzure,
} from '../../../src/azure/connection.js';
import { type AzureCloud, azurePlaces } from '../../../src/azure/clouds.js';
import type { AzureSignIn } from '../../../src/azure/credential.js';
import type { Log } from '../../../src/ports/log.js';
import { type AzureStandIn, azureAuthority, azurePrincipal } from './stand-in.js';

export interface ConnectOptions {
  readonly cloud?: AzureCloud;
  readonly signIn?: AzureSignIn;
  readonly audience?: string;
  readonly authorities?: string | null;
  readonly calls?: Partial<AzureCallOptions>;
  readonly log?: Log;
}

/** Patience for tests. */
const quick: AzureCallOptions = {
  timeoutMs: 2000,
  betweenPartsMs: 300,
  attempts: 3,
  firstDelayMs: 1,
  deadlineMs: 5000,
  maxBytes: 64 * 1024 ** 2,
};

const silent: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
} as unknown as Log;

const { tenantId, clientId, clientSecret } = azurePrincipal;
export const bySecret: AzureSignIn = { type: 'client-secret', tenantId, clientId, clientSecret };

export function connectToStandIn(
  standIn: AzureStandIn,
  options: ConnectOptions = {},
): Promise<AzureConnection> {
  const { cloud = 'public', signIn = bySecret, audience = standIn.audience } = options;
  const { authorities = azureAuthority, calls, log = silent } = options;
  const places = azurePlaces(cloud, { endpoint: standIn.url, authority: standIn.url, audience });
  return connectToAzure({ places, signIn, authorities, calls: { ...quick, ...calls } }, log);
}
