import type { Language } from '../../../../model/language.js';
import { typeInWords } from '../../../../model/resource-types.js';
import type { AttestedTest } from '../../model/control-reason.js';
import type { JudgedFinding } from '../../model/judged-finding.js';
import type { Speech } from './speech.js';

type AttestationFinding = Extract<
  JudgedFinding,
  { readonly kind: 'restore-test-failed' | 'attestation-refused' }
>;

const faultTexts = {
  'not-there': 'sentences.attestation.notThere',
  'other-bytes': 'sentences.attestation.otherBytes',
  unreadable: 'sentences.attestation.unreadable',
  unsigned: 'sentences.attestation.unsigned',
  'wrong-signature': 'sentences.attestation.wrongSignature',
  'untrusted-key': 'sentences.attestation.untrustedKey',
} as const;

/** Of what people attested. */
export function sayAttestationFinding(finding: AttestationFinding, { language, timezone }: Speech): string {
  if (finding.kind === 'attestation-refused') {
    const { name, fault } = finding;
    return language.text('sentences.attestation.refused', { name, why: language.text(faultTexts[fault]) });
  }
  const { resourceName: name, resourceType, testedMs, by, ticket } = finding;
  const type = typeInWords(resourceType, language);
  const when = language.instant(testedMs, timezone);
  return language.text('sentences.attestation.failed', { name, type, when, by, ticket });
}

/** Who attested it: `attested by Jane Doe, CHG-1, unsigned`. */
export function attestedInWords({ by, ticket, isSigned }: AttestedTest, language: Language): string {
  const text = isSigned ? 'sentences.restore.attested' : 'sentences.restore.attestedUnsigned';
  return language.text(text, { by, ticket });
}
