import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dayMs } from '../../src/base/time-units.js';
import type { TimeWindow } from '../../src/model/report-day.js';
import type { OciConnection } from '../../src/oci/connection.js';
import { createAzureMonitorSource } from '../../src/sources/azure-monitor/azure-monitor-source.js';
import { createLocalFilesSource } from '../../src/sources/local-files/local-files-source.js';
import { createLogAnalyticsSource } from '../../src/sources/log-analytics/log-analytics-source.js';
import { createLoggingSearchSource } from '../../src/sources/logging-search/logging-search-source.js';
import { createObjectStorageSource } from '../../src/sources/object-storage/object-storage-source.js';
import { createOciAuditSource } from '../../src/sources/oci-audit/oci-audit-source.js';
import { createStreamingSource } from '../../src/sources/streaming/streaming-source.js';
import { connectToStandIn } from '../support/azure/connect.js';
import { AzureStandIn } from '../support/azure/stand-in.js';
import { ndjson } from '../support/cli.js';
import { connectTo, quickHttp } from '../support/oci-connection.js';
import { logSource } from '../support/oci-project.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { type SourceUnderTest, describeSourceContract } from '../support/source-contract.js';

/** The 24 hours that ended an hour ago: a stream keeps a week, and objects bear the time of their writing. */
const lastDay = (): TimeWindow => ({ fromMs: Date.now() - dayMs - 3_600_000, toMs: Date.now() - 3_600_000 });

type Events = readonly Readonly<Record<string, unknown>>[];

/** A source of OCI over a stand-in of its own, which breaks for all calls at once. */
async function overStandIn(
  make: (standIn: StandIn, connection: OciConnection) => SourceUnderTest['source'],
  put: (standIn: StandIn, events: Events) => void,
): Promise<SourceUnderTest> {
  const standIn = await startStandIn();
  const connection = await connectTo(standIn);
  return {
    source: make(standIn, connection),
    put: async (events) => put(standIn, events),
    breakStore: async () => standIn.faults.next('/', { status: 500 }, 1_000_000),
    remove: () => standIn.close(),
  };
}

describeSourceContract('local files', lastDay, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'source-contract-'));
  let whole = Buffer.alloc(0);
  return {
    source: createLocalFilesSource({ paths: ['events.ndjson.gz'], directory, timezone: 'UTC' }),
    put: async (events) => {
      whole = gzipSync(ndjson(events));
      await writeFile(join(directory, 'events.ndjson.gz'), whole);
    },
    breakStore: () => writeFile(join(directory, 'events.ndjson.gz'), whole.subarray(0, whole.length - 20)),
    remove: () => rm(directory, { recursive: true }),
  };
});

describeSourceContract('Log Analytics', lastDay, () =>
  overStandIn(
    (standIn, connection) =>
      createLogAnalyticsSource(
        connection,
        {
          endpoint: standIn.url,
          compartmentId: 'ocid1.compartment.oc1..prod',
          includeSubcompartments: true,
          logSource,
          ingestionDelayMs: dayMs,
          exportAbove: 1_000_000,
          parallel: 2,
          pollMs: 1,
        },
        Date.now,
      ),
    (standIn, events) =>
      standIn.logs.addAll(
        events.map((event) => ({
          source: logSource,
          timeMs: Date.parse(String(event['eventTime'])) + 5000,
          event,
        })),
      ),
  ),
);

describeSourceContract('Object Storage', lastDay, () =>
  overStandIn(
    (standIn, connection) => {
      standIn.objects.createBucket('events');
      const options = { endpoint: standIn.url, bucket: 'events', prefix: 'in/', marginMs: dayMs };
      return createObjectStorageSource(connection, options, quickHttp);
    },
    (standIn, events) => {
      for (const [index, event] of events.entries()) {
        standIn.objects.put('events', `in/${index}.ndjson`, Buffer.from(ndjson([event])));
      }
    },
  ),
);

const streamId = 'ocid1.stream.oc1.iad.contract';

describeSourceContract('Streaming', lastDay, () =>
  overStandIn(
    (standIn, connection) => {
      standIn.streams.create(streamId, { partitions: 3 });
      const options = {
        endpoint: standIn.url,
        streamId,
        cursor: 'time',
        ingestionDelayMs: dayMs,
      } as const;
      return createStreamingSource(connection, options, quickHttp, Date.now);
    },
    (standIn, events) => {
      for (const [index, event] of events.entries()) {
        standIn.streams.put(streamId, index % 3, event, Date.parse(String(event['eventTime'])) + 1000);
      }
    },
  ),
);

describeSourceContract('OCI Audit', lastDay, () =>
  overStandIn(
    (standIn, connection) => {
      standIn.inventory.addCompartment('ocid1.compartment.oc1..prod', 'prod', standIn.credentials.tenancyId);
      const options = {
        endpoint: standIn.url,
        includeSubcompartments: true,
        excludeCompartments: [],
        ingestionDelayMs: dayMs,
        parallel: 2,
      };
      return createOciAuditSource(connection, options, Date.now);
    },
    (standIn, events) => {
      for (const event of events) standIn.audit.put('ocid1.compartment.oc1..prod', event);
    },
  ),
);

describeSourceContract('Logging search', lastDay, () =>
  overStandIn(
    (standIn, connection) => {
      const options = { endpoint: standIn.url, ingestionDelayMs: dayMs, parallel: 2 };
      return createLoggingSearchSource(connection, options, Date.now);
    },
    (standIn, events) => {
      const log = `${standIn.credentials.tenancyId}/_Audit_Include_Subcompartment`;
      for (const event of events) standIn.search.put(log, Date.parse(String(event['eventTime'])), event);
    },
  ),
);
const workspaceId = '00000000-0000-4000-8000-00000000c0de';

describeSourceContract('Azure Monitor', lastDay, async () => {
  const standIn = await AzureStandIn.start();
  const options = {
    workspaces: [workspaceId],
    longestJobMs: dayMs,
    ingestionDelayMs: dayMs,
    rowsPerQuery: 20,
    parallel: 2,
  };
  return {
    source: createAzureMonitorSource(await connectToStandIn(standIn), options, Date.now),
    put: async (events) =>
      standIn.workspace(workspaceId).put(
        'AddonAzureBackupJobs',
        events.map(({ eventID, eventTime }) => ({
          TimeGenerated: String(eventTime),
          JobUniqueId: String(eventID),
        })),
      ),
    breakStore: async () => standIn.faults.next('', { status: 500 }, 1_000_000),
    idOf: (record) => String((record as { value: { row: { JobUniqueId: string } } }).value.row.JobUniqueId),
    remove: () => standIn.close(),
  };
});
