import { explainError, isUsageFailure } from '../../errors.js';
import { type TimeWindow, askedToMs } from '../../model/report-day.js';
import { CallsSpentError } from '../../http/call-gate.js';
import type { OciConnection } from '../../oci/connection.js';
import type { HttpOptions } from '../../oci/http-client.js';
import { OciCallError } from '../../oci/oci-error.js';
import type { SourceOutcome, SourceReading, SourceRecord } from '../../ports/event-source.js';
import { ReadingBudget } from '../budget.js';
import { clockToleranceMs } from '../clock-tolerance.js';
import {
  type MessagePage,
  type OpenStream,
  type PartitionStart,
  emptyAnswersAtEnd,
  openStream,
} from './open-stream.js';
import type { StreamingOptions } from './options.js';
import { PartitionLogs } from './partition-logs.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

export interface StreamingReading extends SourceReading {
  /**
   * Commits for the group what was read, so that it is not delivered again: must be called once the evidence is
   * archived. Does nothing with the cursor `time`, if nothing was read, or the second time.
   *
   * @throws OciCallError if the commit failed, for example because the cursor expired, five minutes after the end of
   *   the reading: then the messages are read again next time, and nothing is lost
   */
  readonly acknowledge: () => Promise<void>;
}

/** What all readings of a source share. */
export interface ReadingParts {
  readonly connection: OciConnection;
  readonly options: StreamingOptions;
  readonly http: HttpOptions;
  readonly nowMs: () => number;
}

const defaultLimit = 1000;
/** No partition has so many; a service that never stops answering must not keep a run going forever. */
const maxPages = 1_000_000;

/** One reading of a window; `outcome` and `acknowledge` work as detached functions. */
export class StreamReading implements StreamingReading {
  readonly batches: AsyncIterable<readonly SourceRecord[]>;
  readonly #parts: ReadingParts;
  readonly #window: TimeWindow;
  /** Messages from this time on are too late for the window. Epoch milliseconds. */
  readonly #endMs: number;
  readonly #limit: number;
  readonly #budget: ReadingBudget;
  readonly #reasons = new Set<string>();
  readonly #partitions = new PartitionLogs();
  /** Cursor after the last page that may be committed; null if there is nothing to commit. */
  #uncommitted: { readonly stream: OpenStream; readonly cursor: string } | null = null;

  constructor(parts: ReadingParts, window: TimeWindow) {
    const { ingestionDelayMs, limit } = parts.options;
    this.#parts = parts;
    this.#window = window;
    // This machine's clock may be slow.
    this.#endMs = Math.min(parts.nowMs(), askedToMs(window) + ingestionDelayMs) + clockToleranceMs;
    this.#limit = limit ?? defaultLimit;
    this.#budget = new ReadingBudget(parts.options.budget, window, parts.nowMs);
    this.batches = this.#read();
  }

  readonly outcome = (): SourceOutcome => {
    const reasons = [...[...this.#reasons].sort(), ...this.#partitions.reasons()];
    const [requests, inputs] = [this.#partitions.requests(), this.#partitions.inputs()];
    return { complete: reasons.length === 0, reasons, requests, inputs };
  };

  readonly acknowledge = async (): Promise<void> => {
    if (this.#uncommitted === null) return;
    const { stream, cursor } = this.#uncommitted;
    this.#budget.release();
    await stream.commit(cursor);
    this.#uncommitted = null;
  };

  async *#read(): AsyncGenerator<readonly SourceRecord[]> {
    try {
      const { connection, options } = this.#parts;
      const stream = await openStream(connection.within(this.#budget), options);
      this.#checkReach(stream);
      this.#partitions.expect(stream.partitions);
      if (options.cursor === 'group') yield* this.#readGroup(stream, options.group ?? '');
      else yield* this.#readPartitions(stream);
      // Checked again: messages that existed at the start may have expired since.
      this.#checkReach(stream);
    } catch (error) {
      this.#note(error);
    }
  }

  /** Nobody knows what a stream no longer has, or never had. */
  #checkReach(stream: OpenStream): void {
    for (const reason of stream.shortfalls(this.#window.fromMs, this.#parts.nowMs()))
      this.#reasons.add(reason);
  }

  /** One after the other; a failure in one does not affect the others, but a budget that is used up ends them all. */
  async *#readPartitions(stream: OpenStream): AsyncGenerator<readonly SourceRecord[]> {
    for (const [index, partition] of stream.partitions.entries()) {
      try {
        yield* this.#readPartition(stream, partition);
      } catch (error) {
        if (error instanceof CallsSpentError) {
          this.#partitions.leaveUnread(stream.partitions.slice(index), error.message);
          return;
        }
        this.#note(error, partition);
      }
    }
  }

  /** Until a whole page is too late for the window, or the partition ends. */
  async *#readPartition(stream: OpenStream, partition: string): AsyncGenerator<readonly SourceRecord[]> {
    let cursor = await stream.cursorOf(partition, this.#start(stream));
    for (let pages = 0, empty = 0; empty < emptyAnswersAtEnd; pages += 1) {
      refuseMore(pages);
      const page = await this.#pageAt(stream, partition, cursor);
      cursor = page.next;
      empty = page.messages.length === 0 ? empty + 1 : 0;
      if (page.messages.length === 0) continue;
      yield this.#take(stream, page);
      if (page.messages.every(({ timestamp }) => Date.parse(timestamp) >= this.#endMs)) return;
    }
  }

  #start(stream: OpenStream): PartitionStart {
    return stream.startOf(this.#window.fromMs, this.#parts.nowMs());
  }

  /** A cursor is valid for five minutes: if the consumer of the pages takes longer, a new one continues. */
  async #pageAt(stream: OpenStream, partition: string, cursor: string): Promise<MessagePage> {
    let current = cursor;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await stream.messagesAt(current, this.#limit);
      } catch (error) {
        if (!isRefusedCursor(error) || attempt >= this.#parts.http.attempts) throw error;
        const { last } = this.#partitions.of(partition);
        const start: PartitionStart = last === null ? this.#start(stream) : { type: 'after', offset: last };
        current = await stream.cursorOf(partition, start);
      }
    }
  }

  /**
   * Until the end of all partitions. Each call extends the reservation of the partitions, so there is no heartbeat: one
   * would help only if a page takes longer to process than the reservation lasts. If another instance gets a partition
   * then, its messages do not arrive, and the outcome says so.
   */
  async *#readGroup(stream: OpenStream, group: string): AsyncGenerator<readonly SourceRecord[]> {
    const firstOfWindow = await this.#firstOfWindow(stream);
    // An answer may be about one partition only: each must be empty in turn.
    const emptyAtEnd = Math.max(emptyAnswersAtEnd, stream.facts.partitions + 1);
    let cursor = await stream.cursorOfGroup(group);
    let isAnyTaken = false;
    let isOfLaterDay = false;
    try {
      for (let pages = 0, empty = 0; empty < emptyAtEnd; pages += 1) {
        refuseMore(pages);
        const page = await stream.messagesAt(cursor, this.#limit);
        cursor = page.next;
        empty = page.messages.length === 0 ? empty + 1 : 0;
        if (page.messages.length > 0) {
          yield this.#take(stream, page);
          isAnyTaken = true;
          isOfLaterDay ||= page.messages.some((message) => this.#mayBeOfLaterDay(message));
        }
        // Only now has the page been taken. The newest cursor expires last.
        if (isAnyTaken && !isOfLaterDay) this.#uncommitted = { stream, cursor };
      }
    } finally {
      this.#partitions.checkGroup(group, firstOfWindow);
    }
  }

  /**
   * The reading of the next day needs it: a group gives no message twice once it is committed. Its event may be slightly
   * younger than its message.
   */
  #mayBeOfLaterDay({ timestamp }: MessagePage['messages'][number]): boolean {
    return Date.parse(timestamp) >= this.#window.toMs - clockToleranceMs;
  }

  /** The first message of the window in each partition that has one, whatever any group has committed. */
  async #firstOfWindow(stream: OpenStream): Promise<Map<string, number>> {
    const offsets = new Map<string, number>();
    for (const partition of stream.partitions) {
      const first = await stream.firstMessage(partition, this.#start(stream));
      if (first !== null && Date.parse(first.timestamp) < this.#endMs) offsets.set(partition, first.offset);
    }
    return offsets;
  }

  /** @throws Error if nothing in it is new: the service makes no progress */
  #take(stream: OpenStream, { messages }: MessagePage): readonly SourceRecord[] {
    const added = this.#partitions.addPage(messages);
    const [first] = messages;
    if (added.length === 0) {
      throw new Error(
        reasonWords('messagesAgain', { offset: first?.offset ?? '', partition: first?.partition ?? '' }),
      );
    }
    return added.map((message) => recordOf(message, stream.facts.name));
  }

  #note(error: unknown, partition?: string): void {
    if (isUsageFailure(error)) throw error;
    if (partition === undefined) {
      this.#reasons.add(explainError(error));
      this.#partitions.noteAll(explainError(error));
    } else this.#partitions.note(partition, explainError(error));
  }
}

function refuseMore(pages: number): void {
  if (pages >= maxPages) throw new Error(reasonWords('endNotReached', { pages: maxPages }));
}

/** The service reports an expired cursor as an invalid parameter. */
function isRefusedCursor(error: unknown): boolean {
  return error instanceof OciCallError && error.status === 400;
}

function recordOf(message: MessagePage['messages'][number], streamName: string): SourceRecord {
  const { stream, partition, offset, key, timestamp, value } = message;
  return {
    kind: 'value',
    value: { stream, partition, offset, key, timestamp, value },
    place: `${streamName}/${partition}@${offset}`,
  };
}
