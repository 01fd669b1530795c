import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { parseInstant, toIso } from '../../../base/instants.js';
import { instantSchema } from '../../../model/document-values.js';
import type { HeldSettings } from './backup-settings.js';

/** What updates of the settings have set, as `lastKnown` of a resource keeps it. */
export const heldSettingsSchema = z
  .object({
    protection: z
      .object({
        enabled: z.boolean().describe('Whether backups are made.'),
        kind: z
          .enum([
            'automatic-backup',
            'assigned',
            'unassigned',
            'protected',
            'protection-changed',
            'unprotected',
            'deletion-scheduled',
            'deletion-canceled',
            'policy',
          ])
          .describe('What was done.'),
        since: instantSchema.describe('When it was done.'),
      })
      .nullable()
      .describe('Whether backups are made, as an update has set it; null: none has.'),
    retention: z
      .object({
        days: z.number().nullable().describe('How long backups are kept; null: not known since.'),
        since: instantSchema.describe('When it was set.'),
      })
      .nullable()
      .describe('How long backups are kept, as an update has set it; null: none has.'),
    policyId: z.string().nullable().describe('OCID of the policy that was assigned last; null: not known.'),
  })
  .meta({
    id: 'heldSettings',
    description: 'What updates of its settings have set; they hold from their time on.',
  });

type KeptSettings = DeepReadonly<z.infer<typeof heldSettingsSchema>>;

export function keptSettings({ protection, retention, policyId }: HeldSettings): KeptSettings {
  return {
    protection: protection && {
      enabled: protection.enabled,
      kind: protection.kind,
      since: toIso(protection.sinceMs),
    },
    retention: retention && { days: retention.days, since: toIso(retention.sinceMs) },
    policyId,
  };
}

/** null: no update has set anything, or the report is of an earlier version. */
export function heldOf({ held }: { readonly held?: KeptSettings | null | undefined }): HeldSettings | null {
  if (held === undefined || held === null) return null;
  const { protection, retention, policyId } = held;
  return {
    protection: protection && {
      enabled: protection.enabled,
      kind: protection.kind,
      sinceMs: parseInstant(protection.since) ?? 0,
    },
    retention: retention && { days: retention.days, sinceMs: parseInstant(retention.since) ?? 0 },
    policyId,
  };
}
