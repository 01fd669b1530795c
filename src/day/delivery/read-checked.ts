import { createHash } from 'node:crypto';
import { Failure } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { ReportHead } from '../../model/report-head.js';
import type { Archive } from '../../ports.js';
import type { ReportKind } from '../../reports/report-kind.js';
import { type CommittedRevision, findNewestRevision } from '../revisions/read-revisions.js';

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
  const found = await findNewestRevision(archive, name, date);
  if (found === null) return null;
  const report = kind.readReport(await readChecked(archive, found, artefactNames.report));
  if (report === null) throw unreadableArtefact(archive, `${found.prefix}${artefactNames.report}`);
  return { ...found, report };
}

/** The bytes of an artefact. @throws Failure('storage') where they do not match the manifest */
export async function readChecked(
  archive: Archive,
  { prefix, manifest }: CommittedRevision,
  name: string,
): Promise<Uint8Array> {
  const key = `${prefix}${name}`;
  const bytes = await archive.read(key);
  if (bytes === null) throw unusable(archive, key, 'it is not there');
  const expected = manifest.artefacts.find((artefact) => artefact.name === name)?.sha256;
  const isSame = createHash('sha256').update(bytes).digest('hex') === expected;
  if (!isSame) throw unusable(archive, key, 'it is not the one that its manifest names');
  return bytes;
}

/** For an artefact that matches the manifest, but cannot be understood. */
export function unreadableArtefact(archive: Archive, key: string, cause?: unknown): Failure {
  return unusable(archive, key, 'this version cannot read it', cause);
}

function unusable(archive: Archive, key: string, why: string, cause?: unknown): Failure {
  return new Failure('storage', `cannot show or send ${archive.locate(key)}: ${why}`, {
    hints: ['Restore it from a copy of the archive, or choose another day with --date.'],
    cause,
  });
}
