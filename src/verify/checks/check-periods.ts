import { artefactNames } from '../../model/artefact-names.js';
import { archivedFileOf } from '../../model/archive-keys.js';
import type { PeriodManifest } from '../../model/period-manifest.js';
import type { Check, CheckContext, PlanFacts } from '../check.js';
import type { Told } from '../finding.js';
import { tellPeriodContent } from '../periods/compare-period.js';
import { listedPeriods } from '../periods/listed-period.js';
import { type VerifiedPeriod, readPeriod } from '../periods/read-period.js';
import { tellArtefacts } from './check-artefacts.js';
import { tellDeliveries } from './check-deliveries.js';
import { type NumberedRevision, tellRevisions } from './check-revisions.js';
import { tellSignatures } from './check-signatures.js';
import { tellTimestamp } from './check-timestamps.js';

/** Reports of periods are whole, signed where their manifests ask for it, and say what the days that they name say. */
export const checkPeriods: Check = {
  name: 'periods',
  async ofPlan(plan, told, context) {
    const links: NumberedRevision[] = [];
    const newest = new Map<string, VerifiedPeriod>();
    for (const listed of listedPeriods(plan.listed, plan.range)) {
      const period = await readPeriod(context.archive, listed, context.readers);
      const manifest = await tellPeriod(period, plan, told, context);
      links.push(linkOf(period, manifest));
      if (manifest !== null) newest.set(period.label, period);
    }
    tellRevisions(links, told);
    for (const { manifest, manifestKey } of newest.values()) {
      if (manifest !== null) tellRevisedDays(manifest, manifestKey, plan, told);
    }
  },
};

/** @returns its manifest; null: it has none, or one that cannot be used or is of another revision */
async function tellPeriod(
  period: VerifiedPeriod,
  { plan, range }: PlanFacts,
  told: Told,
  context: CheckContext,
): Promise<PeriodManifest | null> {
  const { manifest, manifestKey, fault, label, revision, prefix } = period;
  if (fault !== null) told.find('manifest-damaged', manifestKey, fault);
  tellForeign(period, plan, told);
  if (manifest === null) return null;
  if (manifest.plan !== plan || manifest.period.label !== label || manifest.revision !== revision) {
    const words = `it is of ${manifest.plan}, ${manifest.period.label} r${manifest.revision}`;
    told.find('manifest-of-another', manifestKey, words);
    return null;
  }
  told.countPeriod();
  await tellSignatures(period, manifest, told, context);
  await tellTimestamp(period, manifest, context.timestamps, told);
  tellArtefacts(period.artefacts, manifestKey, told);
  if (!manifest.artefacts.some(({ name }) => name === artefactNames.report)) {
    told.find('manifest-damaged', manifestKey, `it names no ${artefactNames.report}`);
  }
  await tellPeriodContent(period, manifest, told, { ...context, range });
  await tellDeliveries({ prefix, hasClaims: true }, told, context);
  return manifest;
}

/** Periods have no checkpoints: they are not in the log. */
function tellForeign({ files, manifest, prefix }: VerifiedPeriod, plan: string, told: Told): void {
  const named = new Set(manifest?.artefacts.map(({ name }) => name));
  for (const [name, { key }] of files) {
    const file = archivedFileOf(plan, key);
    const role = file?.place === 'period' ? file.role : null;
    const isUnnamed = role === 'artefact' && manifest !== null && !named.has(name);
    if (isUnnamed || name === artefactNames.checkpoint) {
      told.find('foreign', key, `it lies in ${prefix}, and the manifest there does not name it`);
    }
  }
}

function linkOf(
  { label, revision, prefix, manifestKey, manifestSha256, fault, manifest: read }: VerifiedPeriod,
  manifest: PeriodManifest | null,
): NumberedRevision {
  const isUnfinished = read === null && fault === null;
  return { date: label, revision, prefix, manifestKey, manifestSha256, isUnfinished, facts: manifest };
}

/** Days that have another newest revision by now than the one that was counted. That is no damage: it is told. */
function tellRevisedDays(
  { days }: PeriodManifest,
  manifestKey: string,
  { listed }: PlanFacts,
  told: Told,
): void {
  const newest = new Map<string, number>();
  for (const { date, revision, hasManifest } of listed.revisions) {
    if (hasManifest) newest.set(date, Math.max(revision, newest.get(date) ?? 0));
  }
  const revised = days.filter(({ date, revision }) => (newest.get(date) ?? 0) > (revision ?? 0));
  const shown = revised
    .slice(0, mostNamed)
    .map(
      ({ date, revision }) =>
        `${date} (r${newest.get(date)}, counted: ${revision === null ? 'none' : `r${revision}`})`,
    );
  if (shown.length === 0) return;
  const more = revised.length > mostNamed ? ` and ${revised.length - mostNamed} more` : '';
  told.note(
    'days-revised',
    manifestKey,
    `days have later reports than those that it counts: ${shown.join(', ')}${more}`,
  );
}

const mostNamed = 5;
