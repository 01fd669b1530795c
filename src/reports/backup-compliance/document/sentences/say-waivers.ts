import type { Language } from '../../../../model/language.js';
import type { WaiverReport } from '../../model/daily-report.js';
import type { UsedWaiver } from '../../model/judged-rules.js';
import { matchInWords } from './match-in-words.js';

/** The waivers as the report lists them, in the order given. */
export function sayWaivers(waivers: readonly UsedWaiver[], language: Language): readonly WaiverReport[] {
  return waivers.map(({ waiver, daysLeft, state, resources }) => {
    const { match, reason, ticket, approvedBy, expires } = waiver;
    return {
      match: matchInWords(match, language),
      reason,
      ticket,
      approvedBy,
      expires,
      daysLeft,
      state,
      resources,
    };
  });
}
