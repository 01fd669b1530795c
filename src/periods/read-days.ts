import { reportDayOf } from '../base/civil-dates.js';
import { eachInBatches } from '../base/in-batches.js';
import { damageInWords } from '../day/evidence/damage-in-words.js';
import { dateOfManifest } from '../model/date-of-manifest.js';
import { readVerified } from '../day/revisions/kept-file.js';
import { wasDayOver } from '../day/revisions/made-after-day.js';
import { type CommittedRevision, readRevisions } from '../day/revisions/read-revisions.js';
import { UnreadableFile } from '../errors.js';
import type { ArchiveDamage } from '../model/archive-damage.js';
import { artefactNames } from '../model/artefact-names.js';
import type { Language } from '../model/language.js';
import { type Period, datesOf } from '../model/period.js';
import type { PeriodDay } from '../model/period-head.js';
import type { Archive } from '../ports/archive.js';
import type { PeriodOrigin } from '../model/period-manifest.js';
import type { PeriodCounting } from '../reports/period-kind.js';
import { type ReadSettings, createSettingsReader } from './read-settings.js';

/** A day as it was counted, and the manifest that says so. */
export interface ReadDay {
  readonly day: PeriodDay;
  /** null: MISSING. */
  readonly manifestKey: string | null;
}

export interface ReadPeriod {
  readonly days: readonly ReadDay[];
  /** What the population of missing days at the beginning comes from; null: there are none, or nothing was before them. */
  readonly before: PeriodOrigin | null;
}

interface ArchivedPlan {
  readonly name: string;
  readonly timezone: string;
  readonly language: Language;
}

/** The newest revision of a day, or why it cannot be used. */
type FoundDay =
  | { readonly ok: true; readonly revision: CommittedRevision }
  | { readonly ok: false; readonly reason: string };

/**
 * Counts every day of the period by its newest revision, oldest first. A day without one, or whose newest is damaged, is
 * missing: an earlier revision is not what the day says. Dates that the zone skipped are no days.
 *
 * @throws Failure('storage') where the archive cannot be listed or read
 */
export async function readDays(
  archive: Archive,
  plan: ArchivedPlan,
  period: Period,
  counting: PeriodCounting,
): Promise<ReadPeriod> {
  const settings = createSettingsReader(archive, plan.name);
  const dates = datesOf(period).filter((date) => reportDayOf(date, plan.timezone) !== undefined);
  const found = await eachInBatches(dates, (date) => findDay(archive, plan, date));
  const days: ReadDay[] = [];
  let before: PeriodOrigin | null = null;
  for (const [index, date] of dates.entries()) {
    const first = found[index];
    if (first === undefined) continue;
    const read = await readReport(archive, plan, first);
    if (read.ok && counting.takeDay(date, read.bytes, await settings(read.revision.manifest))) {
      days.push(countedDay(read.revision));
      continue;
    }
    // Later days have the population of those before them in the period.
    if (days.length === 0) before = await takeBefore(archive, plan, period.from, { counting, settings });
    counting.takeMissing(date);
    days.push(missingDay(date, read.ok ? unreadable(archive, plan, read.revision) : read.reason));
  }
  return { days, before };
}

/** The population before the first day is that of the newest earlier day that can be used, however long ago. */
async function takeBefore(
  archive: Archive,
  plan: ArchivedPlan,
  from: string,
  { counting, settings }: { readonly counting: PeriodCounting; readonly settings: ReadSettings },
): Promise<PeriodOrigin | null> {
  const dates = new Set<string>();
  for (const { key } of await listPlan(archive, plan.name)) {
    const date = dateOfManifest(key);
    if (date !== null && date < from) dates.add(date);
  }
  for (const date of [...dates].sort().reverse()) {
    const read = await readReport(archive, plan, await findDay(archive, plan, date));
    if (!read.ok || !counting.takeBefore(read.bytes, await settings(read.revision.manifest))) continue;
    const { manifestKey, manifestSha256 } = read.revision;
    return { manifestKey, manifestSha256 };
  }
  return null;
}

/** A folder that cannot be listed has no day that can be used. */
async function listPlan(archive: Archive, plan: string): Promise<readonly { readonly key: string }[]> {
  try {
    return await archive.list(`${plan}/`);
  } catch (error) {
    if (error instanceof UnreadableFile) return [];
    throw error;
  }
}

/** The manifest alone: what a day is counted by. */
export async function findDay(archive: Archive, plan: ArchivedPlan, date: string): Promise<FoundDay> {
  const { newest, damaged } = await readRevisions(archive, plan.name, date);
  const [damage] = damaged;
  if (damage !== undefined) return { ok: false, reason: damageReason(damage, plan.language) };
  if (newest === null) return { ok: false, reason: plan.language.text('period.missing.none') };
  if (!wasDayOver(newest.manifest))
    return { ok: false, reason: plan.language.text('period.missing.notOver') };
  return { ok: true, revision: newest };
}

type FoundReport =
  | { readonly ok: true; readonly revision: CommittedRevision; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string };

async function readReport(
  archive: Archive,
  { language }: ArchivedPlan,
  found: FoundDay,
): Promise<FoundReport> {
  if (!found.ok) return found;
  const { revision } = found;
  const { artefacts } = revision.manifest;
  const expected = artefacts.find(({ name }) => name === artefactNames.report)?.sha256;
  const kept = await readVerified(archive, `${revision.prefix}${artefactNames.report}`, expected);
  return kept.ok
    ? { ok: true, revision, bytes: kept.bytes }
    : { ok: false, reason: damageReason(kept.damage, language) };
}

function countedDay({ revision, manifest, manifestKey, manifestSha256 }: CommittedRevision): ReadDay {
  const { date, status } = manifest;
  const isRevised = (manifest.supersedes ?? null) !== null;
  return { day: { date, state: status, revision, manifestSha256, isRevised, reason: null }, manifestKey };
}

function missingDay(date: string, reason: string): ReadDay {
  const day = { date, state: 'MISSING', revision: null, manifestSha256: null, isRevised: false } as const;
  return { day: { ...day, reason }, manifestKey: null };
}

function damageReason(damage: ArchiveDamage, language: Language): string {
  const why = damageInWords(damage, language);
  return language.text('period.missing.damaged', { location: damage.location, why });
}

function unreadable(archive: Archive, { language }: ArchivedPlan, { prefix }: CommittedRevision): string {
  const location = archive.locate(`${prefix}${artefactNames.report}`);
  return language.text('period.missing.unreadable', { location });
}
