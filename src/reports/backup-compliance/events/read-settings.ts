import { compareText } from '../../../base/text-order.js';
import { type JsonObject, isJsonObject, objectIn, textIn, valueIn } from '../../../records/json.js';
import { type SettingValues, type ToldSettings, settingKindOf, untold } from '../model/backup-settings.js';
import type { EventType } from '../model/event-type.js';

/** Settings stand a few levels deep: `stateChange.current`, `Database`, `dbBackupConfig`. */
const maxLevels = 6;

/** Fields that are looked at in one event; a hostile input may have any number. */
const maxFields = 2_000;

const secondsOfDay = 86_400;

/** Names of fields, in lower case and letters only, as the APIs of the services and their events write them. */
const enabledFields = new Set([
  'autobackupsenabled',
  'autobackupenabled',
  'isautobackupenabled',
  'isautomaticbackupenabled',
]);
const dayFields = new Set([
  'recoverywindow',
  'recoverywindowindays',
  'backupretentionperiodindays',
  'backupretentionindays',
  'backupretentiondays',
  'retentionperiodindays',
  'retentionindays',
  'retentiondays',
]);
const policyFields = new Set(['protectionpolicyid', 'dbrspolicyid', 'policyid', 'backuppolicyid']);

/**
 * What an event of an operation on settings says of them; null for any other event. Events has them in
 * additionalDetails; Audit in stateChange, what was asked for and what was answered. Each may be JSON text.
 *
 * @param data of the event
 * @throws RepeatedField
 */
export function readSettings(type: EventType, data: JsonObject): ToldSettings | null {
  if (settingKindOf(type) === null) return null;
  const change = objectIn(data['stateChange']);
  const [request, response] = [objectIn(data['request']), objectIn(data['response'])];
  const now = [change?.['current'], data['additionalDetails'], response?.['payload'], request?.['payload']];
  return { now: valuesIn(now), before: valuesIn([change?.['previous']]) };
}

/** Of the first of two that tells it, each value. */
export function mergedValues(first: SettingValues, second: SettingValues): SettingValues {
  return {
    enabled: first.enabled ?? second.enabled,
    retentionDays: first.retentionDays ?? second.retentionDays,
    policyId: first.policyId ?? second.policyId,
  };
}

/** What two records of one fact tell together; where they differ, the same whichever comes first. */
export function bothSettings(a: ToldSettings, b: ToldSettings): ToldSettings {
  const isFirst = compareText(JSON.stringify(a), JSON.stringify(b)) <= 0;
  const [first, second] = isFirst ? [a, b] : [b, a];
  return { now: mergedValues(first.now, second.now), before: mergedValues(first.before, second.before) };
}

function valuesIn(places: readonly unknown[]): SettingValues {
  return places.map((place) => new SettingsReading().read(place)).reduce(mergedValues, untold);
}

class SettingsReading {
  #values: SettingValues = untold;
  #fields = 0;

  read(place: unknown): SettingValues {
    this.#visit(place, '', 0);
    return this.#values;
  }

  #visit(value: unknown, within: string, level: number): void {
    if (level > maxLevels) return;
    if (Array.isArray(value)) {
      for (const each of value) this.#visit(each, within, level + 1);
      return;
    }
    const read =
      typeof value === 'string' && !value.trimStart().startsWith('{') ? undefined : objectIn(value);
    if (read === undefined) return;
    for (const [name, field] of Object.entries(read)) {
      this.#fields += 1;
      if (this.#fields > maxFields) return;
      const key = name.toLowerCase().replace(/[^a-z]/g, '');
      this.#learn(key, field, within);
      this.#visit(field, key, level + 1);
    }
  }

  #learn(key: string, field: unknown, within: string): void {
    const isOfPolicy = within === 'backuppolicy';
    if (enabledFields.has(key) || (isOfPolicy && (key === 'isenabled' || key === 'enabled'))) {
      this.#add({ enabled: booleanOf(field) });
    }
    // PostgreSQL: NONE, DAILY, WEEKLY or MONTHLY.
    if (isOfPolicy && key === 'kind') this.#add({ enabled: isNamed(field) });
    if (dayFields.has(key)) this.#add({ retentionDays: daysOf(field) });
    if (key === 'schedules') this.#add({ retentionDays: shortestOf(field) });
    if (policyFields.has(key)) this.#add({ policyId: textIn(field)?.toLowerCase() ?? null });
  }

  #add(told: Partial<SettingValues>): void {
    this.#values = mergedValues(this.#values, { ...untold, ...told });
  }
}

function booleanOf(field: unknown): boolean | null {
  const text = String(field).trim().toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
}

function isNamed(field: unknown): boolean | null {
  const text = textIn(field);
  return text === undefined ? null : text.toUpperCase() !== 'NONE';
}

function daysOf(field: unknown): number | null {
  const days = Number(textIn(field));
  return Number.isFinite(days) && days > 0 ? days : null;
}

/** The longest would claim too much: only the backups of one schedule are kept for that long. */
function shortestOf(field: unknown): number | null {
  const schedules = valueIn(field);
  if (!Array.isArray(schedules) || schedules.length === 0) return null;
  const all = schedules.map((each: unknown) =>
    isJsonObject(each) ? daysOf(each['retentionSeconds']) : null,
  );
  const known = all.filter((seconds) => seconds !== null);
  return known.length < all.length ? null : Math.floor(Math.min(...known) / secondsOfDay);
}
