import { explainError } from '../../errors.js';
import { OciCallError } from '../../oci/oci-error.js';
import type { LogAnalyticsOptions } from './options.js';
import { PairReader } from './pair-reader.js';
import type { TimeSlice } from './query-answer.js';
import type { QueryRunner } from './query-runner.js';
import { countDatabasesQuery, countOthersQuery, countQuery, countUnpairedQuery } from './query-text.js';
import { type SliceResult, SliceQueue } from './read-slices.js';
import { cutIntoSlices } from './time-slice.js';

/** Half of the groups that `link` gives at most, with two records each. */
const recordsPerSlice = 500;
/** How often all pairs are read at most, if records arrive meanwhile. */
const maxReadings = 2;

/** All records of databases in a window, read by pairs. */
export interface AllPairs {
  readonly results: readonly SliceResult[];
  /** How many records they stand for: as many as the service counts. */
  readonly records: number;
}

/** Why pairs cannot be read; everything can then be read record by record. */
export class NoPairsError extends Error {}

/**
 * Reads all pairs of a window, and shows by the service's counts that they are all.
 *
 * @throws NoPairsError; CallsSpentError
 */
export async function readAllPairs(
  runner: QueryRunner,
  options: LogAnalyticsOptions,
  whole: TimeSlice,
): Promise<AllPairs> {
  try {
    await checkPairable(runner, options.logSource, whole);
    const count = countDatabasesQuery(options.logSource);
    for (let reading = 1; ; reading += 1) {
      const counted = await runner.count(count, whole);
      const pairs = await readOnce(runner, options, { whole, counted });
      const countedAfter = await runner.count(count, whole);
      if (pairs.records === countedAfter) return pairs;
      if (reading === maxReadings) {
        throw new NoPairsError(
          `pairs stand for ${pairs.records} records, the service counts ${countedAfter}`,
        );
      }
    }
  } catch (error) {
    if (!(error instanceof OciCallError)) throw error;
    throw new NoPairsError(explainError(error), { cause: error });
  }
}

/** If a database's records lack the creation time, or nobody knows which records name a database, none can be paired. */
async function checkPairable(runner: QueryRunner, logSource: string, whole: TimeSlice): Promise<void> {
  const unpaired = await runner.count(countUnpairedQuery(logSource), whole);
  if (unpaired > 0) throw new NoPairsError(`${unpaired} records of databases have no timeCreated`);
  const databases = await runner.count(countDatabasesQuery(logSource), whole);
  const others = await runner.count(countOthersQuery(logSource), whole);
  const all = await runner.count(countQuery(logSource), whole);
  if (databases + others !== all) {
    throw new NoPairsError(`of ${all} records, ${databases} name a database and ${others} do not`);
  }
}

async function readOnce(
  runner: QueryRunner,
  options: LogAnalyticsOptions,
  { whole, counted }: { readonly whole: TimeSlice; readonly counted: number },
): Promise<AllPairs> {
  const slices = cutIntoSlices(whole, Math.ceil(counted / recordsPerSlice));
  const queue = new SliceQueue(slices, options.parallel, new PairReader(runner, options, whole));
  const results: SliceResult[] = [];
  let records = 0;
  for await (const result of queue.results()) {
    const why = result.fault ?? result.answer?.doubt?.reason ?? null;
    if (why !== null) throw new NoPairsError(why);
    records += result.answer?.records ?? 0;
    results.push(result);
  }
  return { results, records };
}
