import { createHash } from 'node:crypto';
import { toIso } from '../../src/base/instants.js';
import type { ReportHead } from '../../src/model/report-head.js';
import type { ExplainedRecord } from '../../src/reports/explanation.js';
import type { ArchivedPart, DayRecollection, ReportKind } from '../../src/reports/report-kind.js';

/** A report that counts the lines of a day: the smallest kind there is, and nothing about backups. */
export interface LineCount extends ReportHead {
  readonly kind: 'line-count';
  readonly totals: { readonly lines: number; readonly linesBefore: number | null };
  readonly longest: string;
}

export interface LineMemory extends DayRecollection {
  readonly lines: number;
}

interface Line {
  readonly text: string;
  readonly number: number;
}

/** Records are `{ text, time }`; a text that stands twice is a duplicate. Lines over 10 characters go to `long@example.com`. */
export const lineCountKind: ReportKind<LineCount, LineMemory, readonly Line[]> = {
  name: 'line-count',
  linesFile: 'lines.ndjson.gz',
  lookbackDays: 2,

  openReading({ fromMs, toMs }) {
    const lines = new Map<string, Line>();
    const reading: ReturnType<typeof lineCountKind.openReading> = {
      takeMissing(value, firstNumber) {
        return lines.has((value as Line).text) ? [] : reading.take(value, firstNumber);
      },
      holds: (value) => lines.has((value as Line).text),
      takeItem: (value, number) => reading.take(value, number)[0] ?? null,
      take(value, firstNumber) {
        const { text, time } = value as { readonly text?: unknown; readonly time?: unknown };
        const evidence = { asRead: true } as const;
        const dispose = (disposition: 'used' | 'duplicate' | 'outside') =>
          [{ disposition, reason: null, evidence, corrects: null }] as const;
        if (typeof text !== 'string' || typeof time !== 'string') {
          return [{ disposition: 'rejected', reason: 'it is no line', evidence, corrects: null }];
        }
        const timeMs = Date.parse(time);
        if (timeMs < fromMs || timeMs >= toMs) return dispose('outside');
        if (lines.has(text)) return dispose('duplicate');
        lines.set(text, { text, number: firstNumber });
        return dispose('used');
      },
      finish: () => ({ duplicates: [], facts: [...lines.values()] }),
    };
    return reading;
  },

  memory: {
    read(bytes) {
      const report = lineCountKind.readReport(bytes);
      if (report === null) return { ok: false, fault: 'it counts no lines' };
      const { date, start, cutOff } = report.reportDay;
      const times = { knownSinceMs: Date.parse(start), resumeMs: Date.parse(cutOff) };
      return { ok: true, memory: { date, ...times, lines: report.totals.lines } };
    },
  },

  async conclude({ plan, day, generatedAtMs, facts, sources, rejected, recalled, isDayOver }) {
    const statusReasons = [
      ...sources.flatMap(({ reasons }) => reasons),
      ...recalled.faults,
      ...(isDayOver ? [] : ['the day is not over']),
    ];
    const report: LineCount = {
      schemaVersion: 1,
      kind: 'line-count',
      plan: plan.name,
      reportDay: {
        date: day.date,
        timezone: day.timezone,
        start: toIso(day.startMs),
        cutOff: toIso(day.cutOffMs),
        hours: (day.cutOffMs - day.startMs) / 3_600_000,
      },
      status: statusReasons.length === 0 ? 'COMPLETE' : 'INCOMPLETE',
      statusReasons,
      generatedAt: toIso(generatedAtMs),
      tool: plan.tool,
      language: plan.language.tag,
      sources,
      controlTotals: sources[0]?.controlTotals ?? noRecords,
      rejectedRecords: rejected,
      findings: recalled.findings,
      totals: { lines: facts.length, linesBefore: recalled.memory?.lines ?? null },
      longest: facts.reduce((longest, { text }) => (text.length > longest.length ? text : longest), ''),
    };
    return {
      report,
      inventoryDigest: sha256Of(''),
      lines: facts,
      parts: () => partsOf(report).map((part) => ({ ...part, lines: facts })),
    };
  },

  async contentDigest({ plan, reportDay, status, totals }, lines) {
    const texts: unknown[] = [];
    for await (const line of lines) texts.push(line);
    return sha256Of(JSON.stringify([plan, reportDay.date, status, totals.lines, texts]));
  },
  contentDigestVersion: 1,

  changesSince(before, report) {
    const earlier = lineCountKind.readReport(before);
    if (earlier === null) return null;
    const words = `${earlier.totals.lines} → ${report.totals.lines}`;
    return [{ kind: 'other', subject: 'lines', words }];
  },

  readReport(bytes) {
    const report = JSON.parse(Buffer.from(bytes).toString('utf8')) as LineCount;
    return report.kind === 'line-count' ? report : null;
  },

  async partsOf(report, lines) {
    for await (const line of lines()) JSON.parse(line);
    return partsOf(report);
  },

  standingOf: ({ status, totals }) => ({
    level: status === 'COMPLETE' ? 'good' : 'warning',
    verdict: `${totals.lines} LINES`,
    totals,
  }),
  expectsRecords: () => true,
  diagnoseEventTypes: () => ({ state: 'ok', words: 'any line will do', advice: null }),
  openExplanation: () => ({
    take(value) {
      const { text, time } = value as { readonly text: string; readonly time: string };
      const subject = { id: text, name: text };
      return [
        {
          disposition: 'used',
          reason: null,
          eventType: null,
          time,
          eventId: null,
          subject,
          became: 'a line',
        },
      ];
    },
    finish: () => [],
  }),
  async explainSubject(report, query, lines) {
    for await (const line of lines) {
      const { text, number } = JSON.parse(line) as Line;
      if (text !== query) continue;
      const words = `line ${number} of ${report.totals.lines}`;
      const rests = ({ subject }: ExplainedRecord): boolean => subject?.id === text;
      return { found: true, subject: { id: text, name: text, lines: [words], answer: { words }, rests } };
    }
    return { found: false, near: [] };
  },
  verdictLineOf: ({ totals }) => `${totals.lines} lines`,
  summaryOf: ({ totals }) => [`${totals.lines} lines`],
  answerOf: ({ totals }) => totals,
  hasFailing: () => false,
};

const noRecords = { read: 0, used: 0, duplicate: 0, outside: 0, ignored: 0, rejected: 0 };

function partsOf(report: LineCount): readonly ArchivedPart<LineCount>[] {
  if (report.longest.length <= 10) return [];
  return [{ name: 'Long lines', slug: 'long-lines', to: ['long@example.com'], report }];
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
