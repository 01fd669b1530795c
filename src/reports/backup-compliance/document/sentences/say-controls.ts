import type { JudgedControl, JudgedControls, NotJudgedReason } from '../../model/control-reason.js';
import type { ControlResult } from '../../model/resource-compliance.js';
import type { ControlName, Verdict } from '../../model/verdict.js';
import { controlNumbers } from '../control-numbers.js';
import { type ControlWords, reasonAlone } from './control-words.js';
import { sayBackupSucceeded } from './say-backup-succeeded.js';
import { sayDuration } from './say-duration.js';
import { sayNoEarlyDeletion } from './say-no-early-deletion.js';
import { sayNoOpenIncident } from './say-no-open-incident.js';
import { sayProtectionEnabled } from './say-protection-enabled.js';
import { sayRecoveryPointAge } from './say-recovery-point-age.js';
import { sayRestoreTested } from './say-restore-tested.js';
import { sayRetention } from './say-retention.js';
import type { Speech } from './speech.js';

/** The controls of a resource as the report lists them: what was found, measured and demanded, in words. */
export function sayControls(
  controls: JudgedControls,
  speech: Speech,
): Readonly<Record<ControlName, ControlResult>> {
  return {
    'recovery-point-age': sayControl(controls['recovery-point-age'], sayRecoveryPointAge, speech),
    'backup-succeeded': sayControl(controls['backup-succeeded'], sayBackupSucceeded, speech),
    'no-open-incident': sayControl(controls['no-open-incident'], sayNoOpenIncident, speech),
    retention: sayControl(controls.retention, sayRetention, speech),
    'protection-enabled': sayControl(controls['protection-enabled'], sayProtectionEnabled, speech),
    duration: sayControl(controls.duration, sayDuration, speech),
    'no-early-deletion': sayControl(controls['no-early-deletion'], sayNoEarlyDeletion, speech),
    'restore-tested': sayControl(controls['restore-tested'], sayRestoreTested, speech),
  };
}

type AnyJudged = Parameters<typeof controlNumbers>[0] & {
  readonly verdict: Verdict;
  readonly code: string;
};

function sayControl<Own extends AnyJudged>(
  judged: Own | JudgedControl<NotJudgedReason>,
  sayOwn: (own: Own, speech: Speech) => ControlWords,
  speech: Speech,
): ControlResult {
  const words = isNotJudged(judged) ? sayNotJudged(judged, speech) : sayOwn(judged, speech);
  const { reason, measured, threshold, demandedBy } = words;
  const { measuredSeconds, thresholdSeconds } = controlNumbers(isNotJudged(judged) ? {} : judged);
  return {
    verdict: judged.verdict,
    reason,
    measured,
    threshold,
    measuredSeconds,
    thresholdSeconds,
    demandedBy,
  };
}

function isNotJudged(
  judged: AnyJudged | JudgedControl<NotJudgedReason>,
): judged is JudgedControl<NotJudgedReason> {
  return judged.code === 'not-judged.terminated' || judged.code === 'not-judged.unattributed';
}

function sayNotJudged(reason: NotJudgedReason, { language, timezone }: Speech): ControlWords {
  if (reason.code === 'not-judged.unattributed') {
    return reasonAlone(language.text('sentences.unattributed.notJudged'));
  }
  const when = language.instant(reason.terminatedMs, timezone);
  return reasonAlone(language.text('sentences.resource.terminated', { when }));
}
