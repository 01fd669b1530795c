import type { LoadedConfiguration } from '../config/load.js';
import type { Configuration } from '../config/schema.js';
import type { EventSource } from '../ports/event-source.js';
import type { Log } from '../ports/log.js';
import type { TimeWindow } from '../model/report-day.js';
import { defaultBudgetMinutes } from '../sources/budget.js';
import { createLocalFilesSource } from '../sources/local-files/local-files-source.js';
import type { WantedRecords } from '../sources/log-analytics/query-text.js';
import { deadlineOfReading, withReadingDeadline } from '../sources/reading-deadline.js';
import { systemClock } from './system-clock.js';
import { type OciParts, type OciSource, type SourceBesideOci, isOciSource, requireOci } from './wire-oci.js';

export async function wireSources(
  loaded: LoadedConfiguration,
  oci: OciParts | null,
  log: Log,
): Promise<readonly EventSource[]> {
  return Promise.all(
    loaded.configuration.sources.map(async (source) => {
      const wired = sourceWithDeadline(await wireSource(source, loaded, oci, log), source);
      return source.name === undefined ? wired : { ...wired, name: source.name };
    }),
  );
}

/** A source whose readings end. */
export function sourceWithDeadline(
  opened: EventSource,
  source: Configuration['sources'][number],
): EventSource {
  return withReadingDeadline(opened, deadlineOf(source));
}

/** Only sources that call a service have a budget. */
function deadlineOf(source: Configuration['sources'][number]): (window: TimeWindow) => number {
  const { deadline: deadlineMs } = source;
  switch (source.type) {
    case 'local-files':
    case 'module':
      // `npm run new` adds sources without a budget above this line.
      return (window) => deadlineOfReading({ deadlineMs }, window);
    default: {
      const { minutes: budgetMinutes = defaultBudgetMinutes } = source.budget ?? {};
      return (window) => deadlineOfReading({ deadlineMs, budgetMinutes }, window);
    }
  }
}

/** One source. */
export async function wireSource(
  source: Configuration['sources'][number],
  loaded: LoadedConfiguration,
  oci: OciParts | null,
  log: Log,
): Promise<EventSource> {
  return isOciSource(source)
    ? wireOciSource(source, loaded.configuration, requireOci(oci))
    : wireSourceBesideOci(source, loaded, log);
}

async function wireSourceBesideOci(
  source: SourceBesideOci,
  loaded: LoadedConfiguration,
  log: Log,
): Promise<EventSource> {
  const { configuration, directory } = loaded;
  if (source.type === 'local-files') {
    const { paths, ignore } = source;
    return createLocalFilesSource({ paths, ignore, directory, timezone: configuration.timezone });
  }
  if (source.type === 'azure-monitor') {
    const { wireAzureMonitor } = await import('./wire-azure.js');
    return wireAzureMonitor(source, loaded, log);
  }
  // `npm run new` adds sources above this line.
  const { wireOwnSource } = await import('./wire-own-modules.js');
  return wireOwnSource(source, loaded, log);
}

async function wireOciSource(
  source: OciSource,
  configuration: Configuration,
  { connection, http }: OciParts,
): Promise<EventSource> {
  if (source.type === 'object-storage') {
    const { createObjectStorageSource } = await import('../sources/object-storage/object-storage-source.js');
    return createObjectStorageSource(connection, { ...source, marginMs: source.margin }, http);
  }
  if (source.type === 'streaming') {
    const { createStreamingSource } = await import('../sources/streaming/streaming-source.js');
    const options = { ...source, ingestionDelayMs: source.ingestionDelay };
    return createStreamingSource(connection, options, http, () => systemClock.nowMs());
  }
  if (source.type === 'oci-audit') {
    const { createOciAuditSource } = await import('../sources/oci-audit/oci-audit-source.js');
    const options = { ...source, ingestionDelayMs: source.ingestionDelay };
    return createOciAuditSource(connection, options, () => systemClock.nowMs());
  }
  if (source.type === 'logging-search') {
    const { createLoggingSearchSource } = await import('../sources/logging-search/logging-search-source.js');
    const options = { ...source, ingestionDelayMs: source.ingestionDelay };
    return createLoggingSearchSource(connection, options, () => systemClock.nowMs());
  }
  if (source.type === 'data-safe') {
    const { createDataSafeSource } = await import('../sources/data-safe/data-safe-source.js');
    const options = { ...source, trailsTimeoutMs: source.trailsTimeout };
    return createDataSafeSource(connection, options, () => systemClock.nowMs());
  }
  const { createLogAnalyticsSource } = await import('../sources/log-analytics/log-analytics-source.js');
  const { ingestionDelay, pollInterval, ...rest } = source;
  const { logAnalytics: profile } = configuration.serviceProfile;
  const wanted: WantedRecords = configuration.report === 'backup-compliance' ? 'backup-events' : 'audit';
  const options = { ...rest, ingestionDelayMs: ingestionDelay, pollMs: pollInterval, profile, wanted };
  return createLogAnalyticsSource(connection, options, () => systemClock.nowMs());
}
