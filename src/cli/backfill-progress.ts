import { Presets, SingleBar } from 'cli-progress';
import type { BackfillDay } from '../backfill/run-backfill.js';

export interface BackfillProgress {
  advance(day: BackfillDay): void;
  /** May be called more than once. */
  end(): void;
}

/** A bar on standard error: days, events per second, time left. */
export function showProgress(plan: string, days: number, isShown: boolean): BackfillProgress {
  if (!isShown) return { advance: () => undefined, end: () => undefined };
  const bar = new SingleBar(
    {
      format: `${plan} {bar} {value}/{total} days  {date}  {speed} events/s  {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      etaBuffer: 20,
    },
    Presets.shades_classic,
  );
  const startedMs = performance.now();
  let events = 0;
  bar.start(days, 0, { date: '', speed: '-' });
  return {
    advance: (day) => {
      if (day.kind === 'made') events += day.result.report.controlTotals.read;
      const seconds = (performance.now() - startedMs) / 1000;
      bar.increment(1, { date: day.date, speed: Math.round(events / Math.max(seconds, 0.001)) });
    },
    end: () => bar.stop(),
  };
}
