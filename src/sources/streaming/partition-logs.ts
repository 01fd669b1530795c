import type { SourceInputs } from '../../model/inputs.js';
import type { SourceRequest } from '../../model/manifest.js';
import { fewReasons } from '../few-reasons.js';
import { InputLedger } from '../input-ledger.js';
import type { StreamMessage } from './open-stream.js';
import { PartitionLog } from './partition-log.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** What has arrived from all partitions in one reading, and what was wrong with them. */
export class PartitionLogs {
  readonly #logs = new Map<string, PartitionLog>();
  readonly #reasons = new Set<string>();
  /** Why a partition is incomplete, besides what its own log says: the first reason of each. */
  readonly #faults = new Map<string, string>();

  /** A partition appears in the outcome even if nothing arrives from it. */
  expect(partitions: readonly string[]): void {
    for (const partition of partitions) this.of(partition);
  }

  of(partition: string): PartitionLog {
    const log = this.#logs.get(partition) ?? new PartitionLog(partition);
    this.#logs.set(partition, log);
    return log;
  }

  /** Adds a page and returns the messages not received before. */
  addPage(messages: readonly StreamMessage[]): StreamMessage[] {
    const added: StreamMessage[] = [];
    for (const partition of new Set(messages.map((message) => message.partition))) {
      const own = messages.filter((message) => message.partition === partition);
      added.push(...this.of(partition).addPage(own));
    }
    return added;
  }

  note(partition: string, reason: string): void {
    this.#reasons.add(reasonWords('ofPartition', { partition, why: reason }));
    if (!this.#faults.has(partition)) this.#faults.set(partition, reason);
  }

  /** One reason for all of them, each named as an input. */
  leaveUnread(partitions: readonly string[], reason: string): void {
    this.#reasons.add(reasonWords('partitionsNotRead', { number: partitions.length, why: reason }));
    for (const partition of partitions) {
      if (!this.#faults.has(partition))
        this.#faults.set(partition, reasonWords('notReadToEnd', { why: reason }));
    }
  }

  /** The reading ended early for all partitions at once; the reading itself says so. */
  noteAll(reason: string): void {
    for (const partition of this.#logs.keys()) {
      if (!this.#faults.has(partition)) this.#faults.set(partition, reason);
    }
  }

  /**
   * A group delivers no message twice: messages of the window that it delivered earlier are not in this reading.
   *
   * @param firstOfWindow the first offset of the window by partition, whatever any group has committed
   */
  checkGroup(group: string, firstOfWindow: ReadonlyMap<string, number>): void {
    for (const [partition, offset] of firstOfWindow) {
      const { first } = this.of(partition);
      if (first !== null && first <= offset) continue;
      const why =
        first === null
          ? reasonWords('groupNothing', { offset, group })
          : reasonWords('groupBegan', { offset, first, group });
      this.note(partition, why);
    }
  }

  /** Why the partitions are incomplete, one sentence each: the first few of them. */
  reasons(): readonly string[] {
    const all = [...this.#reasons, ...this.#inOrder().flatMap((log) => log.reasons())];
    return fewReasons(all, 'andMorePartitions');
  }

  requests(): SourceRequest[] {
    return this.#inOrder().map((log) => log.request());
  }

  /** Each partition as an input of the source. */
  inputs(): SourceInputs {
    const ledger = new InputLedger();
    for (const [partition, log] of this.#logs) {
      const fault = this.#faults.get(partition) ?? log.faults()[0] ?? null;
      const readable = log.messages > 0 ? 'part' : 'none';
      ledger.add(`partition ${partition}`, {
        bytes: null,
        records: log.messages,
        fault,
        readable: fault === null ? 'all' : readable,
      });
    }
    return ledger.inputs();
  }

  #inOrder(): PartitionLog[] {
    return [...this.#logs].sort(([a], [b]) => Number(a) - Number(b)).map(([, log]) => log);
  }
}
