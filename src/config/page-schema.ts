import { z } from 'zod';
import { defaultPageLimits } from '../model/page-limits.js';

/** How much report.html shows. The upper bounds are what a browser still opens. */
export const pageSchema = z.strictObject({
  exceptions: z.int().min(1).max(5_000).default(defaultPageLimits.exceptions),
  rows: z.int().min(1).max(20_000).default(defaultPageLimits.rows),
  listed: z.int().min(1).max(200_000).default(defaultPageLimits.listed),
});
