import type { Log } from '../ports/log.js';
import type { Scheduler } from '../schedule/scheduler.js';
import { type EndSignal, endBySignal } from './end-by-signal.js';

/**
 * Runs the scheduler until a signal arrives, then stops it. Ends the process if that takes longer than the grace period,
 * or if a second signal arrives.
 */
export async function runUntilSignal(scheduler: Scheduler, gracePeriodMs: number, log: Log): Promise<void> {
  const { first, stopListening } = listenForSignals();
  scheduler.start();
  const signal = await first;
  const { pass } = scheduler.status();
  log.info({ signal, ...(pass === null ? {} : { atWork: pass.plan }) }, 'schedule: stopping');
  if (!(await endsWithin(gracePeriodMs, scheduler.stop()))) {
    const gracePeriod = `${gracePeriodMs / 1000} s`;
    const fields = { gracePeriod, lost: 'nothing: the next start makes the day' };
    log.warn(fields, 'schedule: stopped in the midst of a stage');
    endBySignal(signal);
  }
  log.info({}, 'schedule: stopped');
  stopListening();
}

/** The first signal resolves `first`; any further one ends the process. */
function listenForSignals(): { readonly first: Promise<EndSignal>; readonly stopListening: () => void } {
  let onSignal: (signal: EndSignal) => void = endBySignal;
  const first = new Promise<EndSignal>((resolve) => {
    let isFirst = true;
    onSignal = (signal) => {
      if (!isFirst) endBySignal(signal);
      isFirst = false;
      resolve(signal);
    };
  });
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  return { first, stopListening: () => void process.off('SIGTERM', onSignal).off('SIGINT', onSignal) };
}

async function endsWithin(ms: number, ending: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([ending.then(() => true), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
