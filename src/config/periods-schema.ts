import { z } from 'zod';

/** Which periods `backup-report schedule` makes. The command `period` makes any. */
export const periodsSchema = z
  .array(z.enum(['month', 'quarter'], 'must be month or quarter'))
  .refine((types) => new Set(types).size === types.length, 'must name each once')
  .meta({ uniqueItems: true })
  .default([]);
