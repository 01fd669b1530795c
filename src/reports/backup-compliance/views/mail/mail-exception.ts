import type { Tone } from '../../../../renderers/view/wording.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { causeWords } from '../causes/cause-words.js';
import { cloudWords } from '../clouds.js';
import { placeWords } from '../place-words.js';
import { isSuccessGone } from '../success-gone.js';
import { causeTitle } from './mail-cause.js';
import { linkOrNull } from './mail-link.js';
import { reasonLines } from './mail-reasons.js';
import type { MailWording } from './mail-wording.js';

/** A stack of errors names many. */
const shownCodes = 4;

/** A resource that somebody has to look at: why, and what to do. */
export interface MailException {
  readonly name: string;
  /** Type and compartment. */
  readonly kind: string;
  /** `Azure`; shown where the report has resources of several clouds. */
  readonly cloud: string;
  readonly severity: string;
  readonly owner: string;
  readonly tone: Tone;
  /** `Failed: backup destination unreachable` */
  readonly cause: string;
  /** `(RMAN-03009, ORA-19511) at 2026-11-28 06:08 EST, 2 attempts`; null: there is no more to say. */
  readonly detail: string | null;
  /** `Last good backup 2026-11-27 05:56 EST, 42 h 3 min before the cut-off; at most 26 h allowed.` */
  readonly lastGood: string;
  /** Whatever else a person should know, a sentence each. */
  readonly reasons: readonly string[];
  readonly advice: string;
  /** Its page in the console of the cloud; null where there is none. */
  readonly console: string | null;
}

export function mailException(resource: ResourceCompliance, context: MailWording): MailException {
  const { wording, texts } = context;
  const { advice, console: page } = causeWords(resource, wording);
  return {
    name: texts.name(resource.resourceName),
    kind: placeWords(resource, texts.name, wording),
    cloud: cloudWords(resource, wording),
    severity: wording.severity(resource.severity).words,
    owner: ownerName(resource, context),
    tone: toneOf(resource, context),
    cause: causeTitle(resource, wording),
    detail: detailWords(resource, context),
    lastGood: lastGoodWords(resource, context),
    reasons: reasonLines(resource, context),
    advice,
    console: linkOrNull(page),
  };
}

/** Of its outcome, or of its verdict where its backups went well. */
export function toneOf({ outcome, compliance }: ResourceCompliance, { wording }: MailWording): Tone {
  const { tone } = wording.outcome(outcome);
  return tone === 'good' || tone === 'quiet' ? wording.verdict(compliance).tone : tone;
}

/** `(RMAN-03009, ORA-19511)`, the first of them. */
export function codesWords(codes: readonly string[], { texts }: MailWording): string {
  return `(${codes.slice(0, shownCodes).map(texts.name).join(', ')})`;
}

function ownerName({ owner }: ResourceCompliance, { wording, texts }: MailWording): string {
  return owner === null ? wording.text('mail.exception.noOwner') : texts.name(owner);
}

function detailWords(resource: ResourceCompliance, context: MailWording): string | null {
  const { outcome, lastFailure, attempts } = resource;
  const { wording, texts } = context;
  const { codes } = causeWords(resource, wording);
  const parts = codes.length === 0 ? [] : [codesWords(codes, context)];
  if (outcome === 'FAILED' && lastFailure !== null) {
    parts.push(wording.text('mail.exception.at', { time: texts.time(lastFailure.time) }));
  }
  if (attempts > 1) parts.push(wording.text('mail.exception.attempts', { number: attempts }));
  return parts.length === 0 ? null : parts.join(' ');
}

function lastGoodWords(resource: ResourceCompliance, { wording, texts }: MailWording): string {
  const { text } = wording;
  const { threshold } = resource.controls['recovery-point-age'];
  const words = lastGood();
  if (threshold === null) return text('mail.exception.noLimit', { words });
  return text('mail.exception.limit', { words, limit: texts.name(threshold) });

  function lastGood(): string {
    const { lastSuccessTime, recoveryPointAgeSeconds } = resource;
    if (lastSuccessTime === null) return text('mail.exception.noSuccess');
    const time = texts.time(lastSuccessTime);
    const isGone = isSuccessGone(resource);
    if (recoveryPointAgeSeconds === null) {
      return text(isGone ? 'mail.exception.gone' : 'mail.exception.lastGood', { time });
    }
    const key = isGone ? 'mail.exception.ageOfNewest' : 'mail.exception.age';
    return text(key, { time, age: wording.duration(recoveryPointAgeSeconds) });
  }
}
