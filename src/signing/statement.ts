import { z } from 'zod';
import { sha256Hex } from '../base/digest.js';
import { artefactNames } from '../model/artefact-names.js';
import type { ArchivedManifest } from '../model/manifest.js';
import type { PeriodManifest } from '../model/period-manifest.js';

/** The media type of an in-toto statement in an envelope. */
export const statementPayloadType = 'application/vnd.in-toto+json';
export const statementType = 'https://in-toto.io/Statement/v1';
/** What our predicates are; the number is the version of their form. */
export const predicateType = 'urn:oci-backup-reporter:report-revision:1';
export const periodPredicateType = 'urn:oci-backup-reporter:period-revision:1';

/** What is signed: the manifest of a day, or of a period. */
export type SignedManifest = ArchivedManifest | PeriodManifest;

/**
 * The in-toto statement about a revision, as compact JSON (https://github.com/in-toto/attestation, Statement v1). Subjects
 * are every file that the manifest names, and the manifest itself; the predicate says what was asked of the sources and what
 * came of it, or of which days a period was counted.
 *
 * @param manifestBytes of manifest.json as archived
 * @param signedAt ISO 8601 in UTC. It is what the signer says; only a time stamp proves it.
 */
export function statementOf(
  manifest: SignedManifest,
  manifestBytes: Uint8Array,
  signedAt: string,
): Uint8Array {
  const files = manifest.artefacts.map(({ name, sha256 }) => subject(name, sha256));
  const statement = {
    _type: statementType,
    subject: [...files, subject(artefactNames.manifest, sha256Hex(manifestBytes))],
    ...(isOfPeriod(manifest)
      ? { predicateType: periodPredicateType, predicate: { ...periodPredicateOf(manifest), signedAt } }
      : { predicateType, predicate: { ...predicateOf(manifest), signedAt } }),
  };
  return Buffer.from(JSON.stringify(statement));
}

function subject(name: string, sha256: string) {
  return { name, digest: { sha256 } };
}

export function isOfPeriod(manifest: SignedManifest): manifest is PeriodManifest {
  return 'period' in manifest;
}

function periodPredicateOf(manifest: PeriodManifest) {
  const { label, from, to, timezone } = manifest.period;
  return {
    plan: manifest.plan,
    period: label,
    from,
    to,
    timezone,
    revision: manifest.revision,
    generatedAt: manifest.generatedAt,
    status: manifest.status,
    contentDigest: manifest.contentDigest,
    countsDigest: manifest.countsDigest,
    configurationDigest: manifest.configurationDigest,
    tool: manifest.tool,
    days: manifest.days,
  };
}

/** Manifests of other versions may lack some of it. */
function predicateOf(manifest: ArchivedManifest) {
  const { sources = [] as ArchivedManifest['sources'] } = manifest as Partial<ArchivedManifest>;
  return {
    plan: manifest.plan,
    day: manifest.date,
    timezone: manifest.timezone,
    revision: manifest.revision,
    window: { start: manifest.windowStart, end: manifest.cutOff },
    cutOff: manifest.cutOff,
    generatedAt: manifest.generatedAt,
    status: manifest.status,
    queries: sources.map(
      ({ name, type, request, windowStart, windowEnd, askedTo, complete, controlTotals }) => ({
        name,
        type,
        request,
        windowStart,
        windowEnd,
        askedTo,
        complete,
        controlTotals,
      }),
    ),
    controlTotals: manifest.controlTotals,
    contentDigest: manifest.contentDigest,
    configurationDigest: manifest.configurationDigest,
    inventoryDigest: manifest.inventoryDigest,
    tool: manifest.tool,
    previousManifest: manifest.previousManifest,
  };
}

const statementHead = z.object({
  _type: z.literal(statementType),
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) })).min(1),
});

const predicateHead = z.object({ plan: z.string(), revision: z.int(), signedAt: z.string() });

const statementSchema = z.discriminatedUnion('predicateType', [
  statementHead.extend({
    predicateType: z.literal(predicateType),
    predicate: predicateHead.extend({ day: z.string() }),
  }),
  statementHead.extend({
    predicateType: z.literal(periodPredicateType),
    predicate: predicateHead.extend({ period: z.string() }),
  }),
]);

/** What of a statement is used to check it. */
export type RevisionStatement = z.infer<typeof statementSchema>;

/** Whether it is about this manifest, and no other of the same files. */
export function isStatementOf({ predicate }: RevisionStatement, manifest: SignedManifest): boolean {
  if (predicate.plan !== manifest.plan || predicate.revision !== manifest.revision) return false;
  return isOfPeriod(manifest)
    ? 'period' in predicate && predicate.period === manifest.period.label
    : 'day' in predicate && predicate.day === manifest.date;
}

/** null: it is no statement about a revision. */
export function readStatement(payload: Uint8Array): RevisionStatement | null {
  try {
    const parsed = statementSchema.safeParse(
      JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)),
    );
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
