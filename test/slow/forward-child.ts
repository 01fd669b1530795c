import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { forwardRecords } from '../../src/forward/forward-records.js';
import { createOciLoggingSink } from '../../src/log-sinks/oci-logging/oci-logging-sink.js';
import { connect } from '../../src/oci/connection.js';
import type { LogSink } from '../../src/ports/log-sink.js';
import { collectedSource, forwardPlan, logId, portsOf, type TestRecord } from '../support/forwarding.js';
import { memoryLog, quickHttp } from '../support/oci-connection.js';

/**
 * Forwards the records that it is given, in small requests. With KILL_AT=n it kills itself at its n-th step: before and after each
 * write to the archive, before each request and after its answer.
 *
 * argv: archive directory, URL of the log, credentials file, records as JSON, now (epoch milliseconds)
 */
const [directory = '', url = '', file = '', json = '[]', now = '0'] = process.argv.slice(2);
const killAt = Number(process.env['KILL_AT'] ?? 0);
let steps = 0;

function step(): void {
  steps += 1;
  if (steps === killAt) process.kill(process.pid, 'SIGKILL');
}

const files = createFileSystemArchive(directory);
const archive: typeof files = {
  ...files,
  create: async (key, body, mediaType) => {
    step();
    const created = await files.create(key, body, mediaType);
    step();
    return created;
  },
};
const auth = { type: 'config-file', file, profile: 'DEFAULT' } as const;
const connection = await connect(auth, directory, { ...quickHttp, attempts: 1 }, memoryLog());
const options = { endpoint: url, logId, source: 'test', type: 'test.activity' };
const real = createOciLoggingSink(connection, options, Date.now);
const sink: LogSink = {
  ...real,
  largestRequestBytes: 1500,
  put: async (entries) => {
    step();
    const outcome = await real.put(entries);
    step();
    return outcome;
  },
};
const source = collectedSource(JSON.parse(json) as TestRecord[]);
const { batches, unavailable } = await forwardRecords(
  forwardPlan,
  portsOf(archive, source, sink, () => Number(now)),
);
process.stdout.write(JSON.stringify({ batches: batches.length, unavailable, steps }));
