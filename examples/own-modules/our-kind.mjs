// A kind of report of a company's own: which nightly jobs ran, by records as `{ "job": "…", "time": "…", "ok": true }`. How a plan
// names it: our-kind.yaml beside it. What a kind must do: docs/own-modules.md.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dayHead, defineKind, unreadReasons } from 'oci-backup-reporter';
import { z } from 'zod';

const name = 'nightly-jobs';

/** @typedef {{ job: string, time: string, ok: boolean }} JobRun */
/** @typedef {import('oci-backup-reporter').ReportHead & { kind: string, totals: { runs: number, failed: number }, failed: string[] }} JobReport */
/** @typedef {import('oci-backup-reporter').DayInput<JobReport, never, JobRun[]>} JobDay */

/**
 * A record as this kind understands it; null: it is none.
 *
 * @param {unknown} value @returns {JobRun | null}
 */
function runOf(value) {
  const { job, time, ok } = Object(value);
  const isRun = typeof job === 'string' && typeof ok === 'boolean' && typeof time === 'string';
  return isRun && !Number.isNaN(Date.parse(time)) ? { job, time, ok } : null;
}

/** @param {Partial<JobRun>} run */
const keyOf = (run) => JSON.stringify([run.job, run.time, run.ok]);

/**
 * Counts each record once, and says of every other one what became of it.
 *
 * @param {import('oci-backup-reporter').TimeWindow} window
 * @returns {import('oci-backup-reporter').RecordReading<never, JobRun[]>}
 */
function openReading({ fromMs, toMs }) {
  /** @type {Map<string, JobRun>} */
  const runs = new Map();
  const evidence = /** @type {const} */ ({ asRead: true });
  /**
   * @param {'used' | 'duplicate' | 'outside' | 'rejected'} disposition
   * @param {string | null} reason
   */
  const said = (disposition, reason = null) => [{ disposition, reason, evidence, corrects: null }];
  /** @type {import('oci-backup-reporter').RecordReading<never, JobRun[]>} */
  const reading = {
    take(value) {
      const run = runOf(value);
      if (run === null) return said('rejected', 'it is no run of a job');
      const timeMs = Date.parse(run.time);
      if (timeMs < fromMs || timeMs >= toMs) return said('outside');
      if (runs.has(keyOf(run))) return said('duplicate');
      runs.set(keyOf(run), run);
      return said('used');
    },
    takeItem: (value, number) => reading.take(value, number)[0] ?? null,
    takeMissing: (value, number) => (reading.holds(value) ? [] : reading.take(value, number)),
    holds: (value) => runs.has(keyOf(runOf(value) ?? {})),
    finish: () => ({
      duplicates: [],
      // In an order of their own: the same day says the same, however its records came.
      facts: [...runs.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    }),
  };
  return reading;
}

/**
 * Nothing ran is not the same as everything ran well.
 *
 * @param {JobDay} day
 * @param {JobRun[]} runs
 */
function reasonsOf({ plan, sources, recalled, isDayOver }, runs) {
  const { language, tolerateRejected } = plan;
  const day = { sources, memoryFaults: recalled.faults, tolerateRejected, isDayOver };
  const reasons = unreadReasons(day, language);
  return reasons.length === 0 && runs.length === 0 ? ['no job told that it ran'] : reasons;
}

/** @param {JobDay} input */
async function conclude(input) {
  const { facts: runs, recalled } = input;
  const statusReasons = reasonsOf(input, runs);
  const findings = recalled.findings;
  const failed = runs.filter(({ ok }) => !ok).map(({ job }) => job);
  const totals = { runs: runs.length, failed: failed.length };
  const report = { ...dayHead(input, { kind: name, statusReasons, findings }), totals, failed };
  const inventoryDigest = createHash('sha256').update('').digest('hex');
  return { report, inventoryDigest, lines: runs, parts: () => [] };
}

/**
 * sha-256 of what the report says.
 *
 * @param {JobReport} report
 * @param {Iterable<object> | AsyncIterable<object>} lines
 */
async function contentDigest({ plan, reportDay, status, totals }, lines) {
  const hash = createHash('sha256').update(JSON.stringify([plan, reportDay.date, status, totals]));
  for await (const line of lines) hash.update(JSON.stringify(line));
  return hash.digest('hex');
}

/** @param {Uint8Array} bytes @returns {JobReport | null} */
function readReport(bytes) {
  const report = JSON.parse(Buffer.from(bytes).toString('utf8'));
  return report.kind === name ? report : null;
}

/** @param {JobReport} report @returns {import('oci-backup-reporter').ReportStanding} */
function standingOf({ status, totals }) {
  if (totals.failed > 0) return { level: 'bad', verdict: 'FAILED', totals };
  return status === 'COMPLETE'
    ? { level: 'good', verdict: 'ALL RAN', totals }
    : { level: 'warning', verdict: 'INCOMPLETE', totals };
}

/** @param {JobReport} report */
const lineOf = ({ totals }) => `${totals.runs} runs, ${totals.failed} failed`;
/** @param {JobReport} report */
const summaryOf = (report) => [
  `${report.plan} ${report.reportDay.date}: ${report.status}, ${lineOf(report)}`,
  ...report.statusReasons.map((reason) => `INCOMPLETE: ${reason}`),
  ...report.failed.map((job) => `failed: ${job}`),
];

/**
 * What each record became, for `explain`.
 *
 * @param {import('oci-backup-reporter').TimeWindow} window
 * @returns {import('oci-backup-reporter').RecordExplanation}
 */
function openExplanation(window) {
  const reading = openReading(window);
  return {
    take: (value, number) =>
      reading.take(value, number).map(({ disposition, reason }) => {
        const run = runOf(value);
        const subject = run && { id: run.job, name: run.job };
        const became = run && (run.ok ? 'a run' : 'a run that failed');
        return {
          disposition,
          reason,
          eventType: null,
          time: run?.time ?? null,
          eventId: null,
          subject,
          became,
        };
      }),
    finish: () => [],
  };
}

/**
 * @param {JobReport} _report
 * @param {string} query
 * @param {AsyncIterable<string>} lines
 * @returns {Promise<import('oci-backup-reporter').SubjectLookup>}
 */
async function explainSubject(_report, query, lines) {
  /** @type {JobRun[]} */
  const found = [];
  for await (const line of lines) found.push(JSON.parse(line));
  const own = found.filter(({ job }) => job === query);
  if (own.length === 0) return { found: false, near: [] };
  return {
    found: true,
    subject: {
      id: query,
      name: query,
      lines: own.map(({ time, ok }) => `${time}  ${ok ? 'ran' : 'failed'}`),
      answer: { runs: own },
      rests: ({ subject }) => subject?.id === query,
    },
  };
}

/** @type {import('oci-backup-reporter').ReportKind<JobReport, never, JobRun[]>} */
const reports = {
  name,
  linesFile: 'lines.ndjson.gz',
  lookbackDays: 0,
  openReading,
  memory: null,
  conclude,
  contentDigest,
  contentDigestVersion: 1,
  changesSince: (before, report) => {
    const earlier = readReport(before);
    if (earlier === null) return null;
    return [{ kind: 'other', subject: 'jobs', words: `${lineOf(earlier)} → ${lineOf(report)}` }];
  },
  readReport,
  partsOf: async () => [],
  standingOf,
  expectsRecords: () => true,
  diagnoseEventTypes: () => ({ state: 'ok', words: 'records have no type', advice: null }),
  openExplanation,
  explainSubject,
  verdictLineOf: lineOf,
  summaryOf,
  answerOf: ({ totals, failed }) => ({ totals, failed }),
  hasFailing: ({ totals }) => totals.failed > 0,
};

/** Text from records stays text. @param {string} text */
const escaped = (text) => text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);

/** @param {JobReport} report */
const pageOf = (report) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(report.plan)}</title>` +
  `<body>${summaryOf(report)
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')}</body></html>\n`;

/** @type {import('oci-backup-reporter').Renderer<JobReport>} */
const page = {
  name: 'report.html',
  mediaType: 'text/html; charset=utf-8',
  render: async ({ report }, path) => writeFile(path, pageOf(report)),
};

/** @type {import('oci-backup-reporter').MailRenderer<JobReport>} */
const mailRenderer = {
  async renderMail({ report, location }) {
    const subject = summaryOf(report)[0] ?? name;
    const text = [...summaryOf(report), '', `The report: ${location}`, ''].join('\n');
    return { subject, html: pageOf(report), text, inline: [] };
  },
};

const renderersOf = () => ({ renderers: [page], mailRenderer });

export const kind = defineKind({
  keys: { name, fields: { owner: z.string().optional() }, besideReports: ['owner'], matching: [] },
  archived: reports,
  templates: null,
  wire: async () => ({ kind: reports, ports: renderersOf(), madeBy: [] }),
  replay: async () => ({ kind: reports, ports: renderersOf() }),
  renderersOf,
  indexedReportOf: (report) => {
    const { level, verdict } = standingOf(report);
    return { day: { level, verdict, counts: null, percent: null }, subjects: [] };
  },
  indexedOutcomes: () => [],
  definitionsOf: () => [],
  openExplanation,
  doctor: { diagnoseEventTypes: reports.diagnoseEventTypes },
  hasSamples: false,
});
