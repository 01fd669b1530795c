import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import { countSchema, sha256Schema } from './document-values.js';

export const dispositions = ['used', 'duplicate', 'outside', 'ignored', 'rejected'] as const;

/** Every record read has exactly one disposition. */
export type Disposition = (typeof dispositions)[number];

export const controlTotalsSchema = z
  .object({
    read: countSchema.describe('Records read.'),
    used: countSchema.describe('Records that the report rests on.'),
    duplicate: countSchema.describe('Records that were read before with the same content.'),
    outside: countSchema.describe('Records outside the window.'),
    ignored: countSchema.describe('Records that are not about backups.'),
    rejected: countSchema.describe('Records that could not be read.'),
  } satisfies Record<Disposition | 'read', unknown>)
  .meta({
    id: 'controlTotals',
    description: 'What became of every record read: read = used + duplicate + outside + ignored + rejected.',
  });

export type ControlTotals = DeepReadonly<z.infer<typeof controlTotalsSchema>>;

/** Control totals while they are counted. */
export type CountingTotals = { -readonly [Key in keyof ControlTotals]: number };

export function newControlTotals(): CountingTotals {
  return { read: 0, used: 0, duplicate: 0, outside: 0, ignored: 0, rejected: 0 };
}

export function sumControlTotals(all: readonly ControlTotals[]): ControlTotals {
  const sum = newControlTotals();
  for (const totals of all) {
    sum.read += totals.read;
    sum.used += totals.used;
    sum.duplicate += totals.duplicate;
    sum.outside += totals.outside;
    sum.ignored += totals.ignored;
    sum.rejected += totals.rejected;
  }
  return sum;
}

export const rejectedRecordSchema = z
  .object({
    reason: z.string().describe('Why it could not be read.'),
    excerpt: z.string().describe('Beginning of the record, at most 200 characters.'),
    sha256: sha256Schema.describe('Of the whole record as read: finds it in the evidence.'),
  })
  .describe('A record that could not be read.');

export type RejectedRecord = DeepReadonly<z.infer<typeof rejectedRecordSchema>>;
