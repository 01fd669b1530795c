import pRetry from 'p-retry';
import { CredentialsRefused } from '../errors.js';
import type { LogEntry, LogSink, PutOutcome } from '../ports/log-sink.js';
import type { ForwardPlan } from './forward-plan.js';

/** What became of entries that were sent. */
export interface SentEntries<T extends LogEntry> {
  readonly accepted: number;
  readonly requestIds: readonly string[];
  readonly refused: readonly { readonly entry: T; readonly reason: string }[];
  /** Entries that were sent more than once, because an answer was lost. */
  readonly possiblyTwice: readonly T[];
  /** Why, one sentence each. */
  readonly doubts: readonly string[];
}

/** The log takes nothing, or does not answer. */
export class LogUnavailable extends Error {
  /** Whether a request that was not answered may have been taken. */
  readonly isUnknown: boolean;

  constructor(reason: string, isUnknown: boolean) {
    super(reason);
    this.name = 'LogUnavailable';
    this.isUnknown = isUnknown;
  }
}

type AnsweredOutcome = Extract<PutOutcome, { kind: 'accepted' | 'refused' }>;

type SendOptions = Pick<ForwardPlan, 'attempts' | 'firstDelayMs'>;

/** What is known of the requests of a batch, whatever becomes of the rest. */
export class SendTally {
  accepted = 0;
  refusedAlone = 0;
  /** Requests that left and whose answer does not tell. */
  unanswered = 0;

  /** Whether the log certainly has nothing of the batch: every request was refused, or never left. */
  get tookNothing(): boolean {
    return this.accepted === 0 && this.unanswered === 0;
  }
}

/** So many entries that are refused one by one, without one that is accepted, are no fault of the entries. */
const mostRefusedAlone = 20;

/**
 * Sends entries until the log has acknowledged or refused each. A request is taken as a whole or not at all: one that is refused for
 * what it holds, or for its size, is halved until the entry is alone that is refused. A log that refuses all is the fault of none.
 *
 * @param tally is kept up to date, whatever is thrown
 * @throws LogUnavailable; CredentialsRefused
 */
export async function sendEntries<T extends LogEntry>(
  entries: readonly T[],
  sink: Pick<LogSink, 'put'>,
  options: SendOptions & { readonly tally: SendTally },
): Promise<SentEntries<T>> {
  const sent = await sendHalves(entries, sink, options);
  const [refused] = sent.refused;
  if (entries.length > 1 && sent.accepted === 0 && refused !== undefined)
    throw refusesAll(refused.reason, options.tally);
  return sent;
}

function refusesAll(reason: string, { unanswered }: SendTally): LogUnavailable {
  return new LogUnavailable(`it refuses every entry: ${reason}`, unanswered > 0);
}

async function sendHalves<T extends LogEntry>(
  entries: readonly T[],
  sink: Pick<LogSink, 'put'>,
  options: SendOptions & { readonly tally: SendTally },
): Promise<SentEntries<T>> {
  if (entries.length === 0)
    return { accepted: 0, requestIds: [], refused: [], possiblyTwice: [], doubts: [] };
  const { outcome, lost } = await putUntilAnswered(entries, sink, options);
  // Of what was not answered, nothing is known: a refusal that came later does not tell of the request before it.
  const doubt = { possiblyTwice: lost === null ? [] : entries, doubts: lost === null ? [] : [lost] };
  if (outcome.kind === 'accepted') {
    options.tally.accepted += entries.length;
    const requestIds = outcome.requestId === null ? [] : [outcome.requestId];
    return { accepted: entries.length, requestIds, refused: [], ...doubt };
  }
  if (outcome.because === 'log') throw new LogUnavailable(outcome.reason, options.tally.unanswered > 0);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    options.tally.refusedAlone += 1;
    const { accepted, refusedAlone } = options.tally;
    if (accepted === 0 && refusedAlone >= mostRefusedAlone) throw refusesAll(outcome.reason, options.tally);
    return { accepted: 0, requestIds: [], refused: [{ entry: only, reason: outcome.reason }], ...doubt };
  }
  const middle = Math.ceil(entries.length / 2);
  const first = await sendHalves(entries.slice(0, middle), sink, options);
  const second = await sendHalves(entries.slice(middle), sink, options);
  return joined(first, second, doubt);
}

function joined<T extends LogEntry>(
  first: SentEntries<T>,
  second: SentEntries<T>,
  doubt: Pick<SentEntries<T>, 'possiblyTwice' | 'doubts'>,
): SentEntries<T> {
  const twice = [...new Set([...doubt.possiblyTwice, ...first.possiblyTwice, ...second.possiblyTwice])];
  return {
    accepted: first.accepted + second.accepted,
    requestIds: [...first.requestIds, ...second.requestIds],
    refused: [...first.refused, ...second.refused],
    possiblyTwice: twice,
    doubts: [...new Set([...doubt.doubts, ...first.doubts, ...second.doubts])],
  };
}

/** @throws LogUnavailable where no attempt was answered; CredentialsRefused */
async function putUntilAnswered(
  entries: readonly LogEntry[],
  sink: Pick<LogSink, 'put'>,
  { attempts, firstDelayMs, tally }: SendOptions & { readonly tally: SendTally },
): Promise<{ readonly outcome: AnsweredOutcome; readonly lost: string | null }> {
  let lost: string | null = null;
  const outcome = await pRetry(
    async () => {
      const answer = await putOnce(entries, sink, tally);
      if (answer.kind === 'unanswered') lost = answer.reason;
      if (answer.kind === 'accepted' || answer.kind === 'refused') return answer;
      throw new LogUnavailable(answer.reason, tally.unanswered > 0);
    },
    {
      retries: attempts - 1,
      minTimeout: firstDelayMs,
      maxTimeout: 30_000,
      randomize: true,
      shouldRetry: ({ error }) => error instanceof LogUnavailable,
    },
  );
  return { outcome, lost };
}

/** A request counts as unanswered from before it leaves, so that whatever is thrown leaves it so. */
async function putOnce(
  entries: readonly LogEntry[],
  sink: Pick<LogSink, 'put'>,
  tally: SendTally,
): Promise<PutOutcome> {
  tally.unanswered += 1;
  let isKnown = false;
  try {
    const answer = await sink.put(entries);
    isKnown = answer.kind !== 'unanswered';
    return answer;
  } catch (error) {
    isKnown = error instanceof CredentialsRefused;
    throw error;
  } finally {
    if (isKnown) tally.unanswered -= 1;
  }
}
