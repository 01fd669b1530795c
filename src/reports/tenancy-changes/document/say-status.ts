import type { Language } from '../../../model/language.js';
import { type Wholeness, unreadReasons } from '../../day-head.js';
import type { SilentSource } from '../memory/source-silence.js';

/** What decides whether a report is COMPLETE. */
export interface TenancyCompleteness extends Wholeness {
  readonly silent: readonly SilentSource[];
  /** Whether no record of the day was read: neither a change nor a read. */
  readonly isEmpty: boolean;
}

/** Why the report is INCOMPLETE, one sentence each; empty if it is COMPLETE. */
export function sayTenancyStatus(told: TenancyCompleteness, language: Language): readonly string[] {
  const reasons = told.silent.map(({ source, lastRecords }) =>
    language.text('tenancy.status.silent', { source, since: language.date(lastRecords) }),
  );
  reasons.push(...unreadReasons(told, language));
  if (reasons.length === 0 && told.isEmpty) reasons.push(language.text('tenancy.status.noRecord'));
  return reasons;
}
