import type { Tone } from '../../../../renderers/view/wording.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { controlNames } from '../../model/verdict.js';
import { placeWords } from '../place-words.js';
import { isSuccessGone } from '../success-gone.js';
import { sinceWords } from './mail-standing.js';
import type { MailWording } from './mail-wording.js';

/** Enough for a rule that is to be copied, with two OCIDs. */
const findingChars = 600;
const shownFindings = 2;

/** A resource that somebody has to look at, with the reasons. */
export interface MailException {
  readonly name: string;
  /** Type and compartment. */
  readonly kind: string;
  readonly outcome: string;
  /** null if it is the same word as the outcome. */
  readonly verdict: string | null;
  /** `since 2026-11-17, 3 bad days in a row` */
  readonly since: string;
  readonly severity: string;
  readonly tone: Tone;
  readonly why: readonly string[];
  /** What else a person should know, and what to do: another resource of the same name, a backup that ended later. */
  readonly findings: readonly string[];
  readonly lastSuccess: string;
  readonly lastFailure: string | null;
  readonly attempts: string;
  readonly owner: string;
}

export function mailException(resource: ResourceCompliance, context: MailWording): MailException {
  const { wording, texts } = context;
  const { owner } = resource;
  const outcome = wording.outcome(resource.outcome);
  const verdict = wording.verdict(resource.compliance);
  return {
    name: texts.name(resource.resourceName),
    kind: placeWords(resource, texts.name),
    outcome: outcome.words,
    verdict: verdict.words === outcome.words ? null : verdict.words,
    since: sinceWords(resource, context),
    severity: wording.severity(resource.severity).words,
    tone: outcome.tone === 'good' ? verdict.tone : outcome.tone,
    why: failedControls(resource, context),
    findings: resource.findings.slice(0, shownFindings).map((words) => texts.short(words, findingChars)),
    lastSuccess: lastSuccessWords(resource, context),
    lastFailure: lastFailureWords(resource, context),
    attempts: wording.language.integer(resource.attempts),
    owner: owner === null ? wording.text('mail.exception.noOwner') : texts.name(owner),
  };
}

/** The controls that it fails, then the unknown ones. */
function failedControls(
  { controls }: ResourceCompliance,
  { wording, texts }: MailWording,
): readonly string[] {
  const reasons = (['NON_COMPLIANT', 'UNKNOWN'] as const).flatMap((verdict) =>
    controlNames
      .filter((control) => controls[control].verdict === verdict)
      .map((control) => `${wording.control(control).words}: ${texts.sentence(controls[control].reason)}`),
  );
  return reasons.length === 0 ? [wording.text('mail.exception.noControl')] : reasons;
}

function lastSuccessWords(resource: ResourceCompliance, { wording, texts }: MailWording): string {
  const { lastSuccessTime, recoveryPointAgeSeconds } = resource;
  if (lastSuccessTime === null) return wording.text('mail.exception.noSuccess');
  const time = texts.time(lastSuccessTime);
  const isGone = isSuccessGone(resource);
  if (recoveryPointAgeSeconds === null) return isGone ? wording.text('mail.exception.gone', { time }) : time;
  const key = isGone ? 'mail.exception.ageOfNewest' : 'mail.exception.age';
  return wording.text(key, { time, age: wording.duration(recoveryPointAgeSeconds) });
}

function lastFailureWords(
  { lastFailure }: ResourceCompliance,
  { wording, texts }: MailWording,
): string | null {
  if (lastFailure === null) return null;
  const { time, message } = lastFailure;
  const reason = message === null ? wording.text('mail.exception.noReason') : texts.sentence(message);
  return `${texts.time(time)}: ${reason}`;
}
