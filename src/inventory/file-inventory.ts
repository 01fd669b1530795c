import { parse as parseCsv } from 'csv-parse/sync';
import { LineCounter, isMap, isSeq, parseDocument } from 'yaml';
import { z } from 'zod';
import { sha256Hex } from '../base/digest.js';
import { toIso } from '../base/instants.js';
import { Failure, explainError } from '../errors.js';
import { readRegularFile } from '../files/regular-file.js';
import type { ProtectedResource } from '../model/protected-resource.js';
import type { Inventory } from '../ports.js';

const trimmedText = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : String(value).trim() || null));

/** A date means its first moment in UTC; an instant without a zone could be any of 26 hours. */
const createdTime = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], {
    error: ({ input }) =>
      `${JSON.stringify(input)} is neither a date (2026-11-19) nor an instant (2026-11-19T06:30:00Z)`,
  })
  .transform((text) => toIso(Date.parse(text)));

const rowSchema = z.strictObject({
  resourceId: z.string('is required: the OCID of the resource').trim().min(1, 'must not be empty'),
  resourceType: z
    .string('is required: database, autonomous-database, volume …')
    .trim()
    .min(1, 'must not be empty'),
  resourceName: trimmedText,
  compartment: trimmedText,
  compartmentId: trimmedText,
  owner: trimmedText,
  tags: z.union([z.string(), z.record(z.string(), z.coerce.string())]).nullish(),
  created: createdTime.nullish(),
});

const columns = Object.keys(rowSchema.shape);

/** One row of the file and the line on which it begins. */
interface InventoryRow {
  readonly line: number;
  readonly value: unknown;
}

/**
 * An inventory in CSV (with a header) or YAML (a list). Columns: resourceId, resourceType, resourceName,
 * compartment, compartmentId, owner, tags (`env=prod;tier=1` in CSV), created (`2026-11-19` or `2026-11-19T06:30:00Z`).
 */
export function createFileInventory(path: string, name: string): Inventory {
  return {
    type: 'file',
    description: `resources listed in ${name}`,
    expectedResources: async () => {
      const bytes = await readBytes(path, name);
      const mediaType = isYaml(name) ? 'application/yaml' : 'text/csv';
      const content = { bytes, mediaType };
      return { resources: parse(bytes, name), isNamed: true, faults: [], digest: sha256Hex(bytes), content };
    },
    readBack: (content) => parse(Buffer.from(content), name),
  };
}

function parse(bytes: Buffer, name: string): readonly ProtectedResource[] {
  return toResources(isYaml(name) ? yamlRows(bytes.toString('utf8'), name) : csvRows(bytes, name), name);
}

function isYaml(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}

async function readBytes(path: string, name: string): Promise<Buffer> {
  try {
    return await readRegularFile(path);
  } catch (error) {
    throw new Failure('usage', `cannot read the inventory ${name}: ${explainError(error)}`, {
      cause: error,
      hints: ['Correct inventory.path in the configuration; it is relative to the configuration file.'],
    });
  }
}

function csvRows(bytes: Buffer, name: string): readonly InventoryRow[] {
  try {
    const parsed: unknown = parseCsv(bytes, {
      bom: true,
      columns: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
    });
    const rows = z
      .array(z.object({ record: z.unknown(), info: z.object({ lines: z.number() }) }))
      .parse(parsed);
    return rows.map(({ record, info }) => ({ line: info.lines, value: withoutEmpty(record) }));
  } catch (error) {
    throw inventoryFault(name, [explainError(error)]);
  }
}

function withoutEmpty(record: unknown): unknown {
  const entries = Object.entries(z.record(z.string(), z.string()).parse(record));
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

function yamlRows(text: string, name: string): readonly InventoryRow[] {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  if (document.errors.length > 0) {
    throw inventoryFault(
      name,
      document.errors.map(({ message }) => message.split('\n')[0] ?? message),
    );
  }
  if (!isSeq(document.contents)) throw inventoryFault(name, ['it must be a list of resources']);
  return document.contents.items.map((item) => ({
    line: isMap(item) && item.range ? lineCounter.linePos(item.range[0]).line : 0,
    value: isMap(item) ? item.toJSON() : item,
  }));
}

/** Reports every fault at once, each with its line. */
function toResources(rows: readonly InventoryRow[], name: string): ProtectedResource[] {
  const faults: string[] = [];
  const resources: ProtectedResource[] = [];
  const seen = new Map<string, number>();
  for (const { line, value } of rows) {
    const parsed = rowSchema.safeParse(value);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        const unknown = issue.code === 'unrecognized_keys' ? `; known columns are ${columns.join(', ')}` : '';
        faults.push(`line ${line}: ${issue.path.join('.')} ${issue.message}${unknown}`.replace(/\s+/g, ' '));
      }
      continue;
    }
    const row = parsed.data;
    const resourceId = row.resourceId.toLowerCase();
    const before = seen.get(resourceId);
    if (before !== undefined)
      faults.push(`line ${line}: resourceId ${resourceId} is on line ${before} already`);
    seen.set(resourceId, line);
    resources.push({
      resourceId,
      resourceType: row.resourceType.toLowerCase(),
      resourceName: row.resourceName ?? row.resourceId,
      compartmentId: row.compartmentId?.toLowerCase() ?? null,
      compartmentName: row.compartment,
      owner: row.owner,
      tags: tagsOf(row.tags),
      createdTime: row.created ?? null,
    });
  }
  if (rows.length === 0)
    faults.push('it lists no resource; an empty inventory would make every report green');
  if (faults.length > 0) throw inventoryFault(name, faults);
  return resources;
}

function tagsOf(tags: string | Readonly<Record<string, string>> | null | undefined): Record<string, string> {
  if (tags === null || tags === undefined) return {};
  if (typeof tags !== 'string') return { ...tags };
  const pairs = tags
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => [pair.split('=')[0] ?? pair, pair.split('=').slice(1).join('=')]),
  );
}

function inventoryFault(name: string, faults: readonly string[]): Failure {
  return new Failure(
    'usage',
    `the inventory ${name} cannot be used:\n${faults.map((each) => `  ${each}`).join('\n')}`,
  );
}
