import { dayMs } from '../../src/base/time-units.js';
import { createDataSafeSource } from '../../src/sources/data-safe/data-safe-source.js';
import { dataSafeEvent } from './data-safe-events.js';
import { connectTo } from './oci-connection.js';
import { startStandIn } from './oci/stand-in.js';

/* A process of its own, because a zone is set for a whole process: reads a day, and prints what was asked and what came. */

const fromMs = Date.parse('2026-11-19T05:00:00Z');
const window = { fromMs, toMs: fromMs + dayMs };
const standIn = await startStandIn();
try {
  for (const [id, ms] of [
    ['before', fromMs - 1],
    ['first', fromMs],
    ['last', window.toMs - 1],
    ['after', window.toMs],
  ] as const) {
    const time = new Date(ms).toISOString();
    standIn.dataSafe.events.push(dataSafeEvent({ id, auditEventTime: time, timeCollected: time }));
  }
  const options = {
    endpoint: standIn.url,
    compartmentId: 'ocid1.compartment.oc1..prod',
    includeSubcompartments: true,
    trailsTimeoutMs: 60_000,
  };
  const source = createDataSafeSource(await connectTo(standIn), options, () => window.toMs);
  const { batches, outcome } = source.read(window);
  const ids: string[] = [];
  for await (const batch of batches) ids.push(...batch.map(({ place }) => place));
  const paths = standIn.requests.map(({ path }) => decodeURIComponent(path));
  const asked = paths.find((path) => path.includes('Time'));
  process.stdout.write(JSON.stringify({ ids, complete: outcome().complete, asked }));
} finally {
  await standIn.close();
}
