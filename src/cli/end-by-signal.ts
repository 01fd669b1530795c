import type { EventEmitter } from 'node:events';

export type EndSignal = 'SIGTERM' | 'SIGINT';

/** The exit codes that shells and containers report for a process ended by a signal. */
const exitCodesOfSignals: Readonly<Record<EndSignal, number>> = { SIGTERM: 143, SIGINT: 130 };

/**
 * Makes SIGTERM and SIGINT end the process, whatever command it runs. Node leaves that to the kernel, which does not do
 * it for process 1 of a container.
 *
 * A command that listens itself decides: schedule, backfill, preview and init end what they have begun first. Once they
 * listen no more, the next signal ends the process here.
 *
 * @param target whoever gets the signals: the process
 * @param end ends the process
 */
export function endOnSignals(
  target: EventEmitter = process,
  end: (signal: EndSignal) => void = endBySignal,
): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    target.on(signal, () => {
      if (target.listenerCount(signal) === 1) end(signal);
    });
  }
}

/**
 * Ends the process as the signal itself would, which shells and containers see as 143 or 130. `process.exit` would wait
 * for a thread that reads a file: forever, on a hung network drive. It is only here for process 1 of a container, which
 * signals do not end.
 */
export function endBySignal(signal: EndSignal): never {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  process.exit(exitCodesOfSignals[signal]);
}
