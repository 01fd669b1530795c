import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import { countSchema } from './document-values.js';

export const passedOverSchema = z
  .object({
    keys: z
      .array(
        z.object({
          key: z.string().describe('Name of the key, at most 80 characters.'),
          count: countSchema.describe('How often it was passed over.'),
        }),
      )
      .describe('The first 50 by name.'),
    others: countSchema.describe('How often other keys were passed over.'),
  })
  .describe('Keys beside events that hold none, as forwarders add them.');

export type PassedOver = DeepReadonly<z.infer<typeof passedOverSchema>>;
