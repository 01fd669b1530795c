import type { ReportFinding } from '../../model/daily-report.js';
import type { JudgedFinding } from '../../model/judged-finding.js';
import { matchInWords } from './match-in-words.js';
import { sayAttestationFinding } from './say-attestations.js';
import { sayEventFinding } from './say-event-findings.js';
import { sayIdentityFinding } from './say-identity-findings.js';
import { sayWaiverFinding } from './say-waiver-findings.js';
import type { Speech } from './speech.js';

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
    case 'attempt-before-created':
    case 'attempt-given-up':
    case 'restore-test-failed':
    case 'name-undecided':
    case 'name-given-up':
    case 'notice-unmatched':
    case 'setting-unmatched':
    case 'group-undecided':
    case 'group-unknown':
    case 'job-conflict':
      return finding.resourceName;
    case 'deletion-unmatched':
      return finding.backupIds[0] ?? '';
    case 'source-gone':
      return finding.source;
    case 'attestation-refused':
      return `attestations/${finding.name}`;
    case 'not-settled':
      return language.instant(finding.settlesMs, timezone);
    case 'ignored-names-backup':
      return finding.eventType;
    case 'event-id-shared':
      return finding.source;
  }
}

function sayFinding(finding: JudgedFinding, speech: Speech): string {
  const { language } = speech;
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
    case 'left-inventory':
    case 'kept-unlisted':
    case 'attempt-before-created':
    case 'attempt-given-up':
    case 'deletion-unmatched':
    case 'not-settled':
    case 'ignored-names-backup':
    case 'source-gone':
    case 'job-conflict':
      return sayEventFinding(finding, speech);
    case 'restore-test-failed':
    case 'attestation-refused':
      return sayAttestationFinding(finding, speech);
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
