import { resolve } from 'node:path';
import { azurePlaces } from '../azure/clouds.js';
import { type AzureConnection, connectToAzure } from '../azure/connection.js';
import type { LoadedConfiguration } from '../config/load.js';
import type { Configuration } from '../config/schema.js';
import { readAuthorities } from '../http/authorities.js';
import type { EventSource } from '../ports/event-source.js';
import type { Log } from '../ports/log.js';
import { createAzureMonitorSource } from '../sources/azure-monitor/azure-monitor-source.js';
import { systemClock } from './system-clock.js';

/** Longest silence within an answer, once it has begun. */
const betweenPartsMs = 30_000;
/** 20,000 rows have some 30 MiB; rows of AzureDiagnostics, with a place for each of 500 columns, more. */
const maxAnswerBytes = 128 * 1024 ** 2;

/** A source of Azure, with a connection of its own. The SDK is loaded here. */
export async function wireAzureMonitor(
  source: Extract<Configuration['sources'][number], { type: 'azure-monitor' }>,
  loaded: LoadedConfiguration,
  log: Log,
): Promise<EventSource> {
  const connection = await connectFor(loaded, log);
  const { longestJob: longestJobMs, ingestionDelay: ingestionDelayMs, ...rest } = source;
  return createAzureMonitorSource(connection, { ...rest, longestJobMs, ingestionDelayMs }, () =>
    systemClock.nowMs(),
  );
}

/** @throws TypeError where the configuration has no section for it: the schema refuses that */
async function connectFor(
  { configuration, directory }: LoadedConfiguration,
  log: Log,
): Promise<AzureConnection> {
  const { azure } = configuration;
  if (azure === undefined) throw new TypeError('the plan uses Azure, but has no section for it');
  const { cloud, ca, signIn, timeout: timeoutMs, attempts, firstDelay: firstDelayMs, deadline } = azure;
  const authorities = ca === undefined ? null : await readAuthorities('azure.ca', resolve(directory, ca));
  const calls = { timeoutMs, attempts, firstDelayMs, deadlineMs: deadline, betweenPartsMs };
  return connectToAzure(
    {
      places: azurePlaces(cloud, azure),
      signIn: withFile(signIn, directory),
      authorities,
      calls: { ...calls, maxBytes: maxAnswerBytes },
    },
    log,
  );
}

type SignIn = NonNullable<Configuration['azure']>['signIn'];

function withFile(signIn: SignIn, directory: string): SignIn {
  if (signIn.type !== 'workload-identity' || signIn.tokenFile === undefined) return signIn;
  return { ...signIn, tokenFile: resolve(directory, signIn.tokenFile) };
}
