import { readChecked, readCheckedRevision } from '../day/delivery/read-checked.js';
import { newestCommitted } from '../day/revisions/list-committed.js';
import { Failure } from '../errors.js';
import { artefactNames } from '../model/artefact-names.js';
import type { ReportHead } from '../model/report-head.js';
import type { Archive } from '../ports/archive.js';
import type { ReportKind } from '../reports/report-kind.js';

/** An archived report, with all that the renderers need to render it again. */
export interface ArchivedDay<R extends ReportHead = ReportHead> {
  readonly report: R;
  readonly revision: number;
  /** Of the manifest. Absent: not known. */
  readonly contentDigest?: string;
  /** Where a person finds the report's page. */
  readonly location: string;
  /** The archived file of lines (gzipped NDJSON). */
  readonly compressedLines: Uint8Array;
}

/** A plan whose reports are in the archive. */
export interface ArchivedPlan<R extends ReportHead = ReportHead> {
  readonly name: string;
  readonly kind: Pick<ReportKind<R>, 'readReport' | 'linesFile'>;
}

/**
 * The newest revision of a date, with its report and lines checked against the manifest.
 *
 * @param date null: the newest day in the archive @param to where no date is asked for, the last that is shown; absent: any is
 * @throws Failure('usage') for a day without a report, Failure('storage') for artefacts that do not match the manifest
 */
export async function readArchivedDay<R extends ReportHead>(
  archive: Archive,
  { name: plan, kind }: ArchivedPlan<R>,
  date: string | null,
  to?: string,
): Promise<ArchivedDay<R>> {
  const newest = await newestCommitted(archive, plan, to);
  const day = date ?? newest;
  const found = day === null ? null : await readCheckedRevision(archive, { name: plan, kind }, day);
  if (day === null || found === null) throw missingDay(archive, plan, date, newest);
  return {
    report: found.report,
    revision: found.revision,
    contentDigest: found.manifest.contentDigest,
    location: archive.locate(`${found.prefix}${artefactNames.page}`),
    compressedLines: await readChecked(archive, found, kind.linesFile),
  };
}

function missingDay(archive: Archive, plan: string, date: string | null, newest: string | null): Failure {
  const where = archive.locate(`${plan}/`);
  if (newest === null) {
    return new Failure('usage', `there is no report of ${plan} in the archive yet: ${where}`, {
      hints: ['Make one with `backup-report run`, or look at the demo with `backup-report preview --demo`.'],
    });
  }
  return new Failure('usage', `--date ${date}: there is no report of this day in the archive: ${where}`, {
    hints: [`The newest day there is ${newest}.`],
  });
}
