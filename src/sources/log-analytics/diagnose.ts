import { dayMs } from '../../base/time-units.js';
import { explainError, isUsageFailure } from '../../errors.js';
import { adviceForCall } from '../../oci/call-advice.js';
import type { OciConnection } from '../../oci/connection.js';
import type { SourceDiagnosis } from '../../ports/event-source.js';
import type { Finding } from '../../ports/finding.js';
import { findSource, listingFinding } from './diagnose-log-source.js';
import {
  contentFinding,
  countedTypes,
  delayFinding,
  fieldsFinding,
  typesInContent,
} from './diagnose-records.js';
import { openRunner } from './open-runner.js';
import type { LogAnalyticsOptions } from './options.js';
import type { Row, TimeSlice } from './query-answer.js';
import type { QueryRunner } from './query-runner.js';
import { countQuery, eventTypesQuery, selectQueries } from './query-text.js';
import { NoPairsError, readAllPairs } from './read-all-pairs.js';
import { RowReader, isRefusedQuery } from './row-reader.js';

const readRights =
  'Allow the group to read loganalytics-query, loganalytics-queryjob-work-request, loganalytics-log-group and compartments.';

const pairedDays = 2;

/** What the checks of one source have in common. */
interface Checked {
  readonly runner: QueryRunner;
  readonly reader: RowReader;
  readonly selects: readonly string[];
  readonly options: LogAnalyticsOptions;
  readonly slice: TimeSlice;
  readonly findings: Finding[];
}

/**
 * Checks the log source, what has arrived, and what its parser keeps. Each check is made as a run reads, with the same
 * ways out, whatever became of those before it.
 *
 * @throws Failure('usage') if OCI does not accept the credentials, or there is no namespace
 */
export async function diagnoseLogAnalytics(
  connection: OciConnection,
  options: LogAnalyticsOptions,
  slice: TimeSlice,
): Promise<SourceDiagnosis> {
  const findings: Finding[] = [];
  const { logSource, profile, wanted } = options;
  const runner = await attempt(findings, 'log analytics', () => openRunner(connection, options));
  if (runner === null) return { findings, eventTypes: null };
  const listing = await findSource(connection, options);
  const selects = selectQueries(logSource, profile?.columns, wanted);
  const reader = new RowReader(runner, { selects, count: countQuery(logSource) }, false);
  const checked = { runner, reader, selects, options, slice, findings };
  const counted = await countRecords(checked);
  const rows = await lookAtRows(checked);
  const eventTypes = await countTypes(checked, rows);
  if (options.aggregate === 'server') await tryPairs(checked);
  const hasRecords = (counted ?? rows?.length ?? 0) > 0;
  return { findings: [listingFinding(listing, logSource, hasRecords), ...findings], eventTypes };
}

/** A failed check is a finding, and null. */
async function attempt<T>(findings: Finding[], check: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    const advice = adviceForCall(error, readRights);
    findings.push({ check, state: 'failed', words: explainError(error), advice });
    return null;
  }
}

async function countRecords({ runner, options, slice, findings }: Checked): Promise<number | null> {
  const check = 'records';
  return attempt(findings, check, async () => {
    const counted = await runner.count(countQuery(options.logSource), slice);
    const advice =
      'Look at the rule of the Events service, the stream and the connector: one of them does not run.';
    findings.push(
      counted > 0
        ? { check, state: 'ok', words: `${counted} arrived in the last 7 days`, advice: null }
        : { check, state: 'warning', words: 'no record arrived in the last 7 days', advice },
    );
    return counted;
  });
}

/** One query with some thousand rows: enough to see what the parser makes of a record. */
async function lookAtRows(checked: Checked): Promise<readonly Row[] | null> {
  const { reader, selects, options, slice, findings } = checked;
  return attempt(findings, 'query', async () => {
    const { rows, doubt, query } = await reader.read(slice);
    if (doubt !== null && doubt.kind !== 'limit') {
      const advice = 'As long as it is so, every report will be INCOMPLETE.';
      findings.push({ check: 'completeness', state: 'failed', words: doubt.reason, advice });
    }
    if (rows.length === 0) return rows;
    findings.push(contentFinding(rows), fieldsFinding(rows, query !== selects[0]));
    findings.push(...delayFinding(rows, options.ingestionDelayMs));
    return rows;
  });
}

/** By a query of its own; where the service refuses it, by the records looked at. null: not known. */
async function countTypes(
  { reader, options, slice, findings }: Checked,
  rows: readonly Row[] | null,
): Promise<ReadonlyMap<string, number> | null> {
  const check = 'event types';
  return attempt(findings, check, async () => {
    try {
      return countedTypes((await reader.ask(eventTypesQuery(options.logSource), slice)).rows);
    } catch (error) {
      if (rows === null || !isRefusedQuery(error)) throw error;
      return typesInContent(rows);
    }
  });
}

/** Over some days only: pairs of all seven may take many calls. */
async function tryPairs({ runner, options, slice, findings }: Checked): Promise<void> {
  const check = 'pairs';
  const lately = { ...slice, fromMs: Math.max(slice.fromMs, slice.toMs - pairedDays * dayMs) };
  await attempt(findings, check, async () => {
    try {
      const { records } = await readAllPairs(runner, options, lately);
      const words = `${records} records of the last ${pairedDays} days can be read by pairs`;
      findings.push({ check, state: 'ok', words, advice: null });
    } catch (error) {
      if (!(error instanceof NoPairsError)) throw error;
      const words = `not used, every record is read: ${explainError(error)}`;
      const advice = 'Reports are the same, but take longer; aggregate: none saves the attempt.';
      findings.push({ check, state: 'warning', words, advice });
    }
  });
}
