import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { count } from '../base/english.js';
import { terminalText } from '../base/terminal-text.js';
import { Failure } from '../errors.js';
import { writeNewFile } from '../export/new-file.js';
import type { InterchangeDay } from '../interchange/interchange-day.js';
import { complianceFindings } from '../interchange/ocsf/compliance-findings.js';
import { assessmentResults } from '../interchange/oscal/assessment-results.js';
import {
  type ArchiveReading,
  newestTimezone,
  readDaysBefore,
  readInterchangeDays,
} from '../interchange/read-interchange-days.js';
import { generationTime } from '../wiring/generation-time.js';
import { openArchivedPlan } from '../wiring/wire-archived-plan.js';
import { mustBeForInterchange, readInterchangeReport } from '../wiring/wire-interchange.js';
import { type ArchiveOptions, mustBeOutside, mustBeOver, mustBeRange } from './archive-choice.js';
import { type Output, createLog } from './output.js';

export interface ExportDocumentOptions extends ArchiveOptions {
  readonly from: string;
  readonly to: string;
  readonly out: string;
  readonly format: 'oscal' | 'ocsf';
  /** Where the assessment plan of the OSCAL document is. */
  readonly assessmentPlan?: string;
  /** Of a package alone. */
  readonly sample?: number;
  readonly seed?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly logLevel: string;
}

/** Days of a document while they are read. */
interface DayCounts {
  days: number;
  reported: number;
  incomplete: number;
  missing: number;
  unfinished: number;
  damaged: number;
  unreadable: number;
  readonly why: { readonly date: string; readonly words: string }[];
}

const shownDays = 5;

/**
 * `backup-report export --format`: the days of a range as a document for other programs. One day is in memory at a time.
 * Returns the exit code: 6 for damage, 3 for days that are missing or INCOMPLETE.
 */
export async function exportDocument(options: ExportDocumentOptions, output: Output): Promise<number> {
  const { from, to, format, assessmentPlan = null } = options;
  const out = resolve(options.out);
  mustBeDocument(out, options);
  const nowMs = generationTime(process.env, Date.now(), null);
  const place = await openArchivedPlan(options, await createLog(options.logLevel));
  const { archive, plan } = place;
  const configured = place.loaded?.configuration;
  if (configured?.plan === plan) mustBeForInterchange(configured.report);
  mustBeRange(options, place.timezone ?? 'UTC');
  await mustBeOutside(place.directory, out);
  const newest = await newestTimezone(archive, plan, { from, to });
  if (newest === null) throw nothingThere(plan, from, to);
  const timezone = place.timezone ?? newest;
  mustBeOver(to, timezone, nowMs);
  const reading: ArchiveReading = { plan, timezone, readReport: readInterchangeReport };
  const counts = newCounts();
  const days = counted(readInterchangeDays(archive, reading, { from, to }), counts);
  const pieces =
    format === 'oscal'
      ? assessmentResults(days, { plan, from, to, assessmentPlan })
      : complianceFindings(days, readDaysBefore(archive, reading, from));
  const written = await writeNewFile(out, options.overwrite === true, (target) =>
    pipeline(Readable.from(pieces), target),
  );
  const { why, ...numbers } = counts;
  const answer = { ...written, format, plan, from, to, ...numbers };
  output.answer(
    options.json === true ? JSON.stringify({ ...answer, notCovered: why }) : wordsOf(answer, why).join('\n'),
  );
  return exitCodeOf(counts);
}

async function* counted(
  days: AsyncIterable<InterchangeDay>,
  counts: DayCounts,
): AsyncGenerator<InterchangeDay> {
  for await (const day of days) {
    counts.days += 1;
    counts[day.state] += 1;
    if (day.state !== 'reported') note(counts, day.date, day.why);
    else if (day.report.status === 'INCOMPLETE') {
      counts.incomplete += 1;
      note(counts, day.date, 'The report of this day is INCOMPLETE.');
    }
    yield day;
  }
}

function note({ why }: DayCounts, date: string, words: string): void {
  if (why.length < shownDays) why.push({ date, words });
}

function newCounts(): DayCounts {
  return {
    days: 0,
    reported: 0,
    incomplete: 0,
    missing: 0,
    unfinished: 0,
    damaged: 0,
    unreadable: 0,
    why: [],
  };
}

/** As of the other commands that read a range: 6 for damage, 3 where something is missing. */
function exitCodeOf({ days, reported, incomplete, damaged }: DayCounts): number {
  if (damaged > 0) return 6;
  return reported === days && incomplete === 0 ? 0 : 3;
}

function mustBeDocument(out: string, { format, assessmentPlan, sample, seed }: ExportDocumentOptions): void {
  if (sample !== undefined || seed !== undefined) {
    throw new Failure('usage', `--sample and --seed are for a package, not for --format ${format}`, {
      hints: ['Leave them out.'],
    });
  }
  if (/\.(?:zip|tar\.gz|tgz)$/i.test(out)) {
    throw new Failure('usage', `--out ${out}: --format ${format} writes a document, no package`, {
      hints: [format === 'oscal' ? 'Name it as results.json.' : 'Name it as findings.ndjson.'],
    });
  }
  if (assessmentPlan === undefined) return;
  if (format !== 'oscal') {
    throw new Failure('usage', '--assessment-plan is for --format oscal', { hints: ['Leave it out.'] });
  }
  if (/\s/.test(assessmentPlan) || !URL.canParse(assessmentPlan, 'https://example.com/')) {
    throw new Failure('usage', `--assessment-plan ${JSON.stringify(assessmentPlan)}: this is no address`, {
      hints: ['Write a URL or a path relative to the document: ../plans/assessment-plan.json.'],
    });
  }
}

function nothingThere(plan: string, from: string, to: string): Failure {
  return new Failure('usage', `there is no report of ${plan} from ${from} to ${to}`, {
    hints: ['`backup-report status` shows which days the archive has.'],
  });
}

function wordsOf(
  {
    path,
    bytes,
    sha256,
    format,
    plan,
    from,
    to,
    ...counts
  }: { readonly [Name in 'path' | 'sha256' | 'format' | 'plan' | 'from' | 'to']: string } & {
    readonly bytes: number;
  } & Omit<DayCounts, 'why'>,
  why: DayCounts['why'],
): readonly string[] {
  const { days, reported, missing, unfinished, damaged, unreadable, incomplete } = counts;
  const others = days - reported + incomplete - why.length;
  return [
    `${plan}  ${from} to ${to}`,
    `  ${format.padEnd(9)}  ${path} (${bytes} bytes)`,
    `  sha-256    ${sha256}`,
    `  ${count(days, 'day')} = ${reported} reported + ${missing} missing + ${unfinished} unfinished + ${damaged} damaged + ${unreadable} unreadable; ${incomplete} INCOMPLETE`,
    ...why.map(({ date, words }) => `  ${date}  ${terminalText(words, Infinity)}`),
    ...(others > 0 ? [`  and ${others} more; the document names them all`] : []),
  ];
}
