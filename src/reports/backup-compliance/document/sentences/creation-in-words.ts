import type { Speech } from './speech.js';

/** `2026-11-18 10:00 UTC`, or `2026-11-18 10:00 UTC or later` where only the creation of what it is in is known. */
export function creationInWords(
  { createdMs, mayBeYounger }: { readonly createdMs: number; readonly mayBeYounger: boolean },
  { language, timezone }: Speech,
): string {
  const when = language.instant(createdMs, timezone);
  return mayBeYounger ? language.text('sentences.createdOrLater', { when }) : when;
}
