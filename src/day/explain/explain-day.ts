import { Failure } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Disposition } from '../../model/control-totals.js';
import type { ReportHead } from '../../model/report-head.js';
import type { Archive } from '../../ports/archive.js';
import { parseJson } from '../../records/json.js';
import type { ExplainedRecord, ExplainedSubject, NearSubject } from '../../reports/explanation.js';
import type { ReportKind } from '../../reports/report-kind.js';
import { readChecked, readCheckedRevision } from '../delivery/read-checked.js';
import { takeItems } from '../evidence/take-items.js';
import { unzipLines } from '../revisions/unzip-lines.js';

/** One line of the evidence that the report of the subject rests on. */
export interface ExplainedEvidence extends ExplainedRecord {
  /** Its number in the evidence. */
  readonly record: number;
  readonly source: string;
  /** Where the source found it: `events/a.ndjson:17`. */
  readonly place: string;
}

/** Why an archived report says of a subject what it says, from its verdict back to the records. */
export interface DayExplanation {
  readonly revision: number;
  readonly status: ReportHead['status'];
  readonly statusReasons: readonly string[];
  readonly subject: ExplainedSubject;
  readonly records: readonly ExplainedEvidence[];
  /** Records of the day that could not be read: any of them may be about the subject. */
  readonly rejected: number;
}

/** A line of events.ndjson.gz, or the later correction of one. */
interface EvidenceLine {
  readonly record: number;
  readonly source?: string;
  readonly place?: string;
  readonly disposition: Disposition;
  readonly content?: unknown;
}

/**
 * Explains one subject of an archived day. Reads the archive alone.
 *
 * @throws Failure('usage') for a day without a report and for a subject that it does not judge; Failure('storage') for
 *   artefacts that do not match their manifest
 */
export async function explainDay<R extends ReportHead>(
  archive: Archive,
  plan: { readonly name: string; readonly kind: ReportKind<R> },
  date: string,
  query: string,
): Promise<DayExplanation> {
  const { kind, name } = plan;
  const found = await readCheckedRevision(archive, plan, date);
  if (found === null) {
    throw new Failure('usage', `the archive of the plan ${name} has no report of ${date}`, {
      hints: [`Make it: backup-report run --date ${date}`],
    });
  }
  const { report } = found;
  const lines = unzipLines(await readChecked(archive, found, kind.linesFile));
  const lookup = await kind.explainSubject(report, query, lines);
  if (!lookup.found) throw notJudged(query, date, lookup.near);
  const evidence = unzipLines(await readChecked(archive, found, artefactNames.evidence));
  const records = await recordsOf(evidence, kind, lookup.subject);
  const { status, statusReasons, controlTotals } = report;
  return {
    revision: found.revision,
    status,
    statusReasons,
    subject: lookup.subject,
    records,
    rejected: controlTotals.rejected,
  };
}

async function recordsOf(
  lines: AsyncIterable<string>,
  kind: Pick<ReportKind, 'openExplanation'>,
  subject: ExplainedSubject,
): Promise<ExplainedEvidence[]> {
  // The dispositions were decided when the day was read; here only what each record says is of interest.
  const explain = kind.openExplanation({ fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY });
  const records = new Map<number, ExplainedEvidence>();
  for await (const line of lines) {
    const { record, source, place, disposition, content } = parseJson(line) as EvidenceLine;
    const known = records.get(record);
    if (known !== undefined) records.set(record, { ...known, disposition });
    if (source === undefined || place === undefined || content === undefined) continue;
    const taken = takeItems({ value: content, isText: false, isWhole: false }, (value) =>
      explain.take(value, record),
    );
    const item = taken.ok ? taken.items[0] : undefined;
    if (item !== undefined && subject.rests(item)) {
      records.set(record, { record, source, place, ...item, disposition });
    }
  }
  return [...records.values()];
}

function notJudged(query: string, date: string, near: readonly NearSubject[]): Failure {
  const hints =
    near.length === 0
      ? ['Give its OCID or its name as the report has it.']
      : near.map(({ id, name, notJudged: reason }) =>
          reason === null
            ? `Do you mean ${name} (${id})?`
            : `${name} (${id}) is listed and not judged: ${reason}`,
        );
  return new Failure('usage', `the report of ${date} judges no single resource ${JSON.stringify(query)}`, {
    hints,
  });
}
