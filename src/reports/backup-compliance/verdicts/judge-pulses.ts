import type { SourceReport } from '../../../model/report-head.js';
import type { DayInput } from '../../report-kind.js';
import type { DayFacts } from '../facts/gather-facts.js';
import type { DailyReport } from '../model/daily-report.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import type { Silence } from '../model/silence.js';
import type { Evaluation } from './evaluate-compliance.js';
import { findSilence, goneSources } from './find-silence.js';
import { pulsesAfter } from './pulses.js';

interface JudgedPulses {
  /** With the history of their pulses. */
  readonly sources: readonly SourceReport[];
  readonly silence: readonly Silence[];
  readonly findings: readonly JudgedFinding[];
}

/** What the day's records say about the sources themselves: one answer for every kind of source and every command. */
export function judgePulses(
  { sources, day, isDayOver, earlier }: Pick<DayInput<DailyReport, never, unknown>, PulseParts>,
  { memory }: Pick<DayFacts, 'memory'>,
  { dues, resources }: Pick<Evaluation, 'dues' | 'resources'>,
): JudgedPulses {
  const before = memory?.pulses ?? new Map<string, never>();
  const input = { sources, date: day.date, dues, before };
  const pulses = pulsesAfter(input);
  const judged = { isDayOver, expected: resources.length, earlier: earlier?.report ?? null };
  return {
    sources: sources.map((source) => {
      const pulse = source.pulse === undefined ? undefined : pulses.get(source.name);
      return pulse === undefined ? source : { ...source, pulse };
    }),
    silence: findSilence({ ...input, ...judged }),
    findings: goneSources(input),
  };
}

type PulseParts = 'sources' | 'day' | 'isDayOver' | 'earlier';
