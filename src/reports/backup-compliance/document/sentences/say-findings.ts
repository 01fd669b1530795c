import type { Language } from '../../../../model/language.js';
import type { ReportFinding } from '../../model/daily-report.js';
import type { JudgedFinding } from '../../model/judged-finding.js';
import type { WaiverRule } from '../../model/policy.js';
import { matchInWords } from './match-in-words.js';
import type { Speech } from './speech.js';

/** How many ids of candidates a sentence names. */
const namedIds = 5;

/** What a person should act on, one sentence each, in the order given. */
export function sayFindings(findings: readonly JudgedFinding[], speech: Speech): readonly ReportFinding[] {
  return findings.map((finding) => ({
    kind: finding.kind,
    subject: findingSubject(finding, speech),
    words: sayFinding(finding, speech),
  }));
}

function findingSubject(finding: JudgedFinding, { language, timezone }: Speech): string {
  switch (finding.kind) {
    case 'policy-matches-nothing':
    case 'policy-shadowed':
      return finding.policy;
    case 'exclude-matches-nothing':
      return finding.reason;
    case 'recipients-match-nothing':
      return finding.recipients;
    case 'waiver-expired':
    case 'waiver-matches-nothing':
    case 'waiver-expiring':
    case 'waiver-over-broad':
      return finding.waiver.ticket ?? finding.waiver.reason;
    case 'left-inventory':
    case 'kept-unlisted':
    case 'attempt-given-up':
    case 'name-undecided':
    case 'name-given-up':
    case 'notice-unmatched':
    case 'setting-unmatched':
    case 'group-undecided':
    case 'group-unknown':
      return finding.resourceName;
    case 'deletion-unmatched':
      return finding.backupIds[0] ?? '';
    case 'source-gone':
      return finding.source;
    case 'not-settled':
      return language.instant(finding.settlesMs, timezone);
    case 'ignored-names-backup':
      return finding.eventType;
    case 'event-id-shared':
      return finding.source;
  }
}

const keptTexts = {
  'judged-before': 'sentences.finding.keptJudgedBefore',
  attempt: 'sentences.finding.keptForAttempt',
  incident: 'sentences.finding.keptForIncident',
  'made-late': 'sentences.finding.keptMadeLate',
} as const;

function sayFinding(finding: JudgedFinding, speech: Speech): string {
  const { language, timezone } = speech;
  switch (finding.kind) {
    case 'policy-matches-nothing': {
      const values = { name: finding.policy, match: matchInWords(finding.match, language) };
      return language.text('sentences.finding.policyMatchesNothing', values);
    }
    case 'policy-shadowed': {
      const { policy: name, matched: number, shadowedBy } = finding;
      const values = { name, number, names: shadowedBy.join(', ') };
      return language.text('sentences.finding.policyShadowed', values);
    }
    case 'exclude-matches-nothing': {
      const match = matchInWords(finding.match, language);
      return language.text('sentences.finding.excludeMatchesNothing', { match });
    }
    case 'recipients-match-nothing': {
      const values = { name: finding.recipients, match: matchInWords(finding.match, language) };
      return language.text('sentences.finding.recipientsMatchNothing', values);
    }
    case 'left-inventory': {
      const { resourceName: name, resourceType: type, lastDate } = finding;
      const values = { name, type, date: language.date(lastDate) };
      return language.text('sentences.finding.leftInventory', values);
    }
    case 'kept-unlisted': {
      const { resourceName: name, resourceType: type, because } = finding;
      return language.text(keptTexts[because], { name, type });
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
    case 'source-gone': {
      const { source, resources: number } = finding;
      return language.text('sentences.finding.sourceGone', { source, number });
    }
    case 'name-undecided':
    case 'name-given-up':
    case 'notice-unmatched':
    case 'setting-unmatched':
    case 'event-id-shared':
    case 'group-undecided':
    case 'group-unknown':
      return sayIdentityFinding(finding, language);
    default:
      return sayWaiverFinding(finding, speech);
  }
}

type IdentityFinding = Extract<
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

function sayIdentityFinding(finding: IdentityFinding, language: Language): string {
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

type WaiverFinding = Extract<JudgedFinding, { readonly waiver: WaiverRule }>;

function sayWaiverFinding(finding: WaiverFinding, { language }: Speech): string {
  const { ticket, match: rule, expires } = finding.waiver;
  const match = matchInWords(rule, language);
  const waiver =
    ticket === null
      ? language.text('sentences.waiver.named', { match })
      : language.text('sentences.waiver.ticket', { ticket, match });
  const date = language.date(expires);
  switch (finding.kind) {
    case 'waiver-expired':
      return language.text('sentences.waiver.expired', { waiver, date, days: finding.daysAgo });
    case 'waiver-matches-nothing':
      return language.text('sentences.waiver.matchesNothing', { waiver });
    case 'waiver-expiring': {
      const { daysLeft: days, matched: number } = finding;
      return days === 0
        ? language.text('sentences.waiver.endsToday', { waiver, date, number })
        : language.text('sentences.waiver.ends', { waiver, date, number, days });
    }
    case 'waiver-over-broad': {
      const { matched, expected, maxShare } = finding;
      const shares = { share: inPercent(matched / expected), maxShare: inPercent(maxShare) };
      return language.text('sentences.waiver.overBroad', { waiver, matched, expected, ...shares });
    }
  }
}

/** 0.125 -> 12.5: one decimal place. */
function inPercent(share: number): number {
  return Math.round(share * 1000) / 10;
}
