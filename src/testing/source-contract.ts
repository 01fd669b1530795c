import assert from 'node:assert/strict';
import { dayMs, hourMs } from '../base/time-units.js';
import type { TimeWindow } from '../model/report-day.js';
import type { SourceOutcome, SourceRecord } from '../ports/event-source.js';
import type { OwnSource } from '../ports/own-module.js';
import { createOwnModuleSource } from '../sources/own-module/own-module-source.js';

/** One case of a contract: `for (const { name, run } of sourceContract(make)) test(name, run);` */
export interface ContractCase {
  readonly name: string;
  run(): Promise<void>;
}

/** A source over a store of its own, which is empty. */
export interface SourceOnTrial {
  readonly source: OwnSource;
  /** Puts events of OCI where the source finds them. */
  put(events: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /** From now on part of the store cannot be read. */
  breakStore(): Promise<void>;
  remove(): Promise<void>;
}

type Work = (trial: SourceOnTrial, window: TimeWindow) => Promise<void>;

/**
 * The comment on EventSource as cases. Each source of a company's own should pass them, as ours do.
 *
 * @param make gives a source with an empty store, for each case
 * @param windowOf the day that the source can read. Default: the 24 hours that ended an hour ago
 */
export function sourceContract(
  make: () => Promise<SourceOnTrial>,
  windowOf: () => TimeWindow = lastDay,
): readonly ContractCase[] {
  const on = (name: string, work: Work): ContractCase => ({
    name,
    run: async () => {
      const trial = await make();
      try {
        await work(trial, windowOf());
      } finally {
        await trial.remove();
      }
    },
  });
  return [
    on('gives every event of the window, and says that it is complete', givesAll),
    on('gives the same when it is read again', givesTheSame),
    on('is complete where there is nothing', givesNothing),
    on('never throws for what it reads, and says what is missing', saysWhatIsMissing),
    on('is diagnosed without being changed', isDiagnosed),
  ];
}

async function givesAll({ source, put }: SourceOnTrial, window: TimeWindow): Promise<void> {
  const events = eventsIn(window, 60);
  await put(events);
  const { records, outcome } = await readAll(source, window);
  assert.deepEqual(missingOf(events, records), [], 'these events are missing');
  assert.deepEqual(outcome.reasons, []);
  assert.equal(outcome.complete, true);
}

async function givesTheSame({ source, put }: SourceOnTrial, window: TimeWindow): Promise<void> {
  const events = eventsIn(window, 10);
  await put(events);
  for (const time of ['first', 'second']) {
    const { records } = await readAll(source, window);
    assert.deepEqual(missingOf(events, records), [], `these are missing the ${time} time`);
  }
}

async function givesNothing({ source, put }: SourceOnTrial, window: TimeWindow): Promise<void> {
  await put([]);
  const { outcome } = await readAll(source, window);
  assert.deepEqual(outcome, { ...outcome, complete: true, reasons: [] });
}

async function saysWhatIsMissing(trial: SourceOnTrial, window: TimeWindow): Promise<void> {
  await trial.put(eventsIn(window, 10));
  await trial.breakStore();
  // Not behind the seam, which catches what it throws.
  const { outcome } = await collected(trial.source, window);
  assert.equal(
    outcome.complete,
    false,
    'part of the store cannot be read, and the source says that it is complete',
  );
  assert.notEqual(outcome.reasons.length, 0, 'it gives no reason');
  for (const reason of outcome.reasons) assert.doesNotMatch(reason, /undefined|\[object|\n/);
}

async function isDiagnosed({ source, put }: SourceOnTrial, window: TimeWindow): Promise<void> {
  const events = eventsIn(window, 3);
  await put(events);
  const { findings } = await createOwnModuleSource(source, 'on trial').diagnose(window);
  for (const { state, words } of findings) assert.notEqual(state, 'failed', words);
  const { records } = await readAll(source, window);
  assert.deepEqual(missingOf(events, records), []);
}

/** As a report sees it: what is no record is unreadable, and fails here. */
async function readAll(source: OwnSource, window: TimeWindow) {
  const read = await collected(createOwnModuleSource(source, 'on trial'), window);
  const unreadable = read.records.filter(({ kind }) => kind === 'unreadable');
  assert.deepEqual(unreadable, [], 'these are no records');
  return read;
}

async function collected(
  source: Pick<OwnSource, 'read'>,
  window: TimeWindow,
): Promise<{ readonly records: readonly SourceRecord[]; readonly outcome: SourceOutcome }> {
  const reading = source.read(window);
  const records: SourceRecord[] = [];
  for await (const batch of reading.batches) records.push(...batch);
  return { records, outcome: reading.outcome() };
}

function missingOf(
  events: readonly { readonly eventID: string }[],
  records: readonly SourceRecord[],
): string[] {
  const texts = records.map((each) =>
    each.kind === 'value' ? JSON.stringify(each.value) : each.kind === 'text' ? each.text : '',
  );
  const all = texts.join('\n');
  return events.map(({ eventID }) => eventID).filter((id) => !all.includes(id));
}

function lastDay(): TimeWindow {
  const toMs = Date.now() - hourMs;
  return { fromMs: toMs - dayMs, toMs };
}

/** Ends of database backups, as OCI Events tells them. */
function eventsIn({ fromMs, toMs }: TimeWindow, count: number) {
  const step = (toMs - fromMs - 2 * hourMs) / count;
  return Array.from({ length: count }, (_, index) => ({
    eventType: 'com.oraclecloud.databaseservice.backupdatabase.end',
    cloudEventsVersion: '0.1',
    eventTypeVersion: '2.0',
    source: 'DatabaseService',
    eventTime: new Date(Math.round(fromMs + hourMs + index * step)).toISOString(),
    contentType: 'application/json',
    eventID: `contract-${String(index).padStart(3, '0')}`,
    data: {
      resourceId: `ocid1.dbbackup.oc1.iad.contract${index}`,
      additionalDetails: { databaseId: 'ocid1.database.oc1.iad.contract', lifecycleState: 'ACTIVE' },
    },
  }));
}
