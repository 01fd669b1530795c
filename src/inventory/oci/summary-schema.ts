import { z } from 'zod';
import { toIso } from '../../base/instants.js';
import type { Protection } from '../../model/protected-resource.js';
import type { InventoriedType, Sighting } from './inventoried-resource.js';
import { flattenTags } from './tags.js';

export const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** The SDK types it as a date, but it is text. ISO 8601 UTC; null if missing or unreadable. */
const instant = z
  .union([z.string(), z.date()])
  .nullish()
  .transform((value) => {
    const ms = value === null || value === undefined ? Number.NaN : new Date(value).getTime();
    return Number.isNaN(ms) ? null : toIso(ms);
  });

/** The fields that all services report for a resource. */
export const summarySchema = z.object({
  compartmentId: z.string().min(1),
  displayName: optionalText,
  lifecycleState: optionalText,
  timeCreated: instant,
  freeformTags: z.record(z.string(), z.unknown()).nullish(),
  definedTags: z.record(z.string(), z.record(z.string(), z.unknown())).nullish(),
});

/** The rest of a sighting, which differs between services. */
interface Own {
  readonly resourceId: string;
  readonly resourceType: InventoriedType;
  readonly name: string | null;
  readonly otherName?: string;
  readonly protection: Protection | null;
}

export function toSighting(summary: z.infer<typeof summarySchema>, own: Own): Sighting {
  return {
    resourceId: own.resourceId.toLowerCase(),
    resourceType: own.resourceType,
    name: own.name,
    otherName: own.otherName ?? null,
    compartmentId: summary.compartmentId.toLowerCase(),
    tags: flattenTags(summary.freeformTags ?? {}, summary.definedTags ?? {}),
    createdTime: summary.timeCreated,
    lifecycleState: summary.lifecycleState?.toUpperCase() ?? null,
    protection: own.protection,
  };
}
