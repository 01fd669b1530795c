import { type JsonObject, objectIn } from '../json.js';
import { auditDataOf, isAuditRow } from './audit-columns.js';
import { type LogField, readFields } from './log-analytics-fields.js';

/** The column with the original event: its display name in `OCI_Backup_Event_Source`, and its internal name. */
export const originalContentKeys = ['Original Log Content', 'mbody'];

export function isLogAnalyticsRow(value: JsonObject): boolean {
  if ('Event Type' in value || originalContentKeys.some((key) => key in value)) return true;
  return 'eventtype' in value && ('starteventtime' in value || 'eventid' in value);
}

/** Whether its columns name the type of an event. */
export function hasEventColumns(row: JsonObject): boolean {
  return typeof (row['Event Type'] ?? row['eventtype']) === 'string';
}

/**
 * Rebuilds the event from the columns that the log source parsed it into, named by display or internal name. What the
 * whole of `additionalDetails` says goes before its own columns.
 */
export function eventFromColumns(row: JsonObject): JsonObject {
  const details: Record<string, unknown> = {};
  const data: Record<string, unknown> = {};
  const event: Record<string, unknown> = {};
  for (const field of readFields) {
    const [last = '', ...path] = field.path.toReversed();
    const value = columnOf(row, field);
    if (path.length === 2) details[last] = value;
    else if (path.length === 0) event[last] = value;
    else if (!isWholeObject(last)) data[last] = value;
    else if (last !== 'additionalDetails') data[last] = value === undefined ? undefined : objectIn(value);
  }
  const isOfAudit = isAuditRow(row);
  // Audit's log source has the event's own time as that of its record; that of backup events may have the time of ingestion.
  const recordTime = isOfAudit ? (row['Time'] ?? row['time']) : undefined;
  return {
    ...event,
    eventTime: event['eventTime'] ?? recordTime,
    data: {
      ...data,
      additionalDetails: { ...details, ...objectIn(row['additionalDetails']) },
      ...(isOfAudit && auditDataOf(row)),
    },
  };
}

/** Such a column has JSON text. */
function isWholeObject(name: string): boolean {
  return name === 'additionalDetails' || name.endsWith('Tags');
}

function columnOf(row: JsonObject, { column, builtIn, alias }: LogField): unknown {
  return (
    row[column] ??
    (builtIn === undefined ? undefined : row[builtIn]) ??
    (alias === undefined ? undefined : row[alias])
  );
}
