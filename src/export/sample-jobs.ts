import { sha256Hex } from '../base/digest.js';
import { compareText } from '../base/text-order.js';
import { unzipLines } from '../day/revisions/unzip-lines.js';

/** Where a file of lines is in the package. */
export interface LinesPlace {
  readonly date: string;
  /** From the folder of the package. */
  readonly path: string;
}

/** Takes the gzipped file of lines of a day. Days come in their order. */
export type TakeLines = (place: LinesPlace, compressed: Uint8Array) => Promise<void>;

export interface SampleRequest {
  /** How many are drawn; fewer where there are fewer. */
  readonly size: number;
  /** Any text without `|` and quotes; a number, as a rule. */
  readonly seed: string;
}

/** A job that was drawn. */
export interface DrawnJob extends LinesPlace {
  /** sha-256 hex of `SEED|DATE|JOBID`. */
  readonly sha256: string;
  /** Of its line in the file, from 1. */
  readonly line: number;
  readonly job: Readonly<Record<string, unknown>>;
}

export interface DrawnSample extends SampleRequest {
  /** How many lines there are. */
  readonly population: number;
  readonly files: readonly LinesPlace[];
  /** The smallest sha-256 first. */
  readonly jobs: readonly DrawnJob[];
}

/**
 * Draws jobs that anybody can draw again: those with the smallest sha-256 of seed, date and id. Memory grows with the size
 * of the sample alone.
 */
export function createSampling({ size, seed }: SampleRequest): {
  readonly take: TakeLines;
  readonly drawn: () => DrawnSample;
} {
  const files: LinesPlace[] = [];
  let jobs: DrawnJob[] = [];
  let population = 0;
  return {
    async take(place, compressed) {
      files.push(place);
      let line = 0;
      for await (const text of unzipLines(compressed)) {
        line += 1;
        const job = JSON.parse(text) as Readonly<Record<string, unknown>>;
        if (typeof job['jobId'] !== 'string') continue;
        population += 1;
        const sha256 = sha256Hex(`${seed}|${place.date}|${asWritten(job['jobId'])}`);
        if (jobs.length === size && sha256 >= (jobs.at(-1)?.sha256 ?? '')) continue;
        jobs = [...jobs, { ...place, sha256, line, job }].sort(compareDrawn).slice(0, size);
      }
    },
    drawn: () => ({ size, seed, population, files, jobs }),
  };
}

/** As it stands in the file between its quotes, so that a command without JSON finds the same. */
function asWritten(id: string): string {
  return JSON.stringify(id).slice(1, -1);
}

function compareDrawn(a: DrawnJob, b: DrawnJob): number {
  return compareText(a.sha256, b.sha256) || compareText(a.date, b.date) || a.line - b.line;
}

const fields = [
  'jobId',
  'family',
  'kind',
  'status',
  'resourceName',
  'resourceId',
  'resourceType',
  'backupType',
  'startTime',
  'endTime',
  'statusMessage',
  'beginEventId',
  'endEventId',
] as const;

/** The sample as a table for a spreadsheet (RFC 4180). Each row says where its evidence is. */
export function sampleTable({ jobs }: DrawnSample): string {
  const head = ['number', 'sha256', 'date', ...fields, 'file', 'line', 'evidence', 'page'];
  const rows = jobs.map(({ sha256, date, job, path, line }, index) => [
    String(index + 1),
    sha256,
    date,
    ...fields.map((field) => textOf(job[field])),
    path,
    String(line),
    beside(path, 'events.ndjson.gz'),
    beside(path, 'report.html'),
  ]);
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Each day and its file of lines, for whoever draws again. */
export function sampleFiles({ files }: DrawnSample): string {
  return files.map(({ date, path }) => `${date} ${path}\n`).join('');
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function beside(path: string, name: string): string {
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${name}`;
}

/** A name that begins like a formula stays text in a spreadsheet. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
