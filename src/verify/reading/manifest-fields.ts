import { z } from 'zod';
import type { DeepReadonly } from '../../base/deep-readonly.js';
import { controlTotalsSchema } from '../../model/control-totals.js';
import { manifestSchema } from '../../model/manifest.js';
import type { ArchivedManifest } from '../../model/manifest.js';

const { shape } = manifestSchema;

/** What the checks compare of a manifest. Version 0.1 has no `madeBy`, and its sources have no inputs. */
const fieldsSchema = z.object({
  timezone: shape.timezone,
  cutOff: shape.cutOff,
  tool: shape.tool,
  unfinishedRevisions: shape.unfinishedRevisions.default([]),
  supersedes: shape.supersedes.unwrap().pick({ revision: true, manifestSha256: true }).nullable(),
  previousManifest: shape.previousManifest,
  madeBy: shape.madeBy.default({}),
  routes: shape.routes,
  controlTotals: controlTotalsSchema,
  sources: z.array(shape.sources.element.pick({ name: true, controlTotals: true })),
});

export type ManifestFields = DeepReadonly<z.infer<typeof fieldsSchema>>;

export type ReadFields =
  { readonly ok: true; readonly fields: ManifestFields } | { readonly ok: false; readonly words: string };

/** What reading a manifest back leaves unchecked. */
export function fieldsOf(manifest: ArchivedManifest): ReadFields {
  const read = fieldsSchema.safeParse(manifest);
  if (read.success) return { ok: true, fields: read.data };
  const [issue] = read.error.issues;
  return { ok: false, words: `${issue?.path.join('.') || 'it'} is not what a manifest has there` };
}
