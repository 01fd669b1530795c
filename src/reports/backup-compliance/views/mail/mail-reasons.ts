import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { type ControlName, controlNames } from '../../model/verdict.js';
import { type CauseId, causeOf } from '../causes/cause-of.js';
import { isSuccessGone } from '../success-gone.js';
import { sentenceStart } from './mail-cause.js';
import { sinceWords } from './mail-standing.js';
import type { MailWording } from './mail-wording.js';

/** Enough for a rule that is to be copied, with two OCIDs. */
const findingChars = 600;
const shownFindings = 2;
/** Causes that say nothing of what happened: the words of the service are all that is known. */
const untold: ReadonlySet<CauseId> = new Set(['FAILED', 'incident-open']);

/** What is to be known of an exception beside its cause and its last good backup. Nothing that these say already. */
export function reasonLines(resource: ResourceCompliance, context: MailWording): readonly string[] {
  const { wording, texts } = context;
  const { consecutiveBadDays, findings } = resource;
  const since = consecutiveBadDays < 2 ? [] : [sentenceStart(`${sinceWords(resource, context)}.`, wording)];
  return [
    ...since,
    ...serviceWords(resource, context),
    ...controlWords(resource, context),
    ...findings.slice(0, shownFindings).map((words) => texts.short(words, findingChars)),
  ];
}

/** What the service said of a failure that no code tells, or of one that is not the outcome of the day. */
function serviceWords(resource: ResourceCompliance, { wording, texts }: MailWording): readonly string[] {
  const { outcome, lastFailure, lastSuccessTime } = resource;
  if (lastFailure === null) return [];
  const { time, message } = lastFailure;
  const words = message === null ? wording.text('mail.exception.noReason') : texts.sentence(message);
  if (outcome !== 'FAILED') {
    const isOver = lastSuccessTime !== null && lastSuccessTime > time;
    const values = { time: texts.time(time), words };
    return isOver ? [] : [wording.text('mail.exception.lastFailure', values)];
  }
  const { id, codes } = causeOf(resource);
  if (codes.length > 0 && !untold.has(id)) return [];
  return [message === null ? words : wording.text('mail.exception.service', { words })];
}

/** The controls that it fails, then the unknown ones, in the sentences that tell why. */
function controlWords(resource: ResourceCompliance, { wording, texts }: MailWording): readonly string[] {
  const { controls } = resource;
  const failing = (['NON_COMPLIANT', 'UNKNOWN'] as const).flatMap((verdict) =>
    controlNames.filter((control) => controls[control].verdict === verdict),
  );
  if (failing.length === 0) return [wording.text('mail.exception.noControl')];
  return failing
    .filter((control) => !isSaid(control, resource))
    .map((control) => sentenceStart(texts.sentence(controls[control].reason), wording));
}

/** Whether the line of the cause, that of the last good backup or the list of open incidents says the same. */
function isSaid(control: ControlName, resource: ResourceCompliance): boolean {
  const cause = causeOf(resource);
  if (control === 'backup-succeeded') return resource.outcome === 'FAILED' && resource.lastFailure !== null;
  if (control === 'no-open-incident') return cause.id !== control && resource.openIncident !== null;
  return (
    control === 'recovery-point-age' && resource.recoveryPointAgeSeconds !== null && !isSuccessGone(resource)
  );
}
