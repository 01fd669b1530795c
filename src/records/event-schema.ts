import { type JsonObject, isJsonObject, parseJson } from './unwrap-record.js';

/** Oracle sends numbers and booleans as text or as themselves; text is what all of them have in common. */
export type Scalar = string | number | boolean | null | undefined;

/** The fields of `data` that are used; all others stay in the evidence. */
const dataFields = ['resourceId', 'resourceName', 'compartmentId', 'compartmentName', 'status'] as const;

/** The fields of `data.additionalDetails` that are used. */
const detailFields = [
  'databaseId',
  'dbUniqueName',
  'dbName',
  'dbSystemId',
  'dbSystemName',
  'displayName',
  'autonomousDatabaseId',
  'autonomousContainerDatabaseId',
  'volumeId',
  'bootVolumeId',
  'volumeGroupId',
  'volumeName',
  'volumeGroupName',
  'fileSystemId',
  'deploymentId',
  'bdsInstanceId',
  'assetId',
  'timeCreated',
  'lifecycleState',
  'lifecycleDetails',
  'status',
  'backupState',
  'backupType',
  'sourceType',
  'backupDestinationType',
  'recoveryWindow',
  'autoBackupsEnabled',
  'eventName',
  'description',
] as const;

/** Tags may be anything: they are read with care, and reject nothing. */
export interface TagFields {
  readonly freeformTags?: unknown;
  readonly freeFormTags?: unknown;
  readonly definedTags?: unknown;
}

export type EventData = { readonly [Field in (typeof dataFields)[number]]?: Scalar } & TagFields;
export type Details = { readonly [Field in (typeof detailFields)[number]]?: Scalar };

/** What was asked for, or the name of the first field that is a list or an object where a scalar belongs. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly field: string };

/*
 * Checked by hand: every event of a day goes through here, and a schema of zod, which copies what it checks, takes
 * half the time of parsing the JSON once more.
 */
export const checkData = checkerOf<EventData>(dataFields);
export const checkDetails = checkerOf<Details>(detailFields);

function checkerOf<T>(fields: readonly string[]): (value: JsonObject) => Checked<T> {
  const used = new Set(fields);
  return (value) => {
    for (const [field, each] of Object.entries(value)) {
      if (typeof each === 'object' && each !== null && used.has(field)) return { ok: false, field };
    }
    return { ok: true, value: value as T };
  };
}

/** A scalar as text; undefined where it is absent, empty, or one of the words that connectors write for null. */
export function textOf(value: Scalar): string | undefined {
  if (typeof value !== 'string') return value === null || value === undefined ? undefined : String(value);
  const text = value.trim();
  return text === '' || text === 'null' || text === 'None' ? undefined : text;
}

/** The same where the field may hold anything: what is no text or number is absent. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? textOf(value) : undefined;
}

/** An object, also as JSON text, as connectors write it; undefined for anything else. */
export function objectIn(value: unknown): JsonObject | undefined {
  const parsed = typeof value === 'string' ? parseJson(value) : value;
  return isJsonObject(parsed) ? parsed : undefined;
}
