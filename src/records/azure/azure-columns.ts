import { parseInstant } from '../../base/instants.js';
import { type JsonObject, type Scalar, scalarText } from '../json.js';

/** Values of a row by column: names in lower case and without a type suffix, empty ones left out. */
export type AzureColumns = ReadonlyMap<string, string>;

/** AzureDiagnostics names a column after its first value's type: text, number, GUID, time, flag. */
const typeSuffix = /_[sdgtb]$/;

/** `jobuniqueid` for `JobUniqueId`, `JobUniqueId_g` and, as some tools write it, `job-unique-id`. */
export function columnName(key: string): string {
  const name = key.toLowerCase().replace(typeSuffix, '');
  return name.includes('-') ? name.replaceAll('-', '') : name;
}

/**
 * Columns by name. Microsoft's documents and tables differ in case, so case does not count. Where a name comes twice, with
 * and without a suffix, the first that has a value counts. What is no scalar (`ExtendedProperties`) is left out.
 */
export function columnsOf(...rows: readonly JsonObject[]): AzureColumns {
  const columns = new Map<string, string>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      const text = typeof value === 'object' ? undefined : scalarText(value as Scalar);
      if (text === undefined) continue;
      const key = columnName(name);
      if (!columns.has(key)) columns.set(key, text);
    }
  }
  return columns;
}

/** A number as a number or as text, not negative; null: there is none. */
export function numberIn(columns: AzureColumns, name: string): number | null {
  const text = columns.get(name);
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(number) && number >= 0 ? number : null;
}

/** Epoch milliseconds, from `2026-11-18T01:30:00.1234567Z` or with a space for the T; undefined: no readable time. */
export function instantIn(columns: AzureColumns, name: string): number | undefined {
  return parseInstant(columns.get(name));
}

/** Digits of a fraction of a second beyond its milliseconds: 4567 of `.1234567`. Services write up to seven digits. */
export function ticksIn(columns: AzureColumns, name: string): number {
  const digits = /\.\d{3}(\d{1,4})/.exec(columns.get(name) ?? '')?.[1] ?? '';
  return Number(digits.padEnd(4, '0'));
}
