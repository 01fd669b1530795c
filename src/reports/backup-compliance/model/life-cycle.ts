import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { instantSchema } from '../../../model/document-values.js';
import type { ParentLevel } from './parent-ids.js';

const lifeShape = {
  created: instantSchema.nullable().describe('When it was created, as an event says; null: no event does.'),
  alive: instantSchema
    .nullable()
    .describe('Latest begin of a backup of it or of what is in it: an earlier termination did not happen.'),
  parents: z
    .object({
      system: z.string().exactOptional().describe('Its DB system or VM cluster.'),
      container: z.string().exactOptional().describe('Its autonomous container database.'),
      cluster: z.string().exactOptional().describe('Its autonomous VM cluster.'),
      vault: z.string().exactOptional().describe('Its vault.'),
    } satisfies Record<ParentLevel, unknown>)
    .describe('OCIDs of what it is in, as last told.'),
};

export const lifeSchema = z
  .object({
    ...lifeShape,
    terminatedBy: z
      .string()
      .nullable()
      .describe('OCID that was terminated and took it along; null: it was itself, or nothing was.'),
  })
  .meta({ id: 'life', description: 'What events said of the life of a resource.' });

export type RememberedLife = DeepReadonly<z.infer<typeof lifeSchema>>;

export const lifeCycleSchema = z
  .object({
    resourceId: z.string().describe('OCID in lower case.'),
    ...lifeShape,
    terminated: instantSchema.nullable().describe('When it was terminated.'),
  })
  .meta({
    id: 'lifeCycle',
    description:
      'Life of an OCID that is no resource of the report: a parent of some, or without a backup yet.',
  });

export type LifeCycle = DeepReadonly<z.infer<typeof lifeCycleSchema>>;
