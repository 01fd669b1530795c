import { type Doubt, type QueryAnswer, type Row, type TimeSlice, limit, part } from './query-answer.js';
import { defaultLinkGroups } from '../../oci/service-profile.js';
import type { LogAnalyticsOptions } from './options.js';
import { isGoodPair, recordsOfPair, rowsOfPair } from './pairs.js';
import type { QueryRunner } from './query-runner.js';
import { countDatabasesQuery, pairsQuery, safeLogSource, selectDatabasesQuery } from './query-text.js';
import type { SliceReader, SliceResult } from './read-slices.js';
import { RowReader } from './row-reader.js';
import { instantMs, isOfSlice, recordTimeMs } from './time-slice.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** Above this number of databases whose pairs are not plainly good, it is cheaper to read the records of all. */
const maxDatabasesInFull = 20;

/**
 * Reads the records of databases in a slice by pairs made on the server. A pair that is not plainly a good backup (a
 * failure, an unknown state, a third record, differing attributes), or that the end of the slice may have cut, is read
 * record by record, without the original content: so all events of a backup are identified by its database and creation
 * time, whatever slice they are in, and verdicts and reasons are the same as without pairs.
 *
 * What it throws (OciCallError) ends the whole reading by pairs: there is another way.
 */
export class PairReader implements SliceReader {
  readonly #runner: QueryRunner;
  readonly #options: LogAnalyticsOptions;
  readonly #whole: TimeSlice;
  /** The records of all databases. */
  readonly #records: RowReader;

  constructor(runner: QueryRunner, options: LogAnalyticsOptions, whole: TimeSlice) {
    this.#runner = runner;
    this.#options = options;
    this.#whole = whole;
    this.#records = this.#readerOf();
  }

  async readSlice(slice: TimeSlice): Promise<SliceResult> {
    const pairs = await this.#records.ask(pairsQuery(this.#options.logSource), slice);
    const doubt = await this.#doubtOf(pairs, slice);
    if (doubt !== null) return { slice, answer: { ...pairs, doubt, mode: 'pairs' }, fault: null };
    const unclear = new Set(
      pairs.rows.filter((row) => !this.#isClear(row, slice)).map((row) => String(row['databaseId'])),
    );
    const isAll = unclear.size > maxDatabasesInFull || [...unclear].some((id) => !safeLogSource.test(id));
    const inFull: QueryAnswer[] = [];
    if (isAll) inFull.push(await this.#records.read(slice));
    else for (const id of unclear) inFull.push(await this.#readerOf(id).read(slice));
    const good = isAll ? [] : pairs.rows.filter((row) => !unclear.has(String(row['databaseId'])));
    return this.#resultOf(slice, pairs, { good, inFull });
  }

  /** More pairs in the shortest slice than the service gives: record by record. */
  async lastResort({ slice }: SliceResult): Promise<SliceResult> {
    let records = await this.#records.readSlice(slice);
    if (records.answer?.doubt) records = await this.#records.lastResort(records);
    const { answer, fault } = records;
    if (answer === null) return { slice, answer, fault };
    return this.#resultOf(slice, { ...answer, requestIds: [], pages: 0 }, { good: [], inFull: [answer] });
  }

  #readerOf(databaseId?: string): RowReader {
    const { logSource } = this.#options;
    const selects = [selectDatabasesQuery(logSource, databaseId)];
    const count = countDatabasesQuery(logSource, databaseId);
    return new RowReader(this.#runner, { selects, count }, false);
  }

  #resultOf(
    slice: TimeSlice,
    pairs: QueryAnswer,
    { good, inFull }: { readonly good: readonly Row[]; readonly inFull: readonly QueryAnswer[] },
  ): SliceResult {
    const parts = [pairs, ...inFull];
    const fullRows = inFull
      .flatMap(({ rows }) => rows)
      .filter((row) => isOfSlice(recordTimeMs(row), slice, this.#whole))
      .map(withoutContent);
    const answer: QueryAnswer = {
      rows: [...good.flatMap(rowsOfPair), ...fullRows],
      records: good.reduce((sum, row) => sum + recordsOfPair(row), 0) + fullRows.length,
      doubt: inFull.map(({ doubt }) => doubt).find((each): each is Doubt => each !== null) ?? null,
      pages: parts.reduce((sum, each) => sum + each.pages, 0),
      requestIds: parts.flatMap(({ requestIds }) => requestIds),
      mode: 'pairs',
    };
    return { slice, answer, fault: null };
  }

  /** Groups that were left out show in the number of records, whatever the answer says of itself. */
  async #doubtOf({ rows, doubt }: QueryAnswer, slice: TimeSlice): Promise<Doubt | null> {
    if (doubt !== null && doubt.kind !== 'uncounted') return doubt;
    const known = this.#options.profile?.linkGroups;
    if (rows.length >= (known ?? defaultLinkGroups)) {
      return limit(reasonWords('groupsAtLimit', { rows: rows.length }));
    }
    if (known !== undefined && doubt === null) return null;
    const records = rows.reduce((sum, row) => sum + recordsOfPair(row), 0);
    const counted = await this.#runner.count(countDatabasesQuery(this.#options.logSource), slice);
    if (records === counted) return null;
    return part(reasonWords('pairsCounted', { rows: records, counted }), counted - records);
  }

  /** Whether all of its records are in the slice, and they are a good backup's. */
  #isClear(row: Row, slice: TimeSlice): boolean {
    const times = [instantMs(row['First']), instantMs(row['Last'])];
    const areInside = times.every((time) => !Number.isNaN(time) && isOfSlice(time, slice, this.#whole));
    return areInside && isGoodPair(row);
  }
}

function withoutContent(row: Row): Row {
  const { 'Original Log Content': content, mbody, ...columns } = row;
  // A row without its parsed columns has nothing else.
  return columns['Event Type'] === undefined ? { ...columns, mbody: content ?? mbody } : columns;
}
