import type { LoadedConfiguration } from '../config/load.js';
import type { Configuration } from '../config/schema.js';
import type { OciConnection } from '../oci/connection.js';
import type { HttpOptions } from '../oci/http-client.js';
import type { Log } from '../ports/log.js';

/** What OCI adapters are made with. Their code and the SDK are loaded only if a plan uses them. */
export interface OciParts {
  readonly connection: OciConnection;
  readonly http: HttpOptions;
}

/** null: the plan does not use OCI. @param isForKind whether its kind of report asks OCI, as for an inventory */
export async function wireOci(
  loaded: LoadedConfiguration,
  log: Log,
  isForKind: boolean,
): Promise<OciParts | null> {
  return isForKind || usesOci(loaded.configuration) ? connectToOci(loaded, log) : null;
}

function usesOci({ sources, archive, mail, channels }: Configuration): boolean {
  if (channels.some(({ type }) => type === 'oci-notifications')) return true;
  const isSourceThere = sources.some(isOciSource) || mail.type === 'email-delivery';
  return isSourceThere || archive.type === 'object-storage';
}

type SourceOfPlan = Configuration['sources'][number];

/** The types of sources that need no connection to OCI. */
const typesBesideOci = [
  'local-files',
  'azure-monitor',
  'module',
  // `npm run new` adds types of sources above this line.
] as const satisfies readonly SourceOfPlan['type'][];

type BesideOci = (typeof typesBesideOci)[number];

export type OciSource = Exclude<SourceOfPlan, { readonly type: BesideOci }>;
export type SourceBesideOci = Extract<SourceOfPlan, { readonly type: BesideOci }>;

export function isOciSource(source: SourceOfPlan): source is OciSource {
  const others: readonly string[] = typesBesideOci;
  return !others.includes(source.type);
}

export async function connectToOci(
  { configuration, directory }: LoadedConfiguration,
  log: Log,
): Promise<OciParts> {
  const { connect } = await import('../oci/connection.js');
  const { timeout, attempts, firstDelay, deadline } = configuration.oci;
  const http = { timeoutMs: timeout, attempts, firstDelayMs: firstDelay, deadlineMs: deadline };
  return { connection: await connect(configuration.auth, directory, http, log), http };
}

/** For OCI adapters. @throws TypeError where no connection was made */
export function requireOci(oci: OciParts | null): OciParts {
  if (oci === null) throw new TypeError('the plan uses OCI, but no connection was made');
  return oci;
}
