import { sha256Hex } from '../../base/digest.js';
import { readKept, readVerified } from '../../day/revisions/kept-file.js';
import { type CommittedRevision, readRevision } from '../../day/revisions/read-revisions.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { archivedFileOf, madeByKey } from '../../model/archive-keys.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { PeriodHead } from '../../model/period-head.js';
import type { PeriodManifest } from '../../model/period-manifest.js';
import type { Archive } from '../../ports/archive.js';
import type { PeriodCounting, PeriodKind } from '../../reports/period-kind.js';
import { isSafeKey } from '../listing/safe-name.js';

/**
 * - broken: a manifest that it was counted of is not there, or has other bytes than it says.
 * - cannot: a day that it was counted of cannot be read any more, or does not say what is needed.
 */
export type Recount =
  | { readonly kind: 'counted'; readonly report: PeriodHead }
  | { readonly kind: 'broken' | 'cannot'; readonly words: string }
  /** What the population before it came from lies outside, as of a part of an archive. */
  | { readonly kind: 'outside'; readonly words: string };

/** Counts a period again, of the archived revisions that its manifest names. */
export async function countAgain(
  archive: Archive,
  { plan, days, before }: PeriodManifest,
  { kind, report }: { readonly kind: PeriodKind; readonly report: PeriodHead },
): Promise<Recount> {
  const counting: PeriodCounting = kind.openCounting(report);
  if (before !== null && before !== undefined) {
    const found = await openDay(archive, plan, before);
    if (found.kind === 'broken' && found.isAbsent) {
      return { kind: 'outside', words: `${before.manifestKey}: ${found.words}` };
    }
    if (found.kind !== 'day') return { kind: found.kind, words: `${before.manifestKey}: ${found.words}` };
    if (!counting.takeBefore(found.report, found.settings)) return unreadable(before.manifestKey);
  } else if (days[0]?.manifestKey === null && before === undefined) {
    return { kind: 'cannot', words: 'it does not say what its population came from' };
  }
  for (const { date, state, revision, manifestKey, manifestSha256 } of days) {
    if (manifestKey === null || manifestSha256 === null) {
      counting.takeMissing(date);
      continue;
    }
    const found = await openDay(archive, plan, { manifestKey, manifestSha256 });
    if (found.kind !== 'day') return { kind: found.kind, words: `${manifestKey}: ${found.words}` };
    const { committed } = found;
    if (committed.manifest.date !== date || committed.revision !== revision) {
      return { kind: 'broken', words: `${manifestKey} is not r${revision} of ${date}` };
    }
    if (committed.manifest.status !== state) {
      return {
        kind: 'broken',
        words: `${date} is ${state} in it, and ${committed.manifest.status} by its manifest`,
      };
    }
    if (!counting.takeDay(date, found.report, found.settings)) return unreadable(manifestKey);
  }
  return { kind: 'counted', report: counting.conclude(headOf(report)) };
}

function unreadable(key: string): Recount {
  return { kind: 'cannot', words: `${key}: this version cannot count its report` };
}

/** What is not counted, but taken as it was. */
function headOf(report: PeriodHead): PeriodHead {
  const { schemaVersion, kind, plan, period, status, statusReasons } = report;
  const { generatedAt, tool, language, days, revisedDays } = report;
  const head = { schemaVersion, kind, plan, period, status, statusReasons, generatedAt, tool, language };
  const heads = days.map(({ date, state, revision, manifestSha256, isRevised, reason }) => ({
    date,
    state,
    revision,
    manifestSha256,
    isRevised,
    reason,
  }));
  return { ...head, days: heads, revisedDays };
}

type OpenedDay =
  | {
      readonly kind: 'day';
      readonly committed: CommittedRevision;
      readonly report: Uint8Array;
      readonly settings: Uint8Array | null;
    }
  | { readonly kind: 'broken'; readonly words: string; readonly isAbsent: boolean }
  | { readonly kind: 'cannot'; readonly words: string };

async function openDay(
  archive: Archive,
  plan: string,
  { manifestKey, manifestSha256 }: { readonly manifestKey: string; readonly manifestSha256: string },
): Promise<OpenedDay> {
  const file = isSafeKey(manifestKey) ? archivedFileOf(plan, manifestKey) : null;
  if (file?.place !== 'revision' || file.role !== 'manifest') {
    return { kind: 'broken', words: 'it is no manifest of a day of the plan', isAbsent: false };
  }
  const kept = await readKept(archive, manifestKey);
  if (!kept.ok) {
    const isAbsent = kept.damage.reason === 'not-there';
    return { kind: 'broken', words: damageInEnglish(kept.damage), isAbsent };
  }
  if (sha256Hex(kept.bytes) !== manifestSha256) {
    return { kind: 'broken', words: 'it has another sha-256 than it says', isAbsent: false };
  }
  const { date, revision } = file;
  const read = await readRevision(archive, { plan, date, revision });
  if (!read.ok) return { kind: 'cannot', words: damageInEnglish(read.damage) };
  const { prefix, manifest } = read.revision;
  const expected = manifest.artefacts.find(({ name }) => name === artefactNames.report)?.sha256;
  const report = await readVerified(archive, `${prefix}${artefactNames.report}`, expected);
  if (!report.ok) return { kind: 'cannot', words: `${report.damage.key}: ${damageInEnglish(report.damage)}` };
  const sha256 = (manifest.madeBy as typeof manifest.madeBy | undefined)?.['settings'];
  if (sha256 === undefined) {
    return { kind: 'day', committed: read.revision, report: report.bytes, settings: null };
  }
  const settings = await readVerified(archive, madeByKey(plan, sha256), sha256);
  if (!settings.ok) {
    return { kind: 'cannot', words: `${settings.damage.key}: ${damageInEnglish(settings.damage)}` };
  }
  return { kind: 'day', committed: read.revision, report: report.bytes, settings: settings.bytes };
}
