import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/base/time-units.js';
import { ownLogSource } from '../../src/records/envelopes/log-analytics-fields.js';
import { unwrapRecord } from '../../src/records/envelopes/unwrap-record.js';
import { createLogAnalyticsSource } from '../../src/sources/log-analytics/log-analytics-source.js';
import { logContentZip } from '../support/deploy/log-content.js';
import { readLogContent, rowOf } from '../support/deploy/log-content-reader.js';
import { connectTo, quickHttp } from '../support/oci-connection.js';
import { logSource } from '../support/oci-project.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { databaseEvent } from '../support/raw-event.js';
import { readWindow } from '../support/read-log-analytics.js';
import { sleeplessClock } from '../support/sleepless-clock.js';

let standIn: StandIn;

beforeEach(async () => {
  standIn = await startStandIn();
});
afterEach(() => standIn.close());

const times = ['2026-11-19T00:00:00.000Z', '2026-11-19T12:00:00Z', '2026-11-19T23:59:59.999Z'];
const events = times.map((time, index) =>
  databaseEvent('end', time, { id: `event-${index}`, resourceId: `ocid1.dbbackup.oc1.iad.b${index}` }),
);

interface Kept {
  /** The record comes that long after its event. Milliseconds. */
  readonly delayMs: number;
  readonly hasContent: boolean;
}

/** Puts the events into the log source, and reads the day six hours after its end. */
async function readDay(source: string, { delayMs, hasContent }: Kept) {
  const content = await readLogContent((await logContentZip()).bytes);
  if (source === ownLogSource)
    for (const name of content.madeFields.keys()) standIn.logs.customFields.add(name);
  for (const event of events) {
    const timeMs = Date.parse(String(event['eventTime'])) + delayMs;
    const columns = source === ownLogSource ? rowOf(content, event) : {};
    standIn.logs.add({ source, timeMs, event, columns, ...(!hasContent && { originalText: '' }) });
  }
  const clock = sleeplessClock(readWindow.toMs + 6 * hourMs);
  const options = {
    endpoint: standIn.url,
    namespace: standIn.namespace,
    compartmentId: 'ocid1.compartment.oc1..prod',
    includeSubcompartments: true,
    logSource: source,
    ingestionDelayMs: dayMs,
    exportAbove: 1_000_000,
    parallel: 4,
  };
  const connection = await connectTo(standIn, quickHttp, []);
  const reading = createLogAnalyticsSource(connection, options, clock.nowMs, clock.sleep).read(readWindow);
  const found: unknown[] = [];
  for await (const batch of reading.batches) {
    for (const record of batch) {
      if (record.kind !== 'value') continue;
      for (const each of unwrapRecord(record.value).found) found.push(each.ok ? each.event : each.reason);
    }
  }
  const byId = found.toSorted((a, b) => idOf(a).localeCompare(idOf(b)));
  return { events: byId, outcome: reading.outcome() };
}

const idOf = (event: unknown): string => String((event as Readonly<Record<string, unknown>>)['eventID']);

describe('a log source whose records have the time of their event, or that of their arrival', () => {
  it.each([
    ['our own', ownLogSource, 0],
    ['our own, where an old tenancy gives records another time', ownLogSource, 40 * 60_000],
    ['the public one', logSource, 40 * 60_000],
    ['a public one that gives records the time of the event', logSource, 0],
  ])('gives every event of the day once: %s', async (_says, source, delayMs) => {
    const day = await readDay(source, { delayMs, hasContent: true });
    expect(day.outcome.reasons).toEqual([]);
    expect(day.events).toEqual(events);
  });

  it("gives the backup's own OCID where a record has lost its original content, which the public one cannot", async () => {
    const own = await readDay(ownLogSource, { delayMs: 0, hasContent: false });
    expect(own.outcome.reasons).toEqual([]);
    expect(own.events).toEqual(
      events.map((event) =>
        expect.objectContaining({
          eventID: event['eventID'],
          data: expect.objectContaining({ resourceId: event.data['resourceId'] }),
        }),
      ),
    );
    const asked = own.outcome.requests.map(({ query }) => String(query));
    expect(asked.join('\n')).toContain("'resourceId'");
  });
});
