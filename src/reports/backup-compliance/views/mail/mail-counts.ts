import type { DailyReport } from '../../model/daily-report.js';
import { isException, isWaivedBad, type Outcome } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';

/** The outcomes that are told by their own name, worst first. */
const namedOutcomes: readonly Outcome[] = ['FAILED', 'MISSED', 'UNKNOWN', 'LATE'];

/** The name of a message `mail.counted.<name>`, and the number in it. */
export type Count = readonly [name: string, number: number];

/** Each resource in one count: what needs attention, what is accepted for now, and the rest. */
export interface StandingCounts {
  /** Somebody has to act. */
  readonly exceptions: number;
  /** Of the exceptions, by what happened to their backups: `3 failed`, `1 missed`, `1 other exception`. */
  readonly byOutcome: readonly Count[];
  /** Of the exceptions, by their verdict: `2 non-compliant`, `1 unknown`. */
  readonly byVerdict: readonly Count[];
  /** Bad too, but waived: counted nowhere else. */
  readonly waived: number;
}

export function standingCounts({ resources }: Pick<DailyReport, 'resources'>): StandingCounts {
  const exceptions = resources.filter(isException);
  const byOutcome = namedOutcomes.map((outcome): Count => [
    outcome,
    exceptions.filter((each) => each.outcome === outcome).length,
  ]);
  let named = 0;
  for (const [, number] of byOutcome) named += number;
  const unknown = exceptions.filter(({ compliance }) => compliance === 'UNKNOWN').length;
  const byVerdict: readonly Count[] = [
    ['nonCompliant', exceptions.length - unknown],
    ['unknown', unknown],
  ];
  return {
    exceptions: exceptions.length,
    byOutcome: named === 0 ? [] : [...byOutcome, ['other', exceptions.length - named]],
    byVerdict,
    waived: resources.filter(isWaivedBad).length,
  };
}

/** `3 failed`, `1 missed`: only counts above zero. */
export function counted({ text }: BackupWording, counts: readonly Count[]): readonly string[] {
  return counts
    .filter(([, number]) => number > 0)
    .map(([name, number]) => text(`mail.counted.${name}`, { number }));
}
