import { z } from 'zod';
import { eachInBatches } from '../base/in-batches.js';
import { compareText } from '../base/text-order.js';
import { readKept, readVerified } from '../day/revisions/kept-file.js';
import type { ArchiveDamage } from '../model/archive-damage.js';
import { artefactNames } from '../model/artefact-names.js';
import { artefactEntrySchema } from '../model/manifest.js';
import { type Period, periodOfLabel } from '../model/period.js';
import type { PeriodCoverage } from '../model/period-coverage.js';
import { periodManifestSchema } from '../model/period-manifest.js';
import { readDocument } from '../model/read-document.js';
import type { Archive } from '../ports/archive.js';
import type { PlanListing } from './list-plan.js';

const readableManifest = periodManifestSchema
  .pick({ plan: true, revision: true, status: true, generatedAt: true })
  .extend({
    period: z.object({ label: z.string() }),
    artefacts: z.array(artefactEntrySchema.extend({ sha256: z.string() })),
  });

/** Of any kind: whether its page has an appendix of frameworks. */
const readableReport = z.object({ frameworks: z.array(z.unknown()).optional() });

/** What is read of the manifest of a period. */
export type ReadPeriodManifest = z.infer<typeof readableManifest>;

type ManifestOrDamage =
  | { readonly ok: true; readonly manifest: ReadPeriodManifest }
  | { readonly ok: false; readonly damage: ArchiveDamage };

/** A revision of a period in an archive. */
export interface PeriodRevision {
  readonly plan: string;
  readonly label: string;
  readonly revision: number;
}

/**
 * What the archive has of the periods that lie within a range of days, in their order. Of each the newest revision is read: its
 * manifest and its report.json.
 *
 * @throws Failure('storage') where the archive cannot be read
 */
export async function readPeriodCoverage(
  archive: Archive,
  plan: string,
  { files }: Pick<PlanListing, 'files'>,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly PeriodCoverage[]> {
  const numbers = new Map<string, RevisionNumbers>();
  for (const { file } of files) {
    if (file.place !== 'period') continue;
    const { all, committed } = numbers.get(file.period) ?? { all: new Set(), committed: new Set() };
    all.add(file.revision);
    if (file.role === 'manifest') committed.add(file.revision);
    numbers.set(file.period, { all, committed });
  }
  const within = [...numbers.keys()].flatMap((label) => {
    const period = periodOfLabel(label);
    return period !== undefined && period.from >= from && period.to <= to ? [period] : [];
  });
  within.sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to));
  return eachInBatches(within, (period) =>
    coverPeriod(archive, plan, period, numbers.get(period.label) ?? noNumbers),
  );
}

interface RevisionNumbers {
  readonly all: Set<number>;
  /** Those with a manifest. */
  readonly committed: Set<number>;
}

const noNumbers: RevisionNumbers = { all: new Set(), committed: new Set() };

async function coverPeriod(
  archive: Archive,
  plan: string,
  period: Period,
  { all, committed }: RevisionNumbers,
): Promise<PeriodCoverage> {
  const damage: ArchiveDamage[] = [];
  const unfinished = [...all].filter((number) => !committed.has(number)).sort((a, b) => a - b);
  for (const revision of [...committed].sort((a, b) => b - a)) {
    const read = await readPeriodManifest(archive, { plan, label: period.label, revision });
    if (!read.ok) {
      damage.push(read.damage);
      continue;
    }
    const { status, generatedAt, artefacts } = read.manifest;
    const sha256 = artefacts.find(({ name }) => name === artefactNames.report)?.sha256;
    const key = `${prefixOf({ plan, label: period.label, revision })}${artefactNames.report}`;
    const report = await readVerified(archive, key, sha256);
    if (!report.ok) damage.push(report.damage);
    return {
      period,
      unfinished,
      revision,
      status,
      generatedAt,
      hasFrameworks: report.ok && hasFrameworks(report.bytes),
      damage,
    };
  }
  return {
    period,
    unfinished,
    revision: null,
    status: null,
    generatedAt: null,
    hasFrameworks: false,
    damage,
  };
}

/** The manifest of a revision of a period, as far as it says which files it has. */
export async function readPeriodManifest(archive: Archive, place: PeriodRevision): Promise<ManifestOrDamage> {
  const key = `${prefixOf(place)}${artefactNames.manifest}`;
  const kept = await readKept(archive, key);
  if (!kept.ok) return kept;
  const location = archive.locate(key);
  const read = readDocument(kept.bytes, readableManifest);
  if (!read.ok) {
    const reason = read.fault.kind === 'not-json' ? 'not-json' : 'not-a-manifest';
    return { ok: false, damage: { key, location, reason } };
  }
  const { plan, revision, period } = read.checked;
  if (plan === place.plan && revision === place.revision && period.label === place.label) {
    return { ok: true, manifest: read.checked };
  }
  const values = { plan, date: period.label, revision };
  return { ok: false, damage: { key, location, reason: 'of-another', values } };
}

function prefixOf({ plan, label, revision }: PeriodRevision): string {
  return `${plan}/periods/${label}/r${revision}/`;
}

function hasFrameworks(bytes: Uint8Array): boolean {
  const read = readDocument(bytes, readableReport);
  return read.ok && (read.checked.frameworks ?? []).length > 0;
}
