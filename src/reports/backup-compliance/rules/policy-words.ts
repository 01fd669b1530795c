import type { Language } from '../../../model/language.js';
import type { Policy } from '../model/policy.js';

/** The policy within a sentence: `policy production`, `the default policy`. */
export function policyInWords({ isDefault, name }: Policy, language: Language): string {
  return isDefault
    ? language.text('sentences.policy.default')
    : language.text('sentences.policy.named', { name });
}

/** Who demands a threshold: `policy production`, `default policy`. */
export function demanderInWords({ isDefault, name }: Policy, language: Language): string {
  return isDefault
    ? language.text('sentences.policy.demandedByDefault')
    : language.text('sentences.policy.demandedByNamed', { name });
}
