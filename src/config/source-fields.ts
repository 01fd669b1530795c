import { z } from 'zod';
import { durationBetween } from './values.js';

/** What every source has. */
export const commonSourceFields = {
  /** In reports, evidence and logs; a colon is for the default, `1:local-files`. */
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/,
      'must be at most 64 letters, digits, spaces, dots, - and _, the first a letter or digit',
    )
    .optional(),
  /** How long one reading may take. The default is that of src/sources/reading-deadline.ts. */
  deadline: durationBetween('1s', '1d').optional(),
};

/** For each day that is read; the defaults are those of src/sources/budget.ts. */
export const budgetValue = z.strictObject({
  calls: z.int().min(1).optional(),
  minutes: z.int().min(1).optional(),
});
