import type { Language } from '../../../../model/language.js';
import type { PolicyName } from '../../model/control-reason.js';
import type { PolicyReport } from '../../model/daily-report.js';
import type { AppliedPolicy } from '../../model/judged-rules.js';
import { matchInWords } from './match-in-words.js';

/** The policies as the report lists them, in the order given. */
export function sayPolicies(policies: readonly AppliedPolicy[], language: Language): readonly PolicyReport[] {
  return policies.map((applied) => sayPolicy(applied, language));
}

function sayPolicy({ policy, match, maxAgeMs, resources }: AppliedPolicy, language: Language): PolicyReport {
  const { name, cadence, maxDurationMs, minRetentionMs, maxRestoreAgeMs, severity, owner } = policy;
  return {
    name,
    match: match === null ? language.text('sentences.policy.everythingElse') : matchInWords(match, language),
    cadence: cadence?.words ?? language.text('sentences.policy.assignedCadence'),
    maxAge: language.duration(maxAgeMs),
    maxDuration: language.duration(maxDurationMs),
    minRetention: minRetentionMs === null ? null : language.duration(minRetentionMs),
    maxRestoreAge: maxRestoreAgeMs === null ? null : language.duration(maxRestoreAgeMs),
    severity,
    owner,
    resources,
  };
}

/** The policy within a sentence: `policy production`, `the default policy`. */
export function policyInWords({ isDefault, name }: PolicyName, language: Language): string {
  return isDefault
    ? language.text('sentences.policy.default')
    : language.text('sentences.policy.named', { name });
}

/** The source of a threshold: `policy production`, `default policy`. */
export function demanderInWords({ isDefault, name }: PolicyName, language: Language): string {
  return isDefault
    ? language.text('sentences.policy.demandedByDefault')
    : language.text('sentences.policy.demandedByNamed', { name });
}
