import { addDays, isTimezone, reportDayOf } from '../base/civil-dates.js';
import { readVerified } from '../day/revisions/kept-file.js';
import { wasDayOver } from '../day/revisions/made-after-day.js';
import {
  type CommittedRevision,
  findNewestRevision,
  readRevisions,
} from '../day/revisions/read-revisions.js';
import { type ArchiveDamage, damageInEnglish } from '../model/archive-damage.js';
import { madeByKey } from '../model/archive-keys.js';
import { artefactNames } from '../model/artefact-names.js';
import type { Archive } from '../ports/archive.js';
import type { DailyReport } from '../reports/backup-compliance/model/daily-report.js';
import type { InterchangeDay, UnreportedDay } from './interchange-day.js';
import { rememberedDays } from './remembered-days.js';

export interface ArchiveReading {
  readonly plan: string;
  readonly timezone: string;
  /** Reads an archived report.json whose digest was checked; null: this version cannot. */
  readReport(bytes: Uint8Array): DailyReport | null;
}

/** Both ends included. */
export interface Dates {
  readonly from: string;
  readonly to: string;
}

/**
 * The days of a range, oldest first, but for those that the zone skipped. Each is read when it is asked for, and none is
 * kept.
 *
 * @throws Failure('storage') where the archive cannot be listed or read
 */
export async function* readInterchangeDays(
  archive: Archive,
  reading: ArchiveReading,
  { from, to }: Dates,
): AsyncGenerator<InterchangeDay> {
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const day = await readInterchangeDay(archive, reading, date);
    if (day !== null) yield day;
  }
}

/**
 * The days before a date that a day is compared with, oldest first: from the last COMPLETE report on, or as far back as
 * reports are remembered. None where there is no report among them.
 *
 * @throws Failure('storage') as readInterchangeDays
 */
export async function* readDaysBefore(
  archive: Archive,
  reading: ArchiveReading,
  before: string,
): AsyncGenerator<InterchangeDay> {
  let from: string | null = null;
  for (let back = 1; back <= rememberedDays; back += 1) {
    const day = await readInterchangeDay(archive, reading, addDays(before, -back));
    if (day?.state !== 'reported') continue;
    from = day.date;
    if (day.report.status === 'COMPLETE') break;
  }
  if (from !== null) yield* readInterchangeDays(archive, reading, { from, to: addDays(before, -1) });
}

/** null: the zone skipped this date. */
export async function readInterchangeDay(
  archive: Archive,
  { plan, timezone, readReport }: ArchiveReading,
  date: string,
): Promise<InterchangeDay | null> {
  const civil = reportDayOf(date, timezone);
  if (civil === undefined) return null;
  const place = { plan, date, startMs: civil.startMs, cutOffMs: civil.cutOffMs };
  const without = (state: UnreportedDay['state'], why: string): InterchangeDay => ({ ...place, state, why });
  const damaged = (damage: ArchiveDamage): InterchangeDay =>
    without('damaged', `The report of this day is damaged: ${damage.key}: ${damageInEnglish(damage)}.`);
  const { newest, damaged: newer, unfinished } = await readRevisions(archive, plan, date);
  const [damage] = newer;
  // What a later revision said is not known, and an earlier one may be wrong.
  if (damage !== undefined) return damaged(damage);
  if (newest === null) {
    return unfinished.length > 0
      ? without('unfinished', 'The report of this day was not finished.')
      : without('missing', 'The archive has no report of this day.');
  }
  if (!wasDayOver(newest.manifest)) {
    return without('missing', 'The archive only has a report that was made before this day was over.');
  }
  const reportKey = `${newest.prefix}${artefactNames.report}`;
  const kept = await readVerified(archive, reportKey, reportSha256(newest));
  if (!kept.ok) return damaged(kept.damage);
  const report = readReport(kept.bytes);
  if (report === null) return without('unreadable', 'This version cannot read the report of this day.');
  const { revision, manifestSha256, manifest } = newest;
  const configuration = manifest.madeBy?.['configuration'];
  return {
    ...place,
    // As it was judged, should the zone of the plan be another today.
    startMs: Date.parse(report.reportDay.start),
    cutOffMs: Date.parse(report.reportDay.cutOff),
    state: 'reported',
    report,
    revision,
    manifestSha256,
    reportKey,
    configurationKey: configuration === undefined ? null : madeByKey(plan, configuration),
  };
}

function reportSha256({ manifest }: CommittedRevision): string | undefined {
  return manifest.artefacts.find(({ name }) => name === artefactNames.report)?.sha256;
}

/** The zone of the newest report of a range; null: there is no report whose manifest can be read. */
export async function newestTimezone(
  archive: Archive,
  plan: string,
  { from, to }: Dates,
): Promise<string | null> {
  for (let date = to; date >= from; date = addDays(date, -1)) {
    const newest = await findNewestRevision(archive, plan, date);
    // Nothing checked it when the manifest was read.
    const timezone: unknown = newest?.manifest.timezone;
    if (typeof timezone === 'string' && isTimezone(timezone)) return timezone;
  }
  return null;
}
