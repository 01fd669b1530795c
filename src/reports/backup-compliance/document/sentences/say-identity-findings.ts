import type { Language } from '../../../../model/language.js';
import type { JudgedFinding } from '../../model/judged-finding.js';

/** How many ids of candidates a sentence names. */
export const namedIds = 5;

export type IdentityFinding = Extract<
  JudgedFinding,
  {
    readonly kind:
      | 'name-undecided'
      | 'name-given-up'
      | 'notice-unmatched'
      | 'setting-unmatched'
      | 'event-id-shared'
      | 'group-undecided'
      | 'group-unknown';
  }
>;

/** Of names and ids that do not say whose they are. */
export function sayIdentityFinding(finding: IdentityFinding, language: Language): string {
  switch (finding.kind) {
    case 'name-undecided':
    case 'name-given-up': {
      const { resourceName: name, candidates } = finding;
      const values = { name, number: candidates.length, ids: candidates.slice(0, namedIds).join(', ') };
      const isUndecided = finding.kind === 'name-undecided';
      return language.text(
        isUndecided ? 'sentences.finding.nameUndecided' : 'sentences.finding.nameGivenUp',
        values,
      );
    }
    case 'group-undecided': {
      const { resourceName: name, candidates } = finding;
      const values = { name, number: candidates.length, ids: candidates.slice(0, namedIds).join(', ') };
      return language.text('sentences.finding.groupUndecided', values);
    }
    case 'group-unknown':
      return language.text('sentences.finding.groupUnknown', { name: finding.resourceName });
    case 'notice-unmatched': {
      const { resourceName: name, condition } = finding;
      return language.text('sentences.finding.noticeUnmatched', { name, condition });
    }
    case 'setting-unmatched': {
      const { resourceName: name, what } = finding;
      return language.text('sentences.finding.settingUnmatched', { name, what });
    }
    case 'event-id-shared': {
      const { source, records: number, eventIds } = finding;
      return language.text('sentences.finding.eventIdShared', { source, number, ids: eventIds.join(', ') });
    }
  }
}
