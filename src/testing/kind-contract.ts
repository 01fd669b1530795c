import assert from 'node:assert/strict';
import { addDays, reportDayOf } from '../base/civil-dates.js';
import { toIso } from '../base/instants.js';
import { createLanguage } from '../language/create-language.js';
import type { Disposition } from '../model/control-totals.js';
import type { Language } from '../model/language.js';
import { noAttestations } from '../model/attestation.js';
import type { ReportDay, TimeWindow } from '../model/report-day.js';
import type { SourceReport } from '../model/report-head.js';
import type { DayInput, ReportKind } from '../reports/report-kind.js';
import type { WirableKind } from '../wiring/wirable-kind.js';
import { loadTheme } from '../wiring/wire-theme.js';
import type { ContractCase } from './source-contract.js';

/** A kind of report, and what it is tried with. */
export interface KindOnTrial {
  readonly kind: WirableKind;
  /** Its reports, as `kind.wire` gives them. */
  readonly reports: ReportKind;
  /** So many records that differ and that happened within the window, as a source would give them. The same each time. */
  records(window: TimeWindow, number: number): readonly unknown[];
}

const plan = 'on-trial';
const whole = { complete: true, reasons: [] } as const;
const torn = { complete: false, reasons: ['the second half could not be read'] } as const;
/** What no kind understands, and what must not stop it. */
const strange: readonly unknown[] = [null, 17, 'text', {}, { time: 'yesterday' }, [[]], { time: {} }];

/**
 * The comment on ReportKind as cases: records are counted once, nothing that is missing is green, and a report says the same when it is
 * read back or made again.
 */
export function kindContract(make: () => Promise<KindOnTrial>): readonly ContractCase[] {
  const on = (name: string, work: (trial: KindOnTrial) => Promise<void>): ContractCase => ({
    name,
    run: async () => work(await make()),
  });
  return [
    on('uses each record of the day once', usesOnce),
    on('leaves records of other days outside', leavesOutside),
    on('uses nothing of what it does not understand, and goes on', usesNothingStrange),
    on('is INCOMPLETE where a source was not read to its end', (trial) => isIncomplete(trial, torn, {})),
    on('is INCOMPLETE where the report of the day before could not be used', (trial) =>
      isIncomplete(trial, whole, { faults: ['it is damaged'] }),
    ),
    on('is INCOMPLETE before the day is over', (trial) => isIncomplete(trial, whole, { isDayOver: false })),
    on('says the same when it is read back', isReadBack),
    on('says the same when it is made again, in whatever order records come', saysTheSame),
    on('says something else of other records', saysOther),
  ];
}

function dayOnTrial(): ReportDay {
  const day = reportDayOf('2026-11-18', 'UTC');
  assert.ok(day !== undefined);
  return day;
}

let loadedEnglish: Promise<Language> | undefined;

/** Messages of English, read once. */
function english(): Promise<Language> {
  loadedEnglish ??= loadTheme({ language: 'en', branding: {} }, '.').then(({ data }) =>
    createLanguage(data.language),
  );
  return loadedEnglish;
}

const windowOf = ({ startMs, cutOffMs }: ReportDay): TimeWindow => ({ fromMs: startMs, toMs: cutOffMs });

async function usesOnce({ reports, records }: KindOnTrial): Promise<void> {
  const window = windowOf(dayOnTrial());
  const given = records(window, 10);
  const reading = reports.openReading(window);
  const taken = given.flatMap((record, index) => reading.take(record, index + 1));
  assert.ok(taken.length >= given.length, 'a record was neither used nor said to be of no use');
  const used = taken.filter(({ disposition }) => disposition === 'used').length;
  assert.notEqual(used, 0, 'none of its own records is used');
  const again = given.flatMap((record, index) => reading.take(record, taken.length + index + 1));
  const usedAgain = again.filter(({ disposition }) => disposition === 'used').length;
  const { duplicates } = reading.finish(null);
  assert.ok(usedAgain <= duplicates.length, 'records that came twice are counted twice');
}

async function leavesOutside({ reports, records }: KindOnTrial): Promise<void> {
  const window = windowOf(dayOnTrial());
  const next = reportDayOf(addDays('2026-11-18', 1), 'UTC');
  assert.ok(next !== undefined);
  const reading = reports.openReading(window);
  const taken = records(windowOf(next), 3).flatMap((record, index) => reading.take(record, index + 1));
  assert.ok(taken.length >= 3, 'a record of another day is not counted');
  for (const { disposition } of taken)
    assert.notEqual(disposition, 'used', 'a record of another day is used');
}

async function usesNothingStrange({ reports, records }: KindOnTrial): Promise<void> {
  const window = windowOf(dayOnTrial());
  const reading = reports.openReading(window);
  for (const [index, value] of strange.entries()) {
    const taken = takeOrReject(reading, value, index + 1);
    for (const { disposition } of taken)
      assert.notEqual(disposition, 'used', `used: ${JSON.stringify(value)}`);
  }
  const [record] = records(window, 1);
  const [first] = reading.take(record, strange.length + 1);
  assert.equal(first?.disposition, 'used', 'after strange records it uses nothing any more');
}

/** A record for which a reading throws is rejected. */
function takeOrReject(
  reading: ReturnType<ReportKind['openReading']>,
  value: unknown,
  number: number,
): ReturnType<typeof reading.take> {
  try {
    return reading.take(value, number);
  } catch {
    return [];
  }
}

interface Circumstances {
  readonly faults?: readonly string[];
  readonly isDayOver?: boolean;
}

async function concluded(
  { reports }: KindOnTrial,
  given: readonly unknown[],
  source: Pick<SourceReport, 'complete' | 'reasons'> = whole,
  circumstances: Circumstances = {},
) {
  const window = windowOf(dayOnTrial());
  const reading = reports.openReading(window);
  const taken = given.flatMap((record, index) => reading.take(record, index + 1));
  const { facts } = reading.finish(null);
  const input = await inputOf(facts, sourceOf(source, taken, window), circumstances);
  const { report, lines } = await reports.conclude(input as unknown as Parameters<ReportKind['conclude']>[0]);
  return { report, digest: await reports.contentDigest(report, lines) };
}

function sourceOf(
  { complete, reasons }: Pick<SourceReport, 'complete' | 'reasons'>,
  taken: readonly { readonly disposition: Disposition }[],
  window: TimeWindow,
): SourceReport {
  const numberOf = (wanted: Disposition): number =>
    taken.filter(({ disposition }) => disposition === wanted).length;
  return {
    name: 'source',
    type: 'on-trial',
    request: 'records',
    windowStart: toIso(window.fromMs),
    windowEnd: toIso(window.toMs),
    controlTotals: {
      read: taken.length,
      used: numberOf('used'),
      duplicate: numberOf('duplicate'),
      outside: numberOf('outside'),
      ignored: numberOf('ignored'),
      rejected: numberOf('rejected'),
    },
    complete,
    reasons: [...reasons],
  };
}

async function inputOf(
  facts: unknown,
  source: SourceReport,
  { faults = [], isDayOver = true }: Circumstances,
): Promise<DayInput<never, never, unknown>> {
  const day = dayOnTrial();
  const language = await english();
  const window = windowOf(day);
  return {
    plan: { name: plan, tool: { name: 'on-trial', version: '0.0.0' }, tolerateRejected: 0, language },
    day,
    generatedAtMs: day.cutOffMs + 6 * 3_600_000,
    isDayOver,
    window,
    facts,
    sources: [source],
    rejected: [],
    recalled: {
      memory: null,
      previousReport: null,
      bridged: [],
      knownSinceMs: window.fromMs,
      faults,
      findings: [],
    },
    attestations: noAttestations,
    earlier: null,
    hasLaterReport: async () => false,
    log: { info: () => undefined, warn: () => undefined },
  };
}

async function isIncomplete(
  trial: KindOnTrial,
  source: Pick<SourceReport, 'complete' | 'reasons'>,
  circumstances: Circumstances,
): Promise<void> {
  const given = trial.records(windowOf(dayOnTrial()), 5);
  const { report } = await concluded(trial, given, source, circumstances);
  assert.equal(report.status, 'INCOMPLETE');
  assert.notEqual(report.statusReasons.length, 0, 'it gives no reason');
  assert.notEqual(trial.reports.standingOf(report).level, 'good', 'an INCOMPLETE report is shown as good');
}

async function isReadBack(trial: KindOnTrial): Promise<void> {
  const { report } = await concluded(trial, trial.records(windowOf(dayOnTrial()), 5));
  assert.deepEqual(
    [report.kind, report.plan, report.reportDay.date],
    [trial.kind.keys.name, plan, '2026-11-18'],
  );
  const bytes = Buffer.from(JSON.stringify(report));
  const read = trial.kind.archived.readReport(bytes);
  assert.deepEqual(read, JSON.parse(JSON.stringify(report)));
  assert.ok(read !== null);
  const { level, verdict } = trial.reports.standingOf(report);
  const { day } = trial.kind.indexedReportOf(read);
  assert.deepEqual([day.level, day.verdict], [level, verdict], 'an index says something else of it');
}

async function saysTheSame(trial: KindOnTrial): Promise<void> {
  const given = trial.records(windowOf(dayOnTrial()), 10);
  const first = await concluded(trial, given);
  const again = await concluded(trial, given.toReversed());
  assert.match(first.digest, /^[0-9a-f]{64}$/);
  assert.equal(again.digest, first.digest, 'the same day would get a revision for nothing');
}

async function saysOther(trial: KindOnTrial): Promise<void> {
  const given = trial.records(windowOf(dayOnTrial()), 10);
  const first = await concluded(trial, given);
  const fewer = await concluded(trial, given.slice(1));
  assert.notEqual(fewer.digest, first.digest, 'a late record would change nothing');
}
