import type { JudgedControl, JudgedControls, NotJudgedReason } from '../model/control-reason.js';
import { type ControlName, type Outcome, type Verdict, controlNames } from '../model/verdict.js';
import type { ControlInput } from './control-input.js';
import { backupSucceeded } from './controls/backup-succeeded.js';
import { duration } from './controls/duration.js';
import { noEarlyDeletion } from './controls/no-early-deletion.js';
import { noOpenIncident } from './controls/no-open-incident.js';
import { protectionEnabled } from './controls/protection-enabled.js';
import { recoveryPointAge } from './controls/recovery-point-age.js';
import { restoreTested } from './controls/restore-tested.js';
import { retention } from './controls/retention.js';
import { newSince } from './without-point.js';

/** Judges one resource by each control of design section 4. */
export function evaluateControls(input: ControlInput): JudgedControls {
  const controls: JudgedControls = {
    'recovery-point-age': recoveryPointAge(input),
    'backup-succeeded': backupSucceeded(input),
    'no-open-incident': noOpenIncident(input),
    retention: retention(input),
    'protection-enabled': protectionEnabled(input),
    duration: duration(input),
    'no-early-deletion': noEarlyDeletion(input),
    'restore-tested': restoreTested(input),
  };
  const createdMs = newSince(input, controls);
  return createdMs === null ? controls : { ...controls, 'recovery-point-age': ageOfNew(input, createdMs) };
}

function ageOfNew(
  { demand, mayBeYounger }: ControlInput,
  createdMs: number,
): JudgedControls['recovery-point-age'] {
  const { policy, maxAgeMs: limitMs } = demand;
  const created = { createdMs, mayBeYounger };
  return { verdict: 'NOT_APPLICABLE', code: 'recovery-point.resource-is-new', ...created, limitMs, policy };
}

/** For a resource that was terminated before anything was attempted. Its backups must be kept all the same. */
export function terminatedControls(input: ControlInput, terminatedMs: number): JudgedControls {
  return {
    ...allControls({ verdict: 'NOT_APPLICABLE', code: 'not-judged.terminated', terminatedMs }),
    'no-early-deletion': noEarlyDeletion(input),
  };
}

/** A backup that cannot be attributed proves nothing about any resource: never green. */
export function unattributedControls(outcome: Outcome): JudgedControls {
  return {
    ...allControls({ verdict: 'NOT_APPLICABLE', code: 'not-judged.unattributed' }),
    'backup-succeeded':
      outcome === 'FAILED'
        ? { verdict: 'NON_COMPLIANT', code: 'unattributed.failed' }
        : { verdict: 'UNKNOWN', code: 'unattributed.made' },
  };
}

function allControls(judged: JudgedControl<NotJudgedReason>): JudgedControls {
  return {
    'recovery-point-age': judged,
    'backup-succeeded': judged,
    'no-open-incident': judged,
    retention: judged,
    'protection-enabled': judged,
    duration: judged,
    'no-early-deletion': judged,
    'restore-tested': judged,
  };
}

/**
 * NON_COMPLIANT if any control is; UNKNOWN if none is and one is unknown. COMPLIANT only by a recovery point: what is too new
 * for one, or was terminated, is NOT_APPLICABLE whatever other controls are.
 */
export function overallVerdict(
  controls: Readonly<Record<ControlName, { readonly verdict: Verdict }>>,
): Verdict {
  let overall = controls['recovery-point-age'].verdict;
  for (const name of controlNames) {
    const { verdict } = controls[name];
    if (verdict === 'NON_COMPLIANT') return verdict;
    if (verdict === 'UNKNOWN') overall = verdict;
  }
  return overall;
}
