import { z } from 'zod';
import { artefactNames } from '../../../model/artefact-names.js';
import { dateSchema } from '../../../model/document-values.js';
import { auditResults } from '../../../records/audit/audit-result.js';
import type { TenancyMemory } from '../model/tenancy-memory.js';

/** Name of the artefact that hands principals, running changes and sources to the next day. */
export const carriedFile = artefactNames.carriedForward;

const textOrNull = z.string().nullable();

const recordSchema = z.object({
  eventId: textOrNull,
  eventType: z.string(),
  service: z.string(),
  eventName: z.string(),
  phase: z.enum(['begin', 'end', 'single']),
  timeMs: z.number(),
  verb: textOrNull,
  resourceId: textOrNull,
  resourceName: textOrNull,
  compartmentId: textOrNull,
  compartmentName: textOrNull,
  region: textOrNull,
  requestId: textOrNull,
  groupingId: textOrNull,
  principalName: textOrNull,
  principalId: textOrNull,
  authType: textOrNull,
  ipAddress: textOrNull,
  result: z.enum(auditResults),
  status: textOrNull,
  message: textOrNull,
  before: textOrNull,
  after: textOrNull,
});

const lineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('principal'), id: z.string(), firstSeen: dateSchema, lastSeen: dateSchema }),
  z.object({ kind: z.literal('running'), record: recordSchema }),
  z.object({ kind: z.literal('source'), name: z.string(), lastRecords: dateSchema }),
]);

export type CarriedLine = z.infer<typeof lineSchema>;

type Carried = Pick<TenancyMemory, 'principals' | 'running' | 'sources'>;

/** Every line of the artefact, generated lazily. */
export function carriedLines({ principals, running, sources }: Carried): Iterable<object> {
  return {
    *[Symbol.iterator]() {
      for (const { name, lastRecords } of sources) yield { kind: 'source', name, lastRecords };
      for (const record of running) yield { kind: 'running', record };
      for (const { id, firstSeen, lastSeen } of principals.values()) {
        yield { kind: 'principal', id, firstSeen, lastSeen };
      }
    },
  };
}

/** One parsed line; null: it is none. */
export function readCarriedLine(line: unknown): CarriedLine | null {
  const parsed = lineSchema.safeParse(line);
  return parsed.success ? parsed.data : null;
}

/** @throws for lines that are none of these */
export async function readCarriedLines(lines: AsyncIterable<string>): Promise<Carried> {
  const principals = new Map<string, { id: string; firstSeen: string; lastSeen: string }>();
  const running: z.infer<typeof recordSchema>[] = [];
  const sources: { name: string; lastRecords: string }[] = [];
  for await (const text of lines) {
    const line = lineSchema.parse(JSON.parse(text));
    if (line.kind === 'running') running.push(line.record);
    else if (line.kind === 'source') sources.push({ name: line.name, lastRecords: line.lastRecords });
    else principals.set(line.id, { id: line.id, firstSeen: line.firstSeen, lastSeen: line.lastSeen });
  }
  return { principals, running, sources };
}
