import { parseInstant } from '../../../base/instants.js';
import type { KindMemory } from '../../report-kind.js';
import { carriedFile, readCarriedLines } from '../memory/carried-lines.js';
import type { TenancyMemory } from '../model/tenancy-memory.js';
import type { TenancyReport } from '../model/tenancy-report.js';
import { readTenancyReport } from './read-report.js';

/** Reads what an archived report passes on to the next day. */
export const carriedMemory: KindMemory<TenancyMemory> = {
  linesFile: carriedFile,
  async read(bytes, { plan, date, lines }, language) {
    const report = readTenancyReport(bytes);
    if (report === null) return { ok: false, fault: language.text('tenancy.memory.otherKind') };
    if (report.plan !== plan || report.reportDay.date !== date) {
      const other = { plan: report.plan, date: language.date(report.reportDay.date) };
      return { ok: false, fault: language.text('sentences.memory.ofAnother', other) };
    }
    if (lines === null) {
      return { ok: false, fault: language.text('tenancy.memory.noLines', { file: carriedFile }) };
    }
    try {
      return { ok: true, memory: { ...timesOf(report), ...(await readCarriedLines(lines)) } };
    } catch (error) {
      const values = { file: carriedFile, why: String(error) };
      return { ok: false, fault: language.text('sentences.memory.linesUnreadable', values) };
    }
  },
};

function timesOf(report: TenancyReport): Omit<TenancyMemory, 'principals' | 'running' | 'sources'> {
  const { reportDay, knownSince, principalsKnownSince } = report;
  const cutOffMs = instant(reportDay.cutOff);
  return {
    date: reportDay.date,
    timezone: reportDay.timezone,
    cutOffMs,
    knownSinceMs: instant(knownSince),
    resumeMs: resumeMs(report, cutOffMs),
    principalsKnownSince,
  };
}

/** What a source could not read, or what happened after the report was made, is read again by the next report. */
function resumeMs({ sources, generatedAt, reportDay }: TenancyReport, cutOffMs: number): number {
  const unread = sources.filter(({ complete }) => !complete).map(({ windowStart }) => instant(windowStart));
  const wasOver = instant(generatedAt) >= cutOffMs;
  return Math.min(cutOffMs, ...unread, ...(wasOver ? [] : [instant(reportDay.start)]));
}

/** @throws for what is no instant: the schema that wrote it has none */
function instant(text: string): number {
  const ms = parseInstant(text);
  if (ms === undefined) throw new TypeError(`${text} is no instant`);
  return ms;
}
