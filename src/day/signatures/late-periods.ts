import { addDays } from '../../base/civil-dates.js';
import { sha256Hex } from '../../base/digest.js';
import { eachInBatches } from '../../base/in-batches.js';
import { compareText } from '../../base/text-order.js';
import type { ArchiveDamage } from '../../model/archive-damage.js';
import { archivedFileOf } from '../../model/archive-keys.js';
import { artefactNames } from '../../model/artefact-names.js';
import { periodOfLabel } from '../../model/period.js';
import { type PeriodManifest, periodManifestSchema } from '../../model/period-manifest.js';
import { readDocument } from '../../model/read-document.js';
import type { Archive } from '../../ports/archive.js';
import { readKept, readVerified } from '../revisions/kept-file.js';
import { listMonth } from '../revisions/list-committed.js';
import type { LateFiles } from './late-files.js';

/** As far back as a schedule makes periods again: two quarters and the one that runs. */
const daysOfPeriods = 280;

/** From which last day on periods are looked at beside days that begin with `from`. */
export function latePeriodsFrom(from: string): string {
  return addDays(from, -daysOfPeriods);
}

/** The same as `lateRevisions` of periods whose last day lies in the range. */
export async function latePeriods(
  plan: string,
  { from, to }: { readonly from: string; readonly to: string },
  archive: Archive,
  isComplete: (files: ReadonlySet<string>) => boolean,
): Promise<readonly LateFiles[]> {
  const names = new Map<string, Set<string>>();
  for (const { key } of await listMonth(archive, `${plan}/periods/`)) {
    const file = archivedFileOf(plan, key);
    if (file?.place !== 'period') continue;
    const last = periodOfLabel(file.period)?.to ?? '';
    if (last < from || last > to) continue;
    const prefix = key.slice(0, key.length - file.name.length);
    names.set(prefix, (names.get(prefix) ?? new Set()).add(file.name));
  }
  const incomplete = [...names].filter(
    ([, files]) => files.has(artefactNames.manifest) && !isComplete(files),
  );
  const read = await eachInBatches(incomplete, ([prefix, files]) =>
    readLatePeriod(plan, prefix, files, archive),
  );
  return read.flatMap((each) => each ?? []).sort((a, b) => compareText(a.prefix, b.prefix));
}

async function readLatePeriod(
  plan: string,
  prefix: string,
  files: ReadonlySet<string>,
  archive: Archive,
): Promise<LateFiles | null> {
  const manifestKey = `${prefix}${artefactNames.manifest}`;
  const kept = await readKept(archive, manifestKey);
  const read = kept.ok ? readDocument(kept.bytes, periodManifestSchema) : null;
  if (!kept.ok || read?.ok !== true) return null;
  const manifest = read.written as PeriodManifest;
  const { period, revision } = manifest;
  // One that was put elsewhere is not signed as what it is not.
  if (manifest.plan !== plan || prefix !== `${plan}/periods/${period.label}/r${revision}/`) return null;
  return {
    late: { date: period.label, revision },
    prefix,
    manifestKey,
    manifestSha256: sha256Hex(kept.bytes),
    manifest,
    files,
    damage: (from) => damageOf(prefix, manifest, from),
  };
}

async function damageOf(
  prefix: string,
  { artefacts }: PeriodManifest,
  archive: Archive,
): Promise<readonly ArchiveDamage[]> {
  const damage: ArchiveDamage[] = [];
  for (const { name, sha256 } of artefacts) {
    const kept = await readVerified(archive, `${prefix}${name}`, sha256);
    if (!kept.ok) damage.push(kept.damage);
  }
  return damage;
}
