import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { controlNames } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { causeName } from '../causes/cause-words.js';
import { causeOf } from '../causes/cause-of.js';

/** `Failed: backup destination unreachable`, `Missed: no backup was started`, `Non-compliant: retention too short` */
export function causeTitle(resource: ResourceCompliance, wording: BackupWording): string {
  const cause = causeOf(resource);
  const name = causeName(cause, wording);
  // "Failed: backup failed" says it twice.
  if (cause.id === 'FAILED') return sentenceStart(name, wording);
  const verdict = wording.verdict(resource.compliance).words;
  const control = controlNames.find((each) => each === cause.id);
  if (control !== undefined) {
    // The name of the cause says what is wrong, which nobody knows here.
    const words = resource.compliance === 'UNKNOWN' ? wording.control(control).words : name;
    return wording.text('mail.exception.cause', { standing: verdict, cause: words });
  }
  const outcome = wording.outcome(resource.outcome);
  const standing = outcome.tone === 'good' ? verdict : outcome.words;
  return wording.text('mail.exception.cause', { standing, cause: name });
}

/** With a capital letter in front. */
export function sentenceStart(words: string, { language }: BackupWording): string {
  const [first = ''] = words;
  return first.toLocaleUpperCase(language.tag) + words.slice(first.length);
}
