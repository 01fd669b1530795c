import { terminalText } from '../../base/terminal-text.js';
import { readYaml } from '../../files/read-yaml.js';
import { inventoryColumns } from '../../model/inventory-columns.js';
import { csvRecords } from './csv-records.js';

/** A row of the file and the line on which it begins. */
export interface InventoryRow {
  readonly line: number;
  readonly value: unknown;
}

/** Why a line is no row; line 0: the file as a whole. */
export interface LineFault {
  readonly line: number;
  readonly words: string;
}

export interface InventoryRows {
  readonly rows: readonly InventoryRow[];
  readonly faults: readonly LineFault[];
}

const separators: Readonly<Record<string, string>> = { ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

/** The rows of a text in CSV with a header: fields by the names of their columns, empty ones left out. */
export function csvRows(text: string): InventoryRows {
  const separator = otherSeparator(text);
  if (separator !== null) {
    const words = `its columns are separated by ${separator}: use commas`;
    return { rows: [], faults: [{ line: 0, words }] };
  }
  const rows: InventoryRow[] = [];
  const faults: LineFault[] = [];
  let header: readonly string[] | null = null;
  for (const record of csvRecords(text)) {
    if ('fault' in record) {
      faults.push({ line: record.line, words: record.fault });
      if (header === null) return { rows, faults };
    } else if (header === null) {
      header = record.fields;
      const wrong = headerFaults(header);
      if (wrong.length > 0) return { rows, faults: wrong.map((words) => ({ line: record.line, words })) };
    } else if (record.fields.length === header.length) {
      rows.push({ line: record.line, value: rowOf(header, record.fields) });
    } else {
      const words = `it has ${record.fields.length} fields, and the header has ${header.length} columns`;
      faults.push({ line: record.line, words });
    }
  }
  return { rows, faults };
}

/** What separates the columns, if it is no comma: as the header says, or a first line for Excel, `sep=;`. */
function otherSeparator(text: string): string | null {
  const [first = ''] = text.trimStart().split(/[\r\n]/, 1);
  const told = /^sep=(.)$/i.exec(first)?.[1];
  if (told !== undefined && told !== ',') return separators[told] ?? `"${told}"`;
  for (const [separator, words] of Object.entries(separators)) {
    const columns = first.split(separator).map((each) => each.trim().replaceAll('"', '').toLowerCase());
    if (columns.length > 1 && columns.includes('resourceid')) return words;
  }
  return null;
}

function headerFaults(header: readonly string[]): readonly string[] {
  const known = `known columns are ${inventoryColumns.join(', ')}`;
  const missing = (['resourceId', 'resourceType'] as const).filter((column) => !header.includes(column));
  const twice = header.filter((column, index) => header.indexOf(column) !== index);
  return [
    ...missing.map((column) => `the header has no column ${column}; ${known}`),
    ...twice.map((column) => `the header has the column ${column} twice`),
  ];
}

function rowOf(header: readonly string[], fields: readonly string[]): Record<string, string> {
  const entries = header.map((column, index) => [column, fields[index] ?? ''] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

/**
 * The rows of a text in YAML: a list of maps.
 *
 * @param isStrict whether what YAML reads in another way than people do is a fault, too
 */
export function yamlRows(text: string, isStrict = true): InventoryRows {
  const { content, isReadable, faults, surprises, lineOf } = readYaml(text);
  const told = [...faults, ...(isStrict ? surprises : [])].map(({ path, line, words }) => ({
    line,
    words: path.length < 2 ? words : `${terminalText(path.slice(1).join('.'))}: ${words}`,
  }));
  if (told.length > 0 || !isReadable) return { rows: [], faults: told };
  if (!Array.isArray(content)) {
    return { rows: [], faults: [{ line: 0, words: 'it must be a list of resources' }] };
  }
  const rows = content.map((value: unknown, index) => ({ line: lineOf([index]) ?? 0, value }));
  return { rows, faults: [] };
}
