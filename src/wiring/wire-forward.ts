import { nameUuid, urlNamespace } from '../base/name-uuid.js';
import { dayMs, hourMs } from '../base/time-units.js';
import { type DatabaseActivityConfiguration, forwardOf } from '../config/database-activity-schema.js';
import type { LoadedConfiguration } from '../config/load.js';
import type { Configuration } from '../config/schema.js';
import { Failure } from '../errors.js';
import type { ForwardItem, ForwardPlan, ForwardPorts, ForwardSource } from '../forward/forward-plan.js';
import { nameOfSource } from '../model/source-name.js';
import type { EventSource } from '../ports/event-source.js';
import type { Log } from '../ports/log.js';
import type { LogSink } from '../ports/log-sink.js';
import { readDataSafeEvent } from '../records/data-safe/read-event.js';
import { isDataSafeEvent } from '../records/data-safe/record-shape.js';
import { unwrapRecord } from '../records/envelopes/unwrap-record.js';
import { redactSource } from '../records/redaction.js';
import { systemClock } from './system-clock.js';
import { wireArchive } from './wire-archive.js';
import { type OciParts, connectToOci } from './wire-oci.js';
import { wireRedaction } from './wire-redaction.js';
import { sourceWithDeadline, wireSource } from './wire-sources.js';
import { readTool } from './who-runs.js';

/** What `forward` works with. @throws Failure('usage') for a plan that has nothing to forward, or nowhere to */
export async function wireForward(
  loaded: LoadedConfiguration,
  log: Log,
): Promise<{ readonly plan: ForwardPlan; readonly ports: ForwardPorts }> {
  const { configuration } = loaded;
  const forward = forwardOf(configuration);
  if (forward === undefined) {
    throw new Failure('usage', 'the configuration has no section forward', {
      hints: [
        'Name the log in a plan of report: database-activity, forward: { logId: ocid1.log.oc1..… }. See docs/forward.md.',
      ],
    });
  }
  const oci = await connectToOci(loaded, log);
  return {
    plan: {
      name: configuration.plan,
      tool: await readTool(),
      journal: forward.journal,
      firstMs: forward.since ?? systemClock.nowMs() - dayMs,
      overlapMs: forward.overlap,
      attempts: configuration.oci.attempts,
      firstDelayMs: configuration.oci.firstDelay,
      searchableAfterMs: forward.readBack?.searchableAfter ?? hourMs,
      itemsOf: (value) => itemsOf(value, systemClock.nowMs()),
    },
    ports: {
      archive: await wireArchive(loaded, oci),
      sources: await Promise.all(
        configuration.sources.map((source, index) => forwardSource(source, index, { loaded, oci, log })),
      ),
      sink: await wireLogSink(loaded, forward, log),
      clock: systemClock,
      log,
    },
  };
}

/** The log. Its client does not repeat a request by itself: who sends again must know that an answer was lost. */
export async function wireLogSink(
  loaded: LoadedConfiguration,
  forward: DatabaseActivityConfiguration['forward'],
  log: Log,
): Promise<LogSink> {
  if (forward === undefined) throw new TypeError('the plan forwards nothing');
  const { configuration } = loaded;
  const once = { ...loaded, configuration: { ...configuration, oci: { ...configuration.oci, attempts: 1 } } };
  const { connection } = await connectToOci(once, log);
  const { createOciLoggingSink } = await import('../log-sinks/oci-logging/oci-logging-sink.js');
  return createOciLoggingSink(connection, forward, () => systemClock.nowMs());
}

interface SourceParts {
  readonly loaded: LoadedConfiguration;
  readonly oci: OciParts;
  readonly log: Log;
}

async function forwardSource(
  source: Configuration['sources'][number],
  index: number,
  parts: SourceParts,
): Promise<ForwardSource> {
  const { loaded } = parts;
  const opened = await openSource(source, index, parts);
  const redacted = redactSource(sourceWithDeadline(opened, source), wireRedaction(loaded.configuration));
  return {
    name: nameOfSource({ ...redacted, ...(source.name !== undefined && { name: source.name }) }, index),
    order: source.type === 'data-safe' ? 'collection' : 'everything',
    read: (collected) => redacted.read(collected),
  };
}

async function openSource(
  source: Configuration['sources'][number],
  index: number,
  { loaded, oci, log }: SourceParts,
): Promise<EventSource> {
  if (source.type === 'local-files') return wireSource(source, loaded, oci, log);
  if (source.type !== 'data-safe') {
    throw new Failure('usage', `sources[${index}]: forward reads no source of the type ${source.type}`, {
      hints: ['It forwards audit events of Data Safe: from data-safe, or from files (local-files).'],
    });
  }
  const { createCollectedSource } = await import('../sources/data-safe/collected-source.js');
  const options = { ...source, trailsTimeoutMs: source.trailsTimeout };
  return createCollectedSource(oci.connection, options, () => systemClock.nowMs());
}

/** The audit events of Data Safe in a record; whatever else can be read is not for the log. */
function itemsOf(value: unknown, nowMs: number): readonly ForwardItem[] {
  return unwrapRecord(value).found.flatMap((found): readonly ForwardItem[] => {
    if (!found.ok) return [{ ok: false, reason: found.reason }];
    if (!isDataSafeEvent(found.event)) return [];
    const read = readDataSafeEvent(found.event, nowMs);
    if (!read.ok) return [{ ok: false, reason: read.reason }];
    const { id, targetId, targetName, timeMs, collectedMs, fields } = read.event;
    return [
      {
        ok: true,
        entry: {
          id: nameUuid(urlNamespace, `datasafe:${targetId}:${id}`),
          timeMs,
          collectedMs: collectedMs ?? timeMs,
          subject: targetName ?? targetId,
          data: JSON.stringify(fields),
        },
      },
    ];
  });
}
