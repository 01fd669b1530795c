import type { RestoreReason, SeenRestore } from '../../model/control-reason.js';
import type { ControlWords } from './control-words.js';
import { demanderInWords, policyInWords } from './say-policies.js';
import type { Speech } from './speech.js';

export function sayRestoreTested(reason: RestoreReason, speech: Speech): ControlWords {
  const { language, timezone } = speech;
  const lastRestore = 'lastRestore' in reason ? reason.lastRestore : null;
  const measured =
    lastRestore === null ? language.text('sentences.restore.never') : language.duration(lastRestore.ageMs);
  const seen = { seen: restoreInWords(lastRestore, speech), policy: policyInWords(reason.policy, language) };
  if (reason.code === 'restore.not-demanded') {
    const words = language.text('sentences.restore.noDemand', seen);
    return { reason: words, measured, threshold: null, demandedBy: null };
  }
  const threshold = language.duration(reason.limitMs);
  const demandedBy = demanderInWords(reason.policy, language);
  const values = { ...seen, threshold };
  switch (reason.code) {
    case 'restore.recent-enough':
    case 'restore.too-old':
      return {
        reason: language.text('sentences.restore.measured', values),
        measured,
        threshold,
        demandedBy,
      };
    case 'restore.may-be-earlier': {
      const since = language.instant(reason.knownSinceMs, timezone);
      const words = language.text('sentences.restore.mayBeEarlier', { since, ...values });
      return { reason: words, measured, threshold, demandedBy };
    }
    case 'restore.none-seen':
      return { reason: language.text('sentences.restore.missing', values), measured, threshold, demandedBy };
  }
}

function restoreInWords(lastRestore: SeenRestore | null, { language, timezone }: Speech): string {
  if (lastRestore === null) return language.text('sentences.restore.unseen');
  const age = language.duration(lastRestore.ageMs);
  return language.text('sentences.restore.seen', {
    age,
    when: language.instant(lastRestore.endMs, timezone),
  });
}
