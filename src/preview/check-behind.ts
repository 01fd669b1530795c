/** Gives every fault of the templates, in words. Rejects when the signal is aborted, and for what rendering shows itself. */
export type TemplatesCheck = (signal: AbortSignal) => Promise<readonly string[]>;

export interface CheckBehind {
  /** Checks what is saved now; a check of what was saved before is given up. */
  restart(): void;
  /** Gives up, and waits until nothing of it is left. */
  close(): Promise<void>;
}

/**
 * Checks templates behind a preview: with sample days, since the day that is shown takes few of their branches. It may take
 * longer than a person takes to save again.
 *
 * @param onFaults is told the faults of what was saved last, once it is checked
 */
export function checkBehind(
  check: TemplatesCheck,
  onFaults: (faults: readonly string[]) => void,
): CheckBehind {
  let given = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const run = async (before: Promise<void>, { signal }: AbortController): Promise<void> => {
    await before;
    if (signal.aborted) return;
    try {
      const faults = await check(signal);
      if (!signal.aborted) onFaults(faults);
    } catch {
      // It was given up, or the rendering runs into the same and shows it.
    }
  };
  return {
    restart: () => {
      given.abort();
      given = new AbortController();
      running = run(running, given);
    },
    close: async () => {
      given.abort();
      await running;
    },
  };
}
