import { dayMs, hourMs } from '../../src/base/time-units.js';
import type { HttpOptions } from '../../src/oci/http-client.js';
import type { SourceOutcome } from '../../src/ports/event-source.js';
import { createLogAnalyticsSource } from '../../src/sources/log-analytics/log-analytics-source.js';
import type { LogAnalyticsOptions } from '../../src/sources/log-analytics/options.js';
import { type LoggedLine, connectTo, quickHttp } from './oci-connection.js';
import { logSource } from './oci-project.js';
import type { StandIn } from './oci/stand-in.js';
import { databaseEvent } from './raw-event.js';
import { type SleeplessClock, sleeplessClock } from './sleepless-clock.js';

/** The day that is read. */
export const readWindow = {
  fromMs: Date.parse('2026-11-19T00:00:00Z'),
  toMs: Date.parse('2026-11-20T00:00:00Z'),
};

export interface LogReading {
  /** The id in the original content of each record, sorted. */
  readonly ids: readonly string[];
  readonly outcome: SourceOutcome;
  /** What was waited for; milliseconds. */
  readonly clock: SleeplessClock;
}

export interface LogReadingOptions {
  readonly options?: Partial<LogAnalyticsOptions>;
  readonly http?: HttpOptions;
  /** Where warnings go. */
  readonly lines?: LoggedLine[];
}

/** Reads the day six hours after its end. Waiting takes no time. */
export async function readLogAnalytics(
  standIn: StandIn,
  { options = {}, http = quickHttp, lines = [] }: LogReadingOptions = {},
): Promise<LogReading> {
  const connection = await connectTo(standIn, http, lines);
  const clock = sleeplessClock(readWindow.toMs + 6 * hourMs);
  const source = createLogAnalyticsSource(
    connection,
    {
      endpoint: standIn.url,
      namespace: standIn.namespace,
      compartmentId: 'ocid1.compartment.oc1..prod',
      includeSubcompartments: true,
      logSource,
      ingestionDelayMs: dayMs,
      exportAbove: 1_000_000,
      parallel: 4,
      pollMs: 500,
      ...options,
    },
    clock.nowMs,
    clock.sleep,
  );
  const { batches, outcome } = source.read(readWindow);
  const ids: string[] = [];
  for await (const batch of batches) {
    for (const record of batch) {
      const row = record.kind === 'value' ? (record.value as Readonly<Record<string, unknown>>) : {};
      ids.push(JSON.parse(String(row['Original Log Content'] ?? row['mbody'])).eventID);
    }
  }
  return { ids: ids.sort(), outcome: outcome(), clock };
}

/** `count` events with the ids `e0`, `e1`, …; `at` tells when the records came. Epoch milliseconds. */
export function addLogEvents(
  standIn: StandIn,
  count: number,
  at: (index: number) => number = overTheDay(count),
  from = 0,
): void {
  for (let index = from; index < from + count; index += 1) {
    const timeMs = at(index);
    const event = databaseEvent('end', new Date(timeMs).toISOString(), { id: `e${index}` });
    standIn.logs.add({ source: logSource, timeMs, event });
  }
}

export function idsUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `e${index}`).sort();
}

export function overTheDay(count: number): (index: number) => number {
  return (index) => readWindow.fromMs + Math.floor((index * dayMs) / count);
}
