import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';

export const witnessSchema = z
  .object({
    name: z.string().describe('Name of the source.'),
    region: z.string().nullable().describe('Region that its record was of; null: not known.'),
  })
  .meta({ id: 'witness', description: 'A source that told of something.' });

/** A source that told of something, with the region of its record. */
export type Witness = DeepReadonly<z.infer<typeof witnessSchema>>;

export const noWitnesses: readonly Witness[] = [];
