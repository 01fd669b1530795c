import type { StreamClient, models } from 'oci-streaming';
import { toIso } from '../../base/instants.js';
import { hourMs } from '../../base/time-units.js';
import type { ClientParts, OciConnection, Place } from '../../oci/connection.js';
import { OciCallError } from '../../oci/oci-error.js';
import { clockToleranceMs } from '../clock-tolerance.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

export interface StreamPlace extends Place {
  /** OCID. */
  readonly streamId: string;
}

/** A message as returned by the service. */
export interface StreamMessage {
  /** Name of the stream. */
  readonly stream: string;
  readonly partition: string;
  /** Numbers the messages of a partition, without gaps. */
  readonly offset: number;
  /** Base64. */
  readonly key: string | null;
  /** When the service received it, RFC 3339. */
  readonly timestamp: string;
  /** Base64. */
  readonly value: string;
}

export interface MessagePage {
  readonly messages: readonly StreamMessage[];
  /** The cursor of the page after this one. */
  readonly next: string;
}

/** Where in a partition reading starts. */
export type PartitionStart =
  | { readonly type: 'time'; readonly fromMs: number }
  | { readonly type: 'oldest' }
  | { readonly type: 'after'; readonly offset: number };

interface StreamFacts {
  readonly name: string;
  readonly partitions: number;
  /** How long a message is kept. Milliseconds; NaN if the service does not say. */
  readonly retentionMs: number;
  /** Epoch milliseconds; NaN if the service does not say. */
  readonly createdMs: number;
}

/** An instance that restarts under the same name gets its partitions back; under a new one it would share them. */
const instanceName = 'backup-report';

/** One empty answer does not mean the end; this many in a row do. */
export const emptyAnswersAtEnd = 2;

/**
 * Looks up the stream and creates a client for its messages, at the configured endpoint or the stream's own.
 *
 * @throws OciCallError; Failure('usage') if OCI does not accept the credentials
 */
export async function openStream(connection: OciConnection, at: StreamPlace): Promise<OpenStream> {
  // CommonJS: its names are properties of the default export.
  const { default: sdk } = await import('oci-streaming');
  const admin = connection.place(
    at,
    ({ params, configuration }) => new sdk.StreamAdminClient(params, configuration),
  );
  const { stream } = await connection.call(() => admin.getStream({ streamId: at.streamId }));
  const facts = factsOf(stream, at.streamId);
  const endpoint = at.endpoint ?? stream.messagesEndpoint;
  if (!endpoint) throw new Error(reasonWords('streamNoEndpoint', { name: facts.name }));
  // The client has no region of its own: only the stream knows where its messages are.
  const make = ({ params, configuration }: ClientParts): StreamClient & { regionId: string } =>
    Object.assign(new sdk.StreamClient(params, configuration), { regionId: '' });
  return new OpenStream(connection, connection.place({ endpoint }, make), at.streamId, facts);
}

function factsOf(stream: models.Stream, streamId: string): StreamFacts {
  const { name, partitions, retentionInHours, timeCreated } = stream;
  if (!Number.isInteger(partitions) || partitions < 1) {
    throw new Error(reasonWords('streamPartitions', { name: streamId, number: String(partitions) }));
  }
  return {
    name: name || streamId,
    partitions,
    retentionMs: Number(retentionInHours ?? Number.NaN) * hourMs,
    // Typed as a date, but it is text.
    createdMs: Date.parse(String(timeCreated)),
  };
}

/** A stream that calls can be made to. All of them throw as openStream. */
export class OpenStream {
  readonly facts: StreamFacts;
  readonly #connection: OciConnection;
  readonly #client: StreamClient;
  readonly #streamId: string;

  constructor(connection: OciConnection, client: StreamClient, streamId: string, facts: StreamFacts) {
    this.#connection = connection;
    this.#client = client;
    this.#streamId = streamId;
    this.facts = facts;
  }

  /** `0`, `1` … */
  get partitions(): readonly string[] {
    return Array.from({ length: this.facts.partitions }, (_, index) => String(index));
  }

  /** Why the stream cannot have all messages since `fromMs`, one sentence each; both in epoch milliseconds. */
  shortfalls(fromMs: number, nowMs: number): readonly string[] {
    const { retentionMs, createdMs } = this.facts;
    const reasons: string[] = [];
    if (Number.isNaN(retentionMs)) {
      reasons.push(reasonWords('streamRetentionUnknown'));
    } else if (nowMs - retentionMs > fromMs) {
      reasons.push(reasonWords('streamTooShort', { hours: retentionMs / hourMs, from: toIso(fromMs) }));
    }
    if (createdMs > fromMs) {
      reasons.push(reasonWords('streamTooYoung', { created: toIso(createdMs), from: toIso(fromMs) }));
    }
    return reasons;
  }

  /**
   * Slightly before `fromMs`, because clocks differ, but never before the oldest message. Both in epoch milliseconds.
   */
  startOf(fromMs: number, nowMs: number): PartitionStart {
    const isGone = nowMs - this.facts.retentionMs > fromMs - clockToleranceMs;
    return isGone ? { type: 'oldest' } : { type: 'time', fromMs: fromMs - clockToleranceMs };
  }

  /** null if there is none from there on. */
  async firstMessage(partition: string, start: PartitionStart): Promise<StreamMessage | null> {
    let cursor = await this.cursorOf(partition, start);
    for (let empty = 0; empty < emptyAnswersAtEnd; empty += 1) {
      const { messages, next } = await this.messagesAt(cursor, 1);
      if (messages[0] !== undefined) return messages[0];
      cursor = next;
    }
    return null;
  }

  async cursorOf(partition: string, start: PartitionStart): Promise<string> {
    const createCursorDetails = { partition, ...detailsOf(start) };
    const request = { streamId: this.#streamId, createCursorDetails };
    return (await this.#connection.call(() => this.#client.createCursor(request))).cursor.value;
  }

  /** A new group starts with the oldest message, an existing one after its last commit. */
  async cursorOfGroup(groupName: string): Promise<string> {
    const createGroupCursorDetails = {
      type: 'TRIM_HORIZON' as models.CreateGroupCursorDetails.Type,
      groupName,
      instanceName,
      commitOnGet: false,
    };
    const request = { streamId: this.#streamId, createGroupCursorDetails };
    return (await this.#connection.call(() => this.#client.createGroupCursor(request))).cursor.value;
  }

  /** @param limit most messages; the service may return fewer, or none */
  async messagesAt(cursor: string, limit: number): Promise<MessagePage> {
    const request = { streamId: this.#streamId, cursor: encodeURIComponent(cursor), limit };
    const answer = await this.#connection.call(() => this.#client.getMessages(request));
    const items: unknown = answer.items;
    if (!Array.isArray(items) || !items.every(isMessage)) {
      throw doubtful(reasonWords('noMessageList'), answer.opcRequestId);
    }
    if (!answer.opcNextCursor) throw doubtful(reasonWords('noNextCursor'), answer.opcRequestId);
    return { messages: items, next: answer.opcNextCursor };
  }

  /** Messages before this cursor of a group will not be delivered again. */
  async commit(cursor: string): Promise<void> {
    const request = { streamId: this.#streamId, cursor: encodeURIComponent(cursor) };
    await this.#connection.call(() => this.#client.consumerCommit(request));
  }
}

function detailsOf(start: PartitionStart): Omit<models.CreateCursorDetails, 'partition'> {
  // The SDK's own enum values are only loaded with the SDK.
  type CursorType = models.CreateCursorDetails.Type;
  switch (start.type) {
    case 'time':
      return { type: 'AT_TIME' as CursorType, time: new Date(start.fromMs) };
    case 'oldest':
      return { type: 'TRIM_HORIZON' as CursorType };
    case 'after':
      return { type: 'AFTER_OFFSET' as CursorType, offset: start.offset };
  }
}

/** Checks only the fields that reading depends on; the content is parsed later. */
function isMessage(item: unknown): item is StreamMessage {
  if (typeof item !== 'object' || item === null) return false;
  const { partition, offset } = item as Readonly<Record<string, unknown>>;
  return typeof partition === 'string' && Number.isSafeInteger(offset);
}

function doubtful(reason: string, requestId: string | undefined): OciCallError {
  return new OciCallError({ service: 'Stream', operation: 'getMessages' }, { requestId, reason });
}
