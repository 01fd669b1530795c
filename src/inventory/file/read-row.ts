import { z } from 'zod';
import { toIso } from '../../base/instants.js';
import { issueWords } from '../../files/issue-words.js';
import { type InventoryColumn, inventoryColumns } from '../../model/inventory-columns.js';
import type { ProtectedResource } from '../../model/protected-resource.js';

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
  memberOf: trimmedText,
} satisfies Record<InventoryColumn, z.ZodType>);

type ReadRow = { readonly resource: ProtectedResource } | { readonly faults: readonly string[] };

/** The resource that a row describes, or what is wrong with it, each with its column. */
export function readRow(value: unknown): ReadRow {
  const parsed = rowSchema.safeParse(value, { error: wordsOf });
  if (!parsed.success) return { faults: parsed.error.issues.map(issueInWords) };
  const row = parsed.data;
  return {
    resource: {
      resourceId: row.resourceId.toLowerCase(),
      resourceType: row.resourceType.toLowerCase(),
      resourceName: row.resourceName ?? row.resourceId,
      compartmentId: row.compartmentId?.toLowerCase() ?? null,
      compartmentName: row.compartment,
      owner: row.owner,
      tags: tagsOf(row.tags),
      createdTime: row.created ?? null,
      ...(row.memberOf === null ? {} : { memberOf: row.memberOf }),
    },
  };
}

/** A column that is not known is told by its name, which the words of the schema have. */
function wordsOf(issue: z.core.$ZodRawIssue): string | undefined {
  return issue.code === 'unrecognized_keys' ? undefined : issueWords(issue);
}

function issueInWords({ code, path, message }: z.core.$ZodIssue): string {
  const known = code === 'unrecognized_keys' ? `; known columns are ${inventoryColumns.join(', ')}` : '';
  return `${path.join('.')} ${message}${known}`.trim().replaceAll(/\s+/g, ' ');
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
