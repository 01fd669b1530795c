import { type Row, type TimeSlice, rowCap } from '../query-answer.js';
import { safeLogSource } from '../query-text.js';
import { recordTimeMs } from '../time-slice.js';
import { type ProbeClient, Unanswered } from './probe-client.js';

/** A value of the profile; `src/oci/service-profile.ts` says what each means. */
export type ProbedValue = string | number | boolean | readonly string[];

/** What all questions start from. */
export interface Prober {
  readonly client: ProbeClient;
  readonly logSource: string;
  /** The condition that selects the log source. */
  readonly filter: string;
  readonly whole: TimeSlice;
  /** Record times of a sample, epoch milliseconds, the latest first; at least one. */
  readonly timesMs: readonly number[];
}

const sampledRows = 200;

/** @throws Unanswered if the window has no record */
export async function openProber(client: ProbeClient, logSource: string, whole: TimeSlice): Promise<Prober> {
  const filter = filterOf(logSource);
  const { rows } = await client.query(`${filter} | fields 'Time'`, whole, sampledRows);
  const timesMs = rows.map(recordTimeMs).filter((timeMs) => !Number.isNaN(timeMs));
  if (rows.length === 0) throw new Unanswered('the window has no record of the log source');
  if (timesMs.length === 0) throw new Unanswered('the records have no time that can be read');
  return { client, logSource, filter, whole, timesMs: timesMs.sort((a, b) => b - a) };
}

/** A short slice with the latest records of the sample, at most some. */
export function lately({ timesMs }: Prober, records: number): TimeSlice {
  const [latestMs = 0] = timesMs;
  return { fromMs: (timesMs[records - 1] ?? timesMs.at(-1) ?? latestMs) - 1000, toMs: latestMs + 1000 };
}

/** Whether an answer has all that a query can give, and there may be more. */
export function isFull(rows: readonly Row[]): boolean {
  return rows.length >= rowCap;
}

function filterOf(logSource: string): string {
  if (!safeLogSource.test(logSource)) throw new RangeError('the log source cannot be quoted in a query');
  return `'Log Source' = '${logSource}'`;
}
