import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import { dateOfManifest } from './date-of-manifest.js';
import {
  dateSchema,
  instantSchema,
  planNameSchema,
  schemaVersionSchema,
  toolSchema,
} from './document-values.js';

/** `<plan>/renamed.json`: written by the first report under the new name. */
export const renamingSchema = z
  .object({
    schemaVersion: schemaVersionSchema,
    plan: planNameSchema,
    renamedTo: z.string().min(1).describe('Name that the plan has since.'),
    lastDay: dateSchema.describe(
      'Newest day that had a report under this name. Later ones have the new name.',
    ),
    recordedAt: instantSchema.describe('When this record was made.'),
    principal: z.string().describe('Who made it.'),
    tool: toolSchema,
  })
  .meta({ title: 'Renaming of a plan', description: 'Says under which name the reports of a plan go on.' });

export type Renaming = DeepReadonly<z.infer<typeof renamingSchema>>;

/** A plan under the name that it had before. */
export interface FormerPlan {
  readonly name: string;
  /** Newest day that had a report under this name. */
  readonly lastDay: string;
}

/** The earlier name of a plan, where a report of it goes on from a manifest of that name; null: it does not. */
export function formerPlanOf(plan: string, previous: { readonly key: string } | null): FormerPlan | null {
  if (previous === null) return null;
  const name = previous.key.slice(0, previous.key.indexOf('/'));
  const lastDay = dateOfManifest(previous.key);
  return name === plan || !/^[a-z0-9-]+$/.test(name) || lastDay === null ? null : { name, lastDay };
}
