import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StagedArtefact } from '../day/artefacts/describe-artefact.js';
import { asStorageFailure } from '../day/artefacts/workspace.js';
import { Failure } from '../errors.js';
import { artefactNames } from '../model/artefact-names.js';
import type { PeriodHead } from '../model/period-head.js';
import type { Archive } from '../ports/archive.js';
import type { PeriodKind } from '../reports/period-kind.js';
import { type CommittedPeriod, readPeriodFile } from './period-revisions.js';

/** A revision as it was archived: what is mailed later is what stands there. */
export interface ArchivedPeriod<P extends PeriodHead> {
  readonly report: P;
  /** In the temporary folder; those that a mail may attach. */
  readonly artefacts: readonly StagedArtefact[];
}

/** @throws Failure('storage') where its files are not those that its manifest names */
export async function fetchPeriod<P extends PeriodHead>(
  archive: Archive,
  committed: CommittedPeriod,
  { kind, workspace }: { readonly kind: Pick<PeriodKind<P>, 'readReport'>; readonly workspace: string },
): Promise<ArchivedPeriod<P>> {
  const bytes = await readPeriodFile(archive, committed, artefactNames.report);
  const report = bytes && kind.readReport(bytes);
  if (!report) throw unusable(archive.locate(`${committed.prefix}${artefactNames.report}`));
  const entry = committed.manifest.artefacts.find(({ name }) => name === artefactNames.workbook);
  const workbook = entry && (await readPeriodFile(archive, committed, entry.name));
  if (entry === undefined || !workbook) return { report, artefacts: [] };
  const path = join(workspace, entry.name);
  try {
    await writeFile(path, workbook);
  } catch (error) {
    throw asStorageFailure(error, workspace);
  }
  return { report, artefacts: [{ ...entry, path }] };
}

function unusable(location: string): Failure {
  return new Failure('storage', `cannot send ${location}: it is not the one that its manifest names`, {
    hints: ['Restore it from a copy of the archive, or make the report again: it gets the next number.'],
  });
}
