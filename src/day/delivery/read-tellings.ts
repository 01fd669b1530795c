import { eachInBatches } from '../../base/in-batches.js';
import type { z } from 'zod';
import { archivedFileOf } from '../../model/archive-keys.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { ReportHead, ReportStanding } from '../../model/report-head.js';
import type { Archive } from '../../ports/archive.js';
import type { Log } from '../../ports/log.js';
import type { ReportKind } from '../../reports/report-kind.js';
import { readArtefact } from '../revisions/earlier-revision.js';
import { monthsBetween } from '../revisions/list-committed.js';
import { readRevision } from '../revisions/read-revisions.js';
import { logUnreadable, readDelivery, readableClaim, readableRecord } from './delivery-files.js';

/** Something that a channel was told. */
export interface Telling {
  readonly date: string;
  readonly revision: number;
  /** When, epoch milliseconds. */
  readonly timeMs: number;
  /** Whether the report was one of trouble. */
  readonly isTrouble: boolean;
  /** false: the attempt was claimed, and its result is not known or cannot be read. */
  readonly isHeard: boolean;
}

interface Place<R extends ReportHead> {
  readonly archive: Archive;
  readonly plan: string;
  readonly kind: Pick<ReportKind<R>, 'readReport' | 'standingOf'>;
}

interface LoggingPlace<R extends ReportHead> extends Place<R> {
  readonly log: Log;
}

interface Span {
  readonly from: string;
  readonly date: string;
  readonly to: string;
  /** How many days that have a report are looked at before `date`. */
  readonly reportsBack: number;
}

/** One attempt to deliver, by the names of its files. */
interface AttemptFiles {
  readonly date: string;
  readonly revision: number;
  readonly record?: string;
  readonly claim?: string;
}

/**
 * What a channel was told by the reports around a day, from the ledgers of their revisions. Where the record of an attempt
 * cannot be read, its claim counts. An attempt of which nothing can be read may have been of this channel.
 */
export async function readTellings<R extends ReportHead>(
  place: LoggingPlace<R>,
  span: Span,
  route: string,
): Promise<readonly Telling[]> {
  const attempts = await listAttempts(place, span);
  const tellings = await eachInBatches(attempts, (files) => readTelling(place, files, route));
  return tellings.filter((telling) => telling !== null);
}

async function listAttempts<R extends ReportHead>(
  { archive, plan }: Place<R>,
  { from, date, to, reportsBack }: Span,
): Promise<readonly AttemptFiles[]> {
  const attempts = new Map<string, AttemptFiles>();
  const reported = new Set<string>();
  for (const month of monthsBetween(from.slice(0, 7), to.slice(0, 7))) {
    for (const { key } of await archive.list(`${plan}/${month.replace('-', '/')}/`)) {
      const file = archivedFileOf(plan, key);
      if (file?.place !== 'revision' || file.date < from || file.date > to) continue;
      if (file.role === 'manifest' && file.date < date) reported.add(file.date);
      if (file.role !== 'delivery') continue;
      const attempt = key.replace(/(?:\.claim)?\.json$/, '');
      const files = attempts.get(attempt) ?? { date: file.date, revision: file.revision };
      attempts.set(attempt, { ...files, [key.endsWith('.claim.json') ? 'claim' : 'record']: key });
    }
  }
  const first = [...reported].sort().at(-reportsBack) ?? from;
  return [...attempts.values()].filter((file) => file.date >= first);
}

/** null: it says nothing to this channel. */
async function readTelling<R extends ReportHead>(
  place: LoggingPlace<R>,
  { date, revision, record, claim }: AttemptFiles,
  route: string,
): Promise<Telling | null> {
  const heard = record === undefined ? null : await readFile(place, record, readableRecord);
  const found = heard ?? (claim === undefined ? null : await readFile(place, claim, readableClaim));
  if (found === null) {
    const level = await standingOf(place, date, revision);
    return { date, revision, timeMs: 0, isTrouble: level !== 'good', isHeard: false };
  }
  if (found.route !== route) return null;
  const told = 'accepted' in found ? found.accepted : found.recipients;
  if (told.length === 0) return null;
  const level = found.standing ?? (await standingOf(place, date, revision));
  const timeMs = Date.parse(found.time);
  return { date, revision, timeMs, isTrouble: level !== 'good', isHeard: heard !== null };
}

/** null: it cannot be read, which the log says. */
async function readFile<R extends ReportHead, T>(
  { archive, log }: LoggingPlace<R>,
  key: string,
  schema: z.ZodType<T>,
): Promise<T | null> {
  const read = await readDelivery(archive, key, schema);
  if (read.ok) return read.value;
  logUnreadable(log)({ location: archive.locate(key), words: read.words });
  return null;
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
