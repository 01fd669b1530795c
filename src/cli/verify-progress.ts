/** Nothing is shown before: a small archive takes less. */
const quietMs = 2000;

export interface VerifyProgress {
  onDay(plan: string, date: string, what?: 'verifying' | 'making again'): void;
  /** May be called more than once. */
  end(): void;
}

/** The day that is being read, on one line of standard error. @param isShown where standard error is a terminal */
export function showDays(isShown: boolean): VerifyProgress {
  const startedMs = performance.now();
  let shown = 0;
  return {
    onDay(plan, date, what = 'verifying') {
      if (!isShown || performance.now() - startedMs < quietMs) return;
      const line = `${what} ${plan} ${date}`;
      process.stderr.write(`\r${line.padEnd(shown)}`);
      shown = line.length;
    },
    end() {
      if (shown > 0) process.stderr.write(`\r${' '.repeat(shown)}\r`);
      shown = 0;
    },
  };
}
