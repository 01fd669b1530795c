import { z } from 'zod';
import { parseInstant } from '../base/instants.js';

/*
 * Values that occur in more than one archived document. Each document is described once, by a zod schema: its type, the
 * published JSON Schema (schema/) and the readers of archived bytes are all derived from it. The descriptions are
 * published, too. A schema with an `id` is published once and referred to.
 */

const notAnInstant = 'must be an instant';

export const instantSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/, notAnInstant)
  .refine((text) => parseInstant(text) !== undefined, notAnInstant)
  .meta({ id: 'instant', description: 'ISO 8601 in UTC, as 2026-11-19T07:10:00.000Z.' });

export const dateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ id: 'date', description: 'Day of the calendar, as 2026-11-19.' });

export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ id: 'sha256', description: 'sha-256 in lower-case hex.' });

/** How many there are of something: 0 or more. */
export const countSchema = z.int().min(0);

export const completenessSchema = z.enum(['COMPLETE', 'INCOMPLETE']).meta({
  id: 'status',
  description: 'COMPLETE only when nothing of the window is known to be missing.',
});

export const toolSchema = z
  .object({
    name: z.string().describe('Name of the package.'),
    version: z.string().describe('Version of the package.'),
  })
  .meta({ id: 'tool', description: 'Program that made this.' });

/** The version of report.json and of delivery claims and records. */
export const schemaVersionSchema = z.literal(1).describe('Version of this format.');

/** The name of the plan that a document belongs to. */
export const planNameSchema = z.string().min(1).describe('Name of the plan.');
