import { typeInWords } from '../../../../model/resource-types.js';
import type { JudgedFinding } from '../../model/judged-finding.js';
import { namedIds } from './say-identity-findings.js';
import type { Speech } from './speech.js';

export type EventFinding = Extract<
  JudgedFinding,
  {
    readonly kind:
      | 'left-inventory'
      | 'kept-unlisted'
      | 'attempt-before-created'
      | 'attempt-given-up'
      | 'deletion-unmatched'
      | 'not-settled'
      | 'ignored-names-backup'
      | 'source-gone'
      | 'job-conflict';
  }
>;

const keptTexts = {
  'judged-before': 'sentences.finding.keptJudgedBefore',
  attempt: 'sentences.finding.keptForAttempt',
  incident: 'sentences.finding.keptForIncident',
  'made-late': 'sentences.finding.keptMadeLate',
} as const;

/** Of what was read, and of the population. */
export function sayEventFinding(finding: EventFinding, { language, timezone }: Speech): string {
  switch (finding.kind) {
    case 'left-inventory': {
      const { resourceName: name, resourceType, lastDate } = finding;
      const type = typeInWords(resourceType, language);
      const values = { name, type, date: language.date(lastDate) };
      return language.text('sentences.finding.leftInventory', values);
    }
    case 'kept-unlisted': {
      const { resourceName: name, resourceType, because } = finding;
      const type = typeInWords(resourceType, language);
      return language.text(keptTexts[because], { name, type });
    }
    case 'attempt-before-created': {
      const { resourceName: name, resourceType } = finding;
      const type = typeInWords(resourceType, language);
      const seen = language.instant(finding.seenMs, timezone);
      const created = language.instant(finding.createdMs, timezone);
      return language.text('sentences.finding.attemptBeforeCreated', { name, type, seen, created });
    }
    case 'attempt-given-up': {
      const when = language.instant(finding.beganMs, timezone);
      return language.text('sentences.finding.attemptGivenUp', { name: finding.resourceName, when });
    }
    case 'deletion-unmatched': {
      const { deletions: number, backupIds } = finding;
      const values = { number, ids: backupIds.slice(0, namedIds).join(', ') };
      return backupIds.length === 0
        ? language.text('sentences.finding.deletionOfNothing', values)
        : language.text('sentences.finding.deletionUnmatched', values);
    }
    case 'not-settled': {
      const when = language.instant(finding.settlesMs, timezone);
      return language.text('sentences.finding.notSettled', { when });
    }
    case 'ignored-names-backup': {
      const { eventType, names, types: number } = finding;
      return language.text('sentences.finding.ignoredNamesBackup', { eventType, names, number });
    }
    case 'job-conflict': {
      const { resourceName: name, jobId, states } = finding;
      return language.text('sentences.finding.jobConflict', { name, jobId, states: states.join(', ') });
    }
    case 'source-gone': {
      const { source, resources: number } = finding;
      return language.text('sentences.finding.sourceGone', { source, number });
    }
  }
}
