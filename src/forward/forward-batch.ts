import { gzipSync } from 'node:zlib';
import { toIso } from '../base/instants.js';
import { explainError } from '../errors.js';
import type { Acknowledgement, BatchClaim } from './journal-files.js';
import { isTooLarge } from './fill-batches.js';
import type { CollectedEntry, ForwardPlan, ForwardPorts } from './forward-plan.js';
import type { JournalWriter, OpenBatch } from './journal.js';
import { type SentEntries, SendTally, sendEntries } from './send-entries.js';

export interface ForwardingParts {
  readonly plan: ForwardPlan;
  readonly ports: Pick<ForwardPorts, 'sink' | 'clock' | 'log'>;
  readonly journal: JournalWriter;
}

/** Claims a batch before it is sent: whatever happens from now on, the next run knows what may be in the log. */
export async function claimBatch(
  batch: number,
  entries: readonly CollectedEntry[],
  { plan, ports, journal }: ForwardingParts,
): Promise<BatchClaim> {
  const claim: BatchClaim = {
    schemaVersion: 1,
    batch,
    log: ports.sink.location,
    claimedAt: toIso(ports.clock.nowMs()),
    tool: plan.tool,
    times: spanOf(entries.map(({ timeMs }) => timeMs)),
    collected: spanOf(entries.map(({ collectedMs }) => collectedMs)),
    ids: entries.map(({ id }) => id),
  };
  await journal.claim(claim);
  return claim;
}

/**
 * Sends a claimed batch and writes what the log acknowledged.
 *
 * @param batch `untaken` is 0 for one that this run has claimed itself
 * @param entries those of the claim that the sources gave
 * @throws LogUnavailable: the batch stays open, and the next run sends it again with the same ids
 */
export async function sendBatch(
  { claim, untaken }: OpenBatch,
  entries: readonly CollectedEntry[],
  { plan, ports, journal }: ForwardingParts,
): Promise<Acknowledgement> {
  const { sink, clock, log } = ports;
  const stopped = untaken === null;
  const tooLarge = entries.filter((entry) => isTooLarge(entry, sink));
  const sendable = tooLarge.length === 0 ? entries : entries.filter((entry) => !isTooLarge(entry, sink));
  const sent = await sendOnRecord({ claim, untaken }, sendable, { plan, ports, journal });
  const limit = `the log takes up to ${sink.largestEntryBytes} bytes of a record`;
  const refused = [...tooLarge.map((entry) => ({ entry, reason: limit })), ...sent.refused];
  const given = new Set(entries.map(({ id }) => id));
  const acknowledgement: Acknowledgement = {
    schemaVersion: 1,
    batch: claim.batch,
    acknowledgedAt: toIso(clock.nowMs()),
    accepted: sent.accepted,
    requestIds: [...sent.requestIds],
    refused: refused.map(({ entry, reason }) => ({
      id: entry.id,
      subject: entry.subject,
      time: toIso(entry.timeMs),
      bytes: Buffer.byteLength(entry.data),
      reason,
    })),
    possiblyTwice: (stopped ? sendable : sent.possiblyTwice).map(({ id }) => id),
    doubts: [...(stopped ? [stoppedWords] : []), ...sent.doubts],
    unknown: claim.ids.filter((id) => !given.has(id)),
  };
  await journal.acknowledge(acknowledgement, refused.length === 0 ? null : linesOf(refused));
  const { batch, accepted, possiblyTwice } = acknowledgement;
  log.info(
    { batch, accepted, refused: refused.length, possiblyTwice: possiblyTwice.length },
    'batch forwarded',
  );
  return acknowledgement;
}

/** Whatever ends it: where the log certainly took nothing, and never did, the journal says so. */
async function sendOnRecord(
  { claim: { batch }, untaken }: OpenBatch,
  entries: readonly CollectedEntry[],
  { plan, ports: { sink, clock }, journal }: ForwardingParts,
): Promise<SentEntries<CollectedEntry>> {
  const time = (untaken ?? 0) + 1;
  if (time > 1) await journal.again({ schemaVersion: 1, batch, time, startedAt: toIso(clock.nowMs()) });
  const tally = new SendTally();
  try {
    return await sendEntries(entries, sink, { ...plan, tally });
  } catch (error) {
    if (untaken !== null && tally.tookNothing) {
      const answeredAt = toIso(clock.nowMs());
      await journal.untaken({ schemaVersion: 1, batch, time, answeredAt, reason: explainError(error) });
    }
    throw error;
  }
}

const stoppedWords = 'a run was stopped before it could write what the log had acknowledged';

function linesOf(
  refused: readonly { readonly entry: CollectedEntry; readonly reason: string }[],
): Uint8Array {
  const lines = refused.map(({ entry, reason }) => {
    const { id, subject, timeMs, data } = entry;
    return `${JSON.stringify({ id, subject, time: toIso(timeMs), reason, data })}\n`;
  });
  return gzipSync(lines.join(''));
}

function spanOf(instants: readonly number[]): BatchClaim['times'] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const each of instants) {
    least = Math.min(least, each);
    most = Math.max(most, each);
  }
  return { from: toIso(least), to: toIso(most) };
}
