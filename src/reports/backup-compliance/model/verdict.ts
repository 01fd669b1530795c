/** The outcome of a resource's backups on the day, worst first. */
export const outcomes = [
  'FAILED',
  'MISSED',
  'UNKNOWN',
  'LATE',
  'IN_PROGRESS',
  'RECOVERED',
  'SUCCEEDED_WITH_WARNINGS',
  'SUCCEEDED',
  'NOT_DUE',
] as const;

export type Outcome = (typeof outcomes)[number];

/** Verdicts of controls and of resources, worst first. */
export const verdicts = ['NON_COMPLIANT', 'UNKNOWN', 'COMPLIANT', 'NOT_APPLICABLE'] as const;

export type Verdict = (typeof verdicts)[number];

/** Each control is one check with its own verdict. */
export const controlNames = [
  'recovery-point-age',
  'backup-succeeded',
  'no-open-incident',
  'retention',
  'protection-enabled',
  'duration',
  'no-early-deletion',
  'restore-tested',
] as const;

export type ControlName = (typeof controlNames)[number];

/** Non-compliant or unknown: unknown is not good. */
export function isBad(verdict: Verdict): boolean {
  return verdict === 'NON_COMPLIANT' || verdict === 'UNKNOWN';
}

/** What a person looks at first: a resource's verdict, and whether a waiver holds for it. */
interface Waivable {
  readonly compliance: Verdict;
  readonly waiver: object | null;
}

/** Bad without a waiver: somebody has to act. */
export function isException({ compliance, waiver }: Waivable): boolean {
  return isBad(compliance) && waiver === null;
}

/** Bad with a waiver: somebody has accepted it. */
export function isWaivedBad<T extends Waivable>(
  resource: T,
): resource is T & { readonly waiver: NonNullable<T['waiver']> } {
  return isBad(resource.compliance) && resource.waiver !== null;
}

/** 0 is the worst. All that are not bad share one rank, judged or not. */
export function verdictRank(verdict: Verdict): number {
  return isBad(verdict) ? verdicts.indexOf(verdict) : verdicts.indexOf('COMPLIANT');
}

/** 0 is the worst. */
export function outcomeRank(outcome: Outcome): number {
  return outcomes.indexOf(outcome);
}

/** Outcomes that by themselves are what has to be looked at. */
const actionable: ReadonlySet<Outcome> = new Set(['FAILED', 'MISSED', 'UNKNOWN', 'LATE']);

/** Whether the outcome says what is wrong; otherwise a control does. */
export function isActionable(outcome: Outcome): boolean {
  return actionable.has(outcome);
}
