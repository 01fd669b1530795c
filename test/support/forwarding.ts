import type { LogEntry, LogSink, PutOutcome } from '../../src/ports/log-sink.js';
import type {
  CollectedEntry,
  ForwardPlan,
  ForwardPorts,
  ForwardSource,
} from '../../src/forward/forward-plan.js';
import type { Archive } from '../../src/ports/archive.js';
import { createOciLoggingSink } from '../../src/log-sinks/oci-logging/oci-logging-sink.js';
import { nameUuid, urlNamespace } from '../../src/base/name-uuid.js';
import { connectTo, quickHttp } from './oci-connection.js';
import { quiet } from './judge-day.js';
import type { StandIn } from './oci/stand-in.js';

export const logPlace = 'ocid1.compartment.oc1..c/ocid1.loggroup.oc1..g/ocid1.log.oc1..l';
const [compartmentId = '', logGroupId = '', logId = ''] = logPlace.split('/');
export { logId };

/** A record as the tests' sources give it. */
export interface TestRecord {
  readonly id: string;
  readonly time: string;
  readonly collected: string;
  readonly text?: string;
}

export function testEntry({ id, time, collected, text = '' }: TestRecord): CollectedEntry {
  return {
    id: nameUuid(urlNamespace, id),
    timeMs: Date.parse(time),
    collectedMs: Date.parse(collected),
    subject: 'erp',
    data: JSON.stringify({ id, text }),
  };
}

/** A source by collection, as a service sorts it; what it holds can change between readings. */
export function collectedSource(
  records: readonly TestRecord[],
  reasons: readonly string[] = [],
): ForwardSource {
  return {
    name: 'activity',
    order: 'collection',
    read: ({ fromMs, toMs }) => {
      const inSpan = records
        .filter(({ collected }) => Date.parse(collected) >= fromMs && Date.parse(collected) <= toMs)
        .toSorted((a, b) => Date.parse(a.collected) - Date.parse(b.collected));
      async function* batches() {
        for (const value of inSpan) yield [{ kind: 'value' as const, value, place: value.id }];
      }
      return {
        batches: batches(),
        outcome: () => ({ complete: reasons.length === 0, reasons, requests: [] }),
      };
    },
  };
}

export const forwardPlan: ForwardPlan = {
  name: 'activity',
  tool: { name: 'oci-backup-reporter', version: '0.0.0' },
  journal: 1,
  firstMs: Date.parse('2026-11-01T00:00:00Z'),
  overlapMs: 30 * 60_000,
  attempts: 3,
  firstDelayMs: 1,
  searchableAfterMs: 60 * 60_000,
  itemsOf: (value) =>
    typeof value === 'object' && value !== null && 'time' in value
      ? [{ ok: true, entry: testEntry(value as TestRecord) }]
      : [{ ok: false, reason: 'no such record' }],
};

/** The custom log of a stand-in, by its wire. */
export async function standInSink(standIn: StandIn, nowMs: () => number = Date.now): Promise<LogSink> {
  standIn.customLogs.create(logPlace);
  return sinkAt(standIn, nowMs);
}

/** The same log, for another process. */
export async function sinkAt(standIn: StandIn, nowMs: () => number = Date.now): Promise<LogSink> {
  const connection = await connectTo(standIn, { ...quickHttp, attempts: 1 });
  const readBack = { compartmentId, logGroupId, endpoint: standIn.url };
  const options = { endpoint: standIn.url, logId, source: 'test', type: 'test.activity', readBack };
  return createOciLoggingSink(connection, options, nowMs);
}

/** A log in memory, for what the wire does not decide. */
export class MemoryLog implements LogSink {
  readonly type = 'memory';
  readonly location = logId;
  readonly largestEntryBytes = 1000;
  largestRequestBytes = 10_000;
  readonly entries: LogEntry[] = [];
  /** The outcomes of the next requests; `taken`: the entries are taken, and the answer is lost. */
  readonly next: (PutOutcome | 'taken' | Error)[] = [];
  requests = 0;
  refuses: (entry: LogEntry) => boolean = () => false;

  bytesOf({ data }: LogEntry): number {
    return data.length;
  }

  async put(entries: readonly LogEntry[]): Promise<PutOutcome> {
    this.requests += 1;
    const planned = this.next.shift();
    if (planned instanceof Error) throw planned;
    if (planned !== undefined && planned !== 'taken') return planned;
    if (entries.some((entry) => this.refuses(entry))) {
      return { kind: 'refused', because: 'entry', reason: '400 InvalidParameter' };
    }
    this.entries.push(...entries);
    if (planned === 'taken') return { kind: 'unanswered', reason: 'the connection was closed' };
    return { kind: 'accepted', requestId: `request-${this.requests}` };
  }

  async diagnose() {
    return [];
  }
}

export function portsOf(
  archive: Archive,
  source: ForwardSource,
  sink: LogSink,
  nowMs: () => number,
): ForwardPorts {
  return { archive, sources: [source], sink, clock: { nowMs, sleep: async () => undefined }, log: quiet };
}
