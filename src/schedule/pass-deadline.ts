import { hourMs, secondMs } from '../base/time-units.js';
import type { ScheduleClock } from './scheduled-plan.js';

/** Where a plan says nothing. */
export const defaultPassDeadlineMs = 6 * hourMs;
/** How long a pass may take to end once it was told to. */
export const obeyMs = 30 * secondMs;

/** The deadline of the pass is over. */
export class PassGivenUp extends Error {
  constructor() {
    super('the pass was given up');
    this.name = 'PassGivenUp';
  }
}

/** How a pass ended: with its result, or given up; `left`: it did not obey, and hangs still. */
export type PassEnd<T> =
  | { readonly kind: 'ended'; readonly result: T }
  | { readonly kind: 'given-up'; readonly left: Promise<unknown> | null };

export interface PassLimits {
  readonly clock: Pick<ScheduleClock, 'setTimer'>;
  readonly deadlineMs: number;
  /** When aborted, the pass ends after its current stage; it is waited for until its deadline. */
  readonly signal: AbortSignal;
}

/**
 * Runs a pass until its deadline. Then its signal is aborted; a pass that does not end within half a minute of that is
 * left behind: it holds nobody else.
 *
 * @throws what the pass throws, unless it was given up
 */
export async function runUntilDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { clock, deadlineMs, signal }: PassLimits,
): Promise<PassEnd<T>> {
  const ending = new AbortController();
  const stop = (): void => ending.abort(signal.reason);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  let isGivenUp = false;
  const cancels: (() => void)[] = [];
  const tooLate = new Promise<'too late'>((resolve) => {
    const giveUp = (): void => {
      isGivenUp = true;
      cancels.push(clock.setTimer(obeyMs, () => resolve('too late')));
      ending.abort(new PassGivenUp());
    };
    cancels.push(clock.setTimer(deadlineMs, giveUp));
  });
  const running = work(ending.signal);
  try {
    const first = await Promise.race([running.then((result) => ({ result })), tooLate]);
    if (first === 'too late') return { kind: 'given-up', left: running.catch(() => undefined) };
    return isGivenUp ? { kind: 'given-up', left: null } : { kind: 'ended', result: first.result };
  } catch (error) {
    if (isGivenUp) return { kind: 'given-up', left: null };
    throw error;
  } finally {
    for (const cancel of cancels) cancel();
    signal.removeEventListener('abort', stop);
  }
}
