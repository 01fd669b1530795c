import { Failure } from '../../errors.js';
import { type ArchiveDamage, damageInEnglish } from '../../model/archive-damage.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { ReportHead } from '../../model/report-head.js';
import type { Archive } from '../../ports/archive.js';
import type { ReportKind } from '../../reports/report-kind.js';
import { readVerified } from '../revisions/kept-file.js';
import { type CommittedRevision, readRevisions } from '../revisions/read-revisions.js';

/** A file of an archived report is damaged. The day gets another revision when it is made again. */
export class DamagedReport extends Failure {}

/** A committed revision from the archive, its report checked against its manifest. */
export interface CheckedRevision<R extends ReportHead> extends CommittedRevision {
  readonly report: R;
}

/**
 * The newest committed revision of a day with its report; null where there is none.
 *
 * @throws Failure('storage') for a report that does not match its manifest
 */
export async function readCheckedRevision<R extends ReportHead>(
  archive: Archive,
  { name, kind }: { readonly name: string; readonly kind: Pick<ReportKind<R>, 'readReport'> },
  date: string,
): Promise<CheckedRevision<R> | null> {
  const found = await findWhole(archive, name, date);
  if (found === null) return null;
  const report = kind.readReport(await readChecked(archive, found, artefactNames.report));
  if (report === null) throw unreadableArtefact(archive, `${found.prefix}${artefactNames.report}`);
  return { ...found, report };
}

/**
 * The newest revision of a day; null where there is none.
 *
 * @throws Failure('storage') where its manifest cannot be used: an earlier revision is not what the day says
 */
export async function findWhole(
  archive: Archive,
  plan: string,
  date: string,
): Promise<CommittedRevision | null> {
  const { newest, damaged } = await readRevisions(archive, plan, date);
  const [last] = damaged;
  if (last !== undefined) throw unusable(last, date);
  return newest;
}

/** The bytes of an artefact. @throws Failure('storage') where they do not match the manifest */
export async function readChecked(
  archive: Archive,
  { prefix, manifest }: CommittedRevision,
  name: string,
): Promise<Uint8Array> {
  const expected = manifest.artefacts.find((artefact) => artefact.name === name)?.sha256;
  const kept = await readVerified(archive, `${prefix}${name}`, expected);
  if (!kept.ok) throw unusable(kept.damage, manifest.date);
  return kept.bytes;
}

/** For an artefact that matches the manifest, but cannot be understood. */
export function unreadableArtefact(archive: Archive, key: string, cause?: unknown): Failure {
  return new Failure('storage', `cannot show or send ${archive.locate(key)}: this version cannot read it`, {
    hints: ['Restore it from a copy of the archive, or choose another day with --date.'],
    cause,
  });
}

function unusable(damage: ArchiveDamage, date: string): Failure {
  const again = `Or make the report again: backup-report run --date ${date}. It names what is damaged and gets the next number.`;
  const words = `cannot show or send ${damage.location}: ${damageInEnglish(damage)}`;
  if (damage.reason !== 'newer') {
    const restore = 'Restore it from a copy of the archive, or choose another day with --date.';
    return new DamagedReport('storage', words, { hints: [restore, again] });
  }
  return new Failure('storage', words, {
    hints: ['Update this program, or run the version that made the report of this day.'],
  });
}
