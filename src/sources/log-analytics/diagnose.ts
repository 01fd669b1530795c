import { explainError, isUsageFailure } from '../../errors.js';
import type { OciConnection } from '../../oci/connection.js';
import { openLogAnalytics } from '../../oci/log-analytics.js';
import type { Finding, SourceDiagnosis } from '../../ports.js';
import { openRunner } from './open-runner.js';
import type { LogAnalyticsOptions } from './options.js';
import type { Row, TimeSlice } from './query-answer.js';
import type { QueryRunner } from './query-runner.js';
import { eventTypesQuery, selectQuery } from './query-text.js';

const fieldsOfEveryEvent = ['Event Type', 'Event ID', 'Event Start Time'] as const;

const readRights =
  'Allow the group to read loganalytics-query, loganalytics-queryjob-work-request, loganalytics-log-group and compartments.';

/** Checks the namespace, the log source, the content that its parser keeps, and what has arrived. */
export async function diagnoseLogAnalytics(
  connection: OciConnection,
  options: LogAnalyticsOptions,
  slice: TimeSlice,
): Promise<SourceDiagnosis> {
  const findings: Finding[] = [];
  try {
    findings.push(await checkSource(connection, options));
    const runner = await openRunner(connection, options);
    const eventTypes = await typesOf(runner, options.logSource, slice);
    findings.push(...(await checkRows(runner, options.logSource, slice)));
    return { findings, eventTypes };
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    findings.push({
      check: 'log analytics',
      state: 'failed',
      words: explainError(error),
      advice: readRights,
    });
    return { findings, eventTypes: null };
  }
}

async function checkSource(connection: OciConnection, options: LogAnalyticsOptions): Promise<Finding> {
  const { client, namespaceName } = await openLogAnalytics(connection, options);
  const { logSource: name, compartmentId } = options;
  // The SDK does not encode URL parameters.
  const { logAnalyticsSourceCollection } = await connection.call(() =>
    client.listSources({ namespaceName, compartmentId, name: encodeURIComponent(name) }),
  );
  const isThere = (logAnalyticsSourceCollection.items ?? []).some(
    (each) => each.name === name || each.displayName === name,
  );
  const where = `namespace ${namespaceName}`;
  return isThere
    ? { check: 'log source', state: 'ok', words: `${name} is there, in ${where}`, advice: null }
    : {
        check: 'log source',
        state: 'failed',
        words: `${where} has no log source ${name}`,
        advice:
          'Import the log source in Log Analytics, or set logSource to the one that the connector writes to.',
      };
}

async function typesOf(
  runner: QueryRunner,
  logSource: string,
  slice: TimeSlice,
): Promise<Map<string, number>> {
  const { rows } = await runner.run(eventTypesQuery(logSource), slice);
  const types = new Map<string, number>();
  for (const row of rows) {
    const values = Object.values(row);
    const type = values.find((value) => typeof value === 'string' && value.includes('.'));
    const count = values.map(Number).find((value) => Number.isInteger(value));
    if (typeof type === 'string') types.set(type, count ?? 0);
  }
  return types;
}

/** One query with some thousand rows: enough to see what the parser makes of a record. */
async function checkRows(runner: QueryRunner, logSource: string, slice: TimeSlice): Promise<Finding[]> {
  const { rows } = await runner.run(selectQuery(logSource), slice);
  if (rows.length > 0) return [contentFinding(rows), fieldsFinding(rows)];
  return [
    {
      check: 'records',
      state: 'warning',
      words: 'no record arrived in the last 7 days',
      advice:
        'Look at the rule of the Events service, the stream and the connector: one of them does not run.',
    },
  ];
}

/** The fields that every event has; a parser without one of them reads something else. */
function fieldsFinding(rows: readonly Row[]): Finding {
  const check = 'parsed fields';
  const missing = fieldsOfEveryEvent.filter((field) => rows.every((row) => row[field] === undefined));
  return missing.length === 0
    ? { check, state: 'ok', words: fieldsOfEveryEvent.join(', '), advice: null }
    : {
        check,
        state: 'warning',
        words: `no record has ${missing.join(', ')}`,
        advice:
          'Compare the parser of the log source with the events; what it misses is read from the original content.',
      };
}

function contentFinding(rows: readonly Row[]): Finding {
  const check = 'original content';
  const without = rows.filter((row) => !hasContent(row)).length;
  return without === 0
    ? { check, state: 'ok', words: `${rows.length} records looked at, all with it`, advice: null }
    : {
        check,
        state: 'warning',
        words: `${without} of ${rows.length} records come without their original content`,
        advice:
          "Without it the backup's own OCID and the reason of a failure are missing: keep the original log content in the parser.",
      };
}

function hasContent(row: Row): boolean {
  return ['Original Log Content', 'mbody'].some((key) => typeof row[key] === 'string' && row[key] !== '');
}
