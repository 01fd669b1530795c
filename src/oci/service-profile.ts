import { z } from 'zod';

/**
 * How a live Log Analytics answers where Oracle's documents say nothing, or two things. `doctor --probe-service` finds
 * it out. Whatever it says, a reading is right without it: it may only save calls.
 */
const logAnalyticsProfileSchema = z.strictObject({
  /** Whether a time filter is exact to the millisecond or to the second. */
  timeEdges: z.enum(['milliseconds', 'seconds']).optional(),
  /** Whether the end of a time filter is in it. */
  endIncluded: z.boolean().optional(),
  /** Most groups that `link` gives; 500 is documented. */
  linkGroups: z.int().min(1).optional(),
  /** What `unique` gives for a group with one value: the value, or a list of one. */
  uniqueGives: z.enum(['scalar', 'list']).optional(),
  /** Whether `min` and `max` take text or times; documented for numbers only. */
  textMinMax: z.boolean().optional(),
  /** Form of an export as JSON: a list of rows, an object with that list, or a row per line. */
  exportShape: z.enum(['array', 'object', 'lines']).optional(),
  /** The header of `query` that names its next page. */
  pageHeader: z.enum(['opc-next-page-id', 'opc-next-page']).optional(),
  /** Status of the answer that accepts an asynchronous query. */
  asyncStatus: z.literal([200, 201, 202]).optional(),
  /** Display names of the columns that exist; absent: not known. */
  columns: z.array(z.string().min(1)).optional(),
});

/** What is known of the services of one tenancy. All of it is optional. */
export const serviceProfileSchema = z.strictObject({ logAnalytics: logAnalyticsProfileSchema.optional() });

export type ServiceProfile = z.infer<typeof serviceProfileSchema>;

export type LogAnalyticsProfile = z.infer<typeof logAnalyticsProfileSchema>;

/** Documented: https://docs.oracle.com/iaas/log-analytics/doc/link.html */
export const defaultLinkGroups = 500;
