import type { DailyReport } from '../model/daily-report.js';
import type { Framework, SupportName } from '../model/framework.js';
import type { ControlName } from '../model/verdict.js';
import type { BackupWording } from './backup-wording.js';

/** What supports a clause, with its counts of the day or of the period. */
export interface SupportRow {
  readonly framework: string;
  readonly clause: string;
  readonly by: string;
  /** One sentence: how it supports the clause. */
  readonly sentence: string;
  readonly counts: string;
  /** Where the counts can be checked. */
  readonly evidence: string;
  readonly isChecked: boolean;
}

/** Every clause with all that supports it, in the order of the report. */
export function supportRows(report: DailyReport, wording: BackupWording): readonly SupportRow[] {
  return supportRowsOf(report.frameworks ?? [], wording, {
    countsOf: (by) => countsOf(by, report, wording),
    evidenceOf: (by) => wording.text(`framework.evidence.${isControl(by) ? 'control' : by}`),
  });
}

/** What of a clause depends on what is reported: a day or a period. */
export interface SupportWords {
  readonly countsOf: (by: SupportName) => string;
  readonly evidenceOf: (by: SupportName) => string;
}

/** Every clause with all that supports it, in the order of the frameworks. */
export function supportRowsOf(
  frameworks: readonly Framework[],
  wording: Pick<BackupWording, 'text' | 'control'>,
  { countsOf: counts, evidenceOf }: SupportWords,
): readonly SupportRow[] {
  return frameworks.flatMap(({ title, clauses }) =>
    clauses.flatMap(({ clause, supports }) =>
      supports.map(({ by, checked, note }) => ({
        framework: title,
        clause,
        by: supportName(by, wording),
        sentence: note ?? wording.text(`framework.supports.${by}`),
        counts: counts(by),
        evidence: evidenceOf(by),
        isChecked: checked,
      })),
    ),
  );
}

function supportName(by: SupportName, wording: Pick<BackupWording, 'text' | 'control'>): string {
  return isControl(by) ? wording.control(by).words : wording.text(`framework.name.${by}`);
}

export function isControl(by: SupportName): by is ControlName {
  return by !== 'population' && by !== 'changes' && by !== 'archive';
}

/** Of a control, met of those that it applies to; what is unknown is not met. */
function countsOf(by: SupportName, report: DailyReport, { text }: Pick<BackupWording, 'text'>): string {
  if (by === 'archive') return text('framework.counts.archive');
  if (by === 'changes') return text('framework.counts.changes', { number: report.changes.length });
  if (by === 'population') {
    const { expected, excluded } = report.totals;
    return text('framework.counts.population', {
      judged: expected,
      excluded,
      unlisted: report.notInInventory.length,
    });
  }
  const byVerdict = report.controls.find(({ control }) => control === by)?.byVerdict;
  const { COMPLIANT: met = 0, NON_COMPLIANT: notMet = 0, UNKNOWN: unknown = 0 } = byVerdict ?? {};
  const applicable = met + notMet + unknown;
  return applicable === 0
    ? text('framework.counts.none')
    : text('framework.counts.control', { met, applicable, notMet, unknown });
}
