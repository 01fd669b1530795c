import { hourMs } from '../../../src/base/time-units.js';
import {
  errorAnswer,
  invalidParameter,
  jsonAnswer,
  jsonObject,
  notFound,
  type Answer,
  type WireRequest,
} from './wire.js';

const basePath = '/20180418/streams/';
const cursorLifeMs = 5 * 60_000;

export interface StreamOptions {
  readonly name?: string;
  readonly partitions?: number;
  readonly retentionInHours?: number;
  /** RFC 3339. */
  readonly timeCreated?: string;
}

interface StoredMessage {
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: string;
  readonly value: string;
}

/** Next offsets by partition; in the order in which partitions are served. */
type Positions = ReadonlyMap<number, number>;

interface ConsumerGroup {
  readonly start: Positions;
  readonly committed: Map<number, number>;
}

interface StoredStream {
  readonly id: string;
  readonly options: Required<StreamOptions>;
  readonly partitions: readonly StoredMessage[][];
  readonly groups: Map<string, ConsumerGroup>;
}

interface Cursor {
  readonly streamId: string;
  readonly positions: Positions;
  readonly group: string | null;
  readonly commitOnGet: boolean;
  readonly expiresMs: number;
}

/** What the stand-in's streams hold. Tests look and change here without going over the wire. */
export class StreamStore {
  /** The clock of retention and of cursors. Epoch milliseconds. */
  nowMs: () => number;
  /** The most messages of one answer, whatever limit is asked for. */
  pageSizeCap = 10_000;
  /** So many answers to come are empty although there are messages. */
  emptyAnswers = 0;
  /** The next cursor is where the one before was. */
  isStuck = false;

  readonly #streams = new Map<string, StoredStream>();

  constructor(nowMs: () => number) {
    this.nowMs = nowMs;
  }

  create(id: string, options: StreamOptions = {}): void {
    const defaults = { partitions: 1, retentionInHours: 168, timeCreated: '2020-01-01T00:00:00Z' };
    const all = { name: `stream of ${id}`, ...defaults, ...options };
    const partitions = Array.from({ length: all.partitions }, (): StoredMessage[] => []);
    this.#streams.set(id, { id, options: all, partitions, groups: new Map() });
  }

  /** Appends text, or any other value as JSON, and gives its offset. */
  put(id: string, partition: number, value: unknown, timestampMs: number): number {
    const messages = this.#messagesOf(id, partition);
    const offset = (messages.at(-1)?.offset ?? -1) + 1;
    messages.push({ offset, timestampMs, key: encode(`key ${offset}`), value: encode(value) });
    return offset;
  }

  /** Loses one message: its offset is a gap. */
  remove(id: string, partition: number, offset: number): void {
    const messages = this.#messagesOf(id, partition);
    messages.splice(
      messages.findIndex((message) => message.offset === offset),
      1,
    );
  }

  /** Puts another value, given as for `put`, under an offset that is taken. */
  rewrite(id: string, partition: number, offset: number, value: unknown): void {
    const messages = this.#messagesOf(id, partition);
    const encoded = encode(value);
    for (const [index, message] of messages.entries())
      if (message.offset === offset) messages[index] = { ...message, value: encoded };
  }

  /** Next offsets by partition, only of partitions with a commit; null when there is no such group. */
  committed(id: string, groupName: string): Readonly<Record<string, number>> | null {
    const group = this.find(id)?.groups.get(groupName);
    return group === undefined ? null : Object.fromEntries(group.committed);
  }

  find(id: string): StoredStream | undefined {
    return this.#streams.get(id);
  }

  /** What the retention period has left of a partition. */
  kept({ partitions, options }: StoredStream, partition: number): readonly StoredMessage[] {
    const oldestMs = this.nowMs() - options.retentionInHours * hourMs;
    return (partitions[partition] ?? []).filter(({ timestampMs }) => timestampMs >= oldestMs);
  }

  #messagesOf(id: string, partition: number): StoredMessage[] {
    const messages = this.find(id)?.partitions[partition];
    if (messages === undefined) throw new Error(`no partition ${partition} of ${id}`);
    return messages;
  }
}

/** Text, or any other value as JSON, in base64. */
function encode(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');
}

class InvalidRequest extends Error {}

/**
 * Answers requests to Streaming (paths below /20180418/streams). One instance of a group has all its partitions at
 * once: reservations are not modelled. UNVERIFIED: that offsets have no gaps, that an answer to a group is of one
 * partition, and the code of an expired cursor.
 */
export class StreamingService {
  readonly #store: StreamStore;
  readonly #cursors = new Map<string, Cursor>();

  constructor(store: StreamStore) {
    this.#store = store;
  }

  answer(request: WireRequest): Answer {
    const [id = '', action = ''] = request.path.slice(basePath.length).split('/');
    const stream = this.#store.find(decodeURIComponent(id));
    if (stream === undefined || !request.path.startsWith(basePath)) return notFound();
    try {
      return this.#route(request, stream, action);
    } catch (error) {
      if (error instanceof InvalidRequest) return invalidParameter(error.message);
      throw error;
    }
  }

  #route(request: WireRequest, stream: StoredStream, action: string): Answer {
    switch (`${request.method} ${action}`) {
      case 'GET ':
        return jsonAnswer(describe(stream, `http://${request.headers['host'] ?? ''}`));
      case 'POST cursors':
        return this.#createCursor(bodyOf(request), stream);
      case 'POST groupCursors':
        return this.#createGroupCursor(bodyOf(request), stream);
      case 'GET messages':
        return this.#messages(request, stream);
      case 'POST commit':
        return this.#commit(this.#groupCursorOf(request, stream), stream);
      case 'POST heartbeat':
        return this.#cursorAnswer(this.#groupCursorOf(request, stream));
      default:
        return errorAnswer(404, 'NotFound', `No such path: ${request.method} ${request.path}`);
    }
  }

  #createCursor(body: Readonly<Record<string, unknown>>, stream: StoredStream): Answer {
    const partition = Number(body['partition']);
    if (typeof body['partition'] !== 'string' || stream.partitions[partition] === undefined) {
      throw new InvalidRequest(`partition is not valid: ${String(body['partition'])}`);
    }
    const position = this.#positionOf(body, stream, partition);
    const positions = new Map([[partition, position]]);
    return this.#cursorAnswer({ streamId: stream.id, positions, group: null, commitOnGet: false });
  }

  #positionOf(body: Readonly<Record<string, unknown>>, stream: StoredStream, partition: number): number {
    const kept = this.#store.kept(stream, partition);
    const end = (stream.partitions[partition]?.at(-1)?.offset ?? -1) + 1;
    switch (body['type']) {
      case 'TRIM_HORIZON':
        return kept[0]?.offset ?? end;
      case 'LATEST':
        return end;
      case 'AT_TIME': {
        const timeMs = Date.parse(String(body['time']));
        if (Number.isNaN(timeMs)) throw new InvalidRequest(`time is not valid: ${String(body['time'])}`);
        return kept.find(({ timestampMs }) => timestampMs >= timeMs)?.offset ?? end;
      }
      case 'AT_OFFSET':
      case 'AFTER_OFFSET': {
        const offset = Number(body['offset'] ?? Number.NaN);
        if (!(offset >= (kept[0]?.offset ?? end) && offset < end)) {
          throw new InvalidRequest(`offset is not valid: ${String(body['offset'])}`);
        }
        return body['type'] === 'AT_OFFSET' ? offset : offset + 1;
      }
      default:
        throw new InvalidRequest(`type is not valid: ${String(body['type'])}`);
    }
  }

  /** The type counts only when the group is made, as documented. */
  #createGroupCursor(body: Readonly<Record<string, unknown>>, stream: StoredStream): Answer {
    const { groupName, commitOnGet = true } = body;
    if (typeof groupName !== 'string' || groupName === '') throw new InvalidRequest('groupName is required');
    if (body['type'] === 'AT_OFFSET' || body['type'] === 'AFTER_OFFSET') {
      throw new InvalidRequest('type is not one of a group');
    }
    const start = stream.partitions.map(
      (_, index) => [index, this.#positionOf(body, stream, index)] as const,
    );
    const group = stream.groups.get(groupName) ?? { start: new Map(start), committed: new Map() };
    stream.groups.set(groupName, group);
    const positions = new Map([...group.start, ...group.committed]);
    const cursor = { streamId: stream.id, positions, group: groupName, commitOnGet: commitOnGet === true };
    return this.#cursorAnswer(cursor);
  }

  /** Of one partition; the others are served before it comes again. With commitOnGet, what was served before is committed. */
  #messages(request: WireRequest, stream: StoredStream): Answer {
    const limit = Number(request.query.get('limit') ?? 10_000);
    if (!(Number.isInteger(limit) && limit >= 1 && limit <= 10_000)) {
      throw new InvalidRequest(`limit is not valid: ${limit}`);
    }
    const cursor = this.#cursorOf(request, stream);
    if (cursor.commitOnGet) commitTo(stream, cursor);
    const next = new Map(cursor.positions);
    const items = this.#serve(stream, next, Math.min(limit, this.#store.pageSizeCap));
    const { name } = stream.options;
    return jsonAnswer(
      items.map(({ timestampMs, ...rest }) => ({
        ...rest,
        stream: name,
        timestamp: new Date(timestampMs).toISOString(),
      })),
      {
        'opc-next-cursor': this.#issue({
          ...cursor,
          positions: this.#store.isStuck ? cursor.positions : next,
        }),
      },
    );
  }

  #serve(
    stream: StoredStream,
    positions: Map<number, number>,
    limit: number,
  ): readonly (StoredMessage & { readonly partition: string })[] {
    if (this.#store.emptyAnswers > 0) {
      this.#store.emptyAnswers -= 1;
      return [];
    }
    for (const [partition, position] of positions) {
      const waiting = this.#store.kept(stream, partition).filter(({ offset }) => offset >= position);
      const items = waiting.slice(0, limit);
      const last = items.at(-1);
      if (last === undefined) continue;
      positions.delete(partition);
      positions.set(partition, last.offset + 1);
      return items.map((item) => ({ ...item, partition: String(partition) }));
    }
    return [];
  }

  #commit(cursor: Cursor, stream: StoredStream): Answer {
    commitTo(stream, cursor);
    return this.#cursorAnswer(cursor);
  }

  #groupCursorOf(request: WireRequest, stream: StoredStream): Cursor {
    const cursor = this.#cursorOf(request, stream);
    if (cursor.group === null) throw new InvalidRequest('cursor is not one of a group');
    return cursor;
  }

  #cursorOf(request: WireRequest, stream: StoredStream): Cursor {
    const value = request.query.get('cursor') ?? '';
    const cursor = this.#cursors.get(value);
    if (cursor === undefined || cursor.streamId !== stream.id) {
      throw new InvalidRequest(`cursor is not valid: ${value}`);
    }
    if (cursor.expiresMs <= this.#store.nowMs()) throw new InvalidRequest('cursor has expired');
    return cursor;
  }

  #cursorAnswer(cursor: Omit<Cursor, 'expiresMs'>): Answer {
    return jsonAnswer({ value: this.#issue(cursor) });
  }

  /** Has a plus sign, a slash, an ampersand and a padding, so that a client that does not encode it is refused. */
  #issue(cursor: Omit<Cursor, 'expiresMs'>): string {
    const number = Buffer.from(String(this.#cursors.size)).toString('base64');
    const value = `c+/&${number}==`;
    this.#cursors.set(value, { ...cursor, expiresMs: this.#store.nowMs() + cursorLifeMs });
    return value;
  }
}

function commitTo(stream: StoredStream, { group, positions }: Cursor): void {
  const { committed } = stream.groups.get(group ?? '') ?? {};
  for (const [partition, position] of positions) committed?.set(partition, position);
}

function describe({ id, options }: StoredStream, messagesEndpoint: string): object {
  return {
    ...options,
    id,
    compartmentId: 'ocid1.compartment.oc1..prod',
    streamPoolId: 'ocid1.streampool.oc1..standin',
    lifecycleState: 'ACTIVE',
    messagesEndpoint,
  };
}

function bodyOf(request: WireRequest): Readonly<Record<string, unknown>> {
  const body = jsonObject(request.body);
  if (body === undefined) throw new InvalidRequest('the body is not a JSON object');
  return body;
}
