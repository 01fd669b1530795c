import { parseInstant, toIso } from '../../base/instants.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { canHaveHappened } from '../event-times.js';
import { type JsonObject, isJsonObject, textIn } from '../json.js';
import { withoutSecrets } from '../secrets.js';
import { inOwnOrder, withDataSafeNames } from './own-fields.js';

/** SUCCESS, FAILURE, or `null` for a status that this version does not know, or none. */
export type DataSafeResult = 'succeeded' | 'failed' | null;

/** An audit event of Data Safe, as reports use it. Texts are as the record has them; null: it does not say. */
export interface DataSafeEvent {
  /** OCID. */
  readonly id: string;
  /** When it happened in the database. Epoch milliseconds. */
  readonly timeMs: number;
  /** When Data Safe got it, hours later at times. Epoch milliseconds; null: the record does not say. */
  readonly collectedMs: number | null;
  /** OCID in lower case. */
  readonly targetId: string;
  readonly targetName: string | null;
  readonly dbUserName: string | null;
  readonly operation: string | null;
  readonly eventName: string | null;
  readonly result: DataSafeResult;
  /** The record's own fields by the names of the API, without passwords; both times are ISO 8601 UTC. */
  readonly fields: JsonObject;
}

export type EventReading =
  { readonly ok: true; readonly event: DataSafeEvent } | { readonly ok: false; readonly reason: string };

/**
 * Reads an audit event in any of its spellings. What identifies it must be there: id, target and time.
 *
 * @param record as `isDataSafeEvent` knows it
 * @param cutOffMs a time too far after it cannot be. Epoch milliseconds
 */
export function readDataSafeEvent(record: JsonObject, cutOffMs: number): EventReading {
  const named = withDataSafeNames(record);
  const nested = Object.entries(named).find(
    ([key, field]) => scalarFields.has(key) && typeof field === 'object' && field !== null,
  );
  if (nested !== undefined) return rejected(reasonWords('fieldNotScalar', { field: nested[0] }));
  const timeMs = parseInstant(named['auditEventTime']);
  if (timeMs === undefined || !canHaveHappened(timeMs, cutOffMs)) {
    return rejected(reasonWords('noReadableTime'));
  }
  const collected = parseInstant(named['timeCollected']);
  const collectedMs = collected !== undefined && canHaveHappened(collected, cutOffMs) ? collected : null;
  const id = textIn(named['id']);
  const targetId = textIn(named['targetId']) ?? textIn(named['targetName']);
  if (id === undefined || targetId === undefined) return rejected(reasonWords('dataSafeNoId'));
  const clean = withoutSecrets({ ...named, auditEventTime: toIso(timeMs) });
  const times = collectedMs === null ? {} : { timeCollected: toIso(collectedMs) };
  return {
    ok: true,
    event: {
      id,
      timeMs,
      collectedMs,
      targetId: targetId.toLowerCase(),
      targetName: textIn(named['targetName']) ?? null,
      dbUserName: textIn(named['dbUserName']) ?? null,
      operation: textIn(named['operation']) ?? null,
      eventName: textIn(named['eventName']) ?? null,
      result: resultOf(textIn(named['operationStatus'])),
      fields: inOwnOrder({ ...(isJsonObject(clean) ? clean : {}), ...times }),
    },
  };
}

/** Fields that must be text, a number or nothing. */
const scalarFields = new Set(
  'id auditEventTime timeCollected targetId targetName dbUserName operation eventName operationStatus commandText commandParam'.split(
    ' ',
  ),
);

function resultOf(status: string | undefined): DataSafeResult {
  const word = status?.toUpperCase();
  return word === 'SUCCESS' ? 'succeeded' : word === 'FAILURE' ? 'failed' : null;
}

function rejected(reason: string): EventReading {
  return { ok: false, reason };
}
