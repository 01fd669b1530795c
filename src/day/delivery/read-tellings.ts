import { eachInBatches } from '../../base/in-batches.js';
import type { z } from 'zod';
import { archivedFileOf } from '../../model/archive-keys.js';
import { artefactNames } from '../../model/artefact-names.js';
import { readDocument } from '../../model/read-document.js';
import type { ReportHead, ReportStanding } from '../../model/report-head.js';
import type { Archive } from '../../ports.js';
import type { ReportKind } from '../../reports/report-kind.js';
import { readArtefact } from '../revisions/earlier-revision.js';
import { monthsBetween } from '../revisions/list-committed.js';
import { readRevision } from '../revisions/read-revisions.js';
import { readableClaim, readableRecord } from './delivery-files.js';

/** Something that a channel was told. */
export interface Telling {
  readonly date: string;
  readonly revision: number;
  /** When, epoch milliseconds. */
  readonly timeMs: number;
  /** Whether the report was one of trouble. */
  readonly isTrouble: boolean;
  /** false: the attempt was claimed and its result is not known. */
  readonly isHeard: boolean;
}

interface Place<R extends ReportHead> {
  readonly archive: Archive;
  readonly plan: string;
  readonly kind: Pick<ReportKind<R>, 'readReport' | 'standingOf'>;
}

interface Span {
  readonly from: string;
  readonly date: string;
  readonly to: string;
  /** How many days that have a report are looked at before `date`. */
  readonly reportsBack: number;
}

/** One attempt to deliver, by the name of its newest file: the record, or a claim without one. */
interface AttemptFile {
  readonly key: string;
  readonly date: string;
  readonly revision: number;
  readonly isRecord: boolean;
}

/** What a channel was told by the reports around a day, from the ledgers of their revisions. */
export async function readTellings<R extends ReportHead>(
  place: Place<R>,
  span: Span,
  route: string,
): Promise<readonly Telling[]> {
  const files = await listAttempts(place, span);
  const tellings = await eachInBatches(files, (file) => readTelling(place, file, route));
  return tellings.filter((telling) => telling !== null);
}

async function listAttempts<R extends ReportHead>(
  { archive, plan }: Place<R>,
  { from, date, to, reportsBack }: Span,
): Promise<readonly AttemptFile[]> {
  const attempts = new Map<string, AttemptFile>();
  const reported = new Set<string>();
  for (const month of monthsBetween(from.slice(0, 7), to.slice(0, 7))) {
    for (const { key } of await archive.list(`${plan}/${month.replace('-', '/')}/`)) {
      const file = archivedFileOf(plan, key);
      if (file?.place !== 'revision' || file.date < from || file.date > to) continue;
      if (file.role === 'manifest' && file.date < date) reported.add(file.date);
      if (file.role !== 'delivery') continue;
      const attempt = key.replace(/(?:\.claim)?\.json$/, '');
      const isRecord = !key.endsWith('.claim.json');
      if (isRecord || !attempts.has(attempt)) attempts.set(attempt, { ...file, key, isRecord });
    }
  }
  const first = [...reported].sort().at(-reportsBack) ?? from;
  return [...attempts.values()].filter((file) => file.date >= first);
}

/** null: it says nothing to this channel. */
async function readTelling<R extends ReportHead>(
  place: Place<R>,
  { key, date, revision, isRecord }: AttemptFile,
  route: string,
): Promise<Telling | null> {
  const found = isRecord
    ? await readFile(place.archive, key, readableRecord)
    : await readFile(place.archive, key, readableClaim);
  if (found?.route !== route) return null;
  const told = 'accepted' in found ? found.accepted : found.recipients;
  if (told.length === 0) return null;
  const level = found.standing ?? (await standingOf(place, date, revision));
  const timeMs = Date.parse(found.time);
  return { date, revision, timeMs, isTrouble: level !== 'good', isHeard: isRecord };
}

async function readFile<T>(archive: Archive, key: string, schema: z.ZodType<T>): Promise<T | null> {
  const bytes = await archive.read(key);
  const read = bytes === null ? null : readDocument(bytes, schema);
  return read?.ok === true ? read.checked : null;
}

/** Earlier versions did not write it into the ledger. null: the report cannot be read, so it may have been trouble. */
async function standingOf<R extends ReportHead>(
  place: Place<R>,
  date: string,
  revision: number,
): Promise<ReportStanding['level'] | null> {
  const report = await readToldReport(place, date, revision);
  return report && place.kind.standingOf(report).level;
}

/** The report of a revision that a channel was told of; null: it cannot be read. */
export async function readToldReport<R extends ReportHead>(
  { archive, plan, kind }: Place<R>,
  date: string,
  revision: number,
): Promise<R | null> {
  const read = await readRevision(archive, { plan, date, revision });
  const bytes = read.ok ? await readArtefact(archive, read.revision, artefactNames.report) : null;
  return bytes && kind.readReport(bytes);
}
