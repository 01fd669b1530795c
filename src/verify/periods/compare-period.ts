import { explainError } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import { periodContentDigest } from '../../model/period-digest.js';
import type { PeriodHead } from '../../model/period-head.js';
import type { PeriodManifest } from '../../model/period-manifest.js';
import { stampOf } from '../../model/report-stamp.js';
import type { PeriodKind } from '../../reports/period-kind.js';
import type { CheckContext, DateRange } from '../check.js';
import { tellStampDifferences } from '../checks/check-stamps.js';
import type { Told } from '../finding.js';
import { countAgain } from './count-again.js';
import type { VerifiedPeriod } from './read-period.js';

/** Manifest, report.json, page, workbook and the days say the same. */
export async function tellPeriodContent(
  period: VerifiedPeriod,
  manifest: PeriodManifest,
  told: Told,
  { archive, readers, range }: Pick<CheckContext, 'archive' | 'readers'> & { readonly range: DateRange },
): Promise<void> {
  const { prefix, reportBytes } = period;
  const key = `${prefix}${artefactNames.report}`;
  if (reportBytes === null) return;
  const opened = await openPeriod(reportBytes, readers);
  if (opened === null) {
    told.find('report-differs', key, 'this version cannot read what it says');
    return;
  }
  const { kind, report } = opened;
  for (const words of headDifferences(manifest, report)) told.find('report-differs', key, words);
  const countsDigest = kind.countsDigest(report);
  const contentDigest = periodContentDigest(manifest.period.label, countsDigest, manifest.days);
  if (countsDigest !== manifest.countsDigest || contentDigest !== manifest.contentDigest) {
    told.find('content-differs', key, 'its digests, recomputed, are not those in the manifest');
  }
  tellStamps(period, report, told);
  const recount = await countAgain(archive, manifest, opened);
  if (recount.kind === 'broken') told.find('period-broken', period.manifestKey, recount.words);
  else if (recount.kind === 'counted') tellRecount(key, { kind, report, recounted: recount.report }, told);
  else if (recount.kind === 'outside' && range.from === null) {
    told.find('period-broken', period.manifestKey, recount.words);
  } else told.note('not-recounted', key, `its days were not counted again: ${recount.words}`);
}

interface OpenedPeriod {
  readonly kind: PeriodKind;
  readonly report: PeriodHead;
}

/** null: no kind of this program has reports of such periods, or it lacks what they have. */
async function openPeriod(
  bytes: Uint8Array,
  { kindOf }: Pick<CheckContext['readers'], 'kindOf'>,
): Promise<OpenedPeriod | null> {
  try {
    const { kind: name } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly kind?: unknown };
    const kind = (await kindOf(String(name)))?.periods;
    const report = kind?.readReport(bytes) ?? null;
    if (kind === undefined || report === null || !Array.isArray(report.days)) return null;
    kind.countsDigest(report);
    return { kind, report };
  } catch {
    return null;
  }
}

function headDifferences(manifest: PeriodManifest, report: PeriodHead): readonly string[] {
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['the plan', manifest.plan, report.plan],
    ['the period', manifest.period, report.period],
    ['generatedAt', manifest.generatedAt, report.generatedAt],
    ['the status', manifest.status, report.status],
    ['the program', manifest.tool, report.tool],
  ];
  const differences = pairs
    .map(([what, one, other]) => [what, JSON.stringify(one), JSON.stringify(other)] as const)
    .filter(([, one, other]) => one !== other)
    .map(([what, one, other]) => `${what}: ${one} in the manifest, ${other} in report.json`);
  return daysText(manifest.days) === daysText(report.days)
    ? differences
    : [...differences, 'manifest and report.json name other days, or other revisions of them'];
}

function daysText(days: PeriodManifest['days'] | PeriodHead['days']): string {
  return JSON.stringify(
    days.map(({ date, state, revision, manifestSha256 }) => [date, state, revision, manifestSha256]),
  );
}

function tellStamps({ stamps, manifest, manifestKey }: VerifiedPeriod, report: PeriodHead, told: Told): void {
  for (const { key, name, stamp, fault } of stamps) {
    if (fault !== null) told.find('totals-differ', key, `it cannot be read: ${fault}`);
    else if (stamp === null) told.find('totals-differ', key, 'it carries no totals');
    if (stamp === null) continue;
    try {
      const wanted = stampOf(report, { file: name, contentDigest: manifest?.contentDigest ?? '' });
      tellStampDifferences({ key, stamp }, { wanted, where: 'report.json', isCompared: () => true }, told);
    } catch (error) {
      told.find('report-differs', manifestKey, explainError(error));
    }
  }
}

/** Whatever both have: a field of another version is not compared. */
function tellRecount(
  key: string,
  { kind, report, recounted }: OpenedPeriod & { readonly recounted: PeriodHead },
  told: Told,
): void {
  const again = new Map<string, unknown>(Object.entries(JSON.parse(JSON.stringify(recounted)) as object));
  const differing = Object.entries(report)
    .filter(([name, value]) => again.has(name) && JSON.stringify(again.get(name)) !== JSON.stringify(value))
    .map(([name]) => name);
  const areCountsSame = kind.countsDigest(report) === kind.countsDigest(recounted);
  if (areCountsSame && differing.length === 0) return;
  const what = differing.length === 0 ? 'its counts' : differing.join(', ');
  told.find('period-differs', key, `${what}: counted again of the days that it names, another result`);
}
