import { shortText } from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { PolicyReport } from '../../model/daily-report.js';
import type { BackupWording } from '../backup-wording.js';
import { ownerWords } from './page-words.js';

/** A policy as it was applied, in words. */
export interface PolicyView {
  readonly name: string;
  readonly match: string;
  readonly cadence: string;
  readonly maxAge: string;
  readonly maxDuration: string;
  readonly minRetention: string;
  readonly maxRestoreAge: string;
  readonly severity: Label;
  readonly owner: string;
  readonly resources: string;
}

export function policyView(policy: PolicyReport, wording: BackupWording): PolicyView {
  const notDemanded = wording.text('page.policies.notDemanded');
  return {
    name: shortText(policy.name),
    match: shortText(policy.match),
    cadence: shortText(policy.cadence),
    maxAge: shortText(policy.maxAge),
    maxDuration: shortText(policy.maxDuration),
    minRetention: shortText(policy.minRetention ?? notDemanded),
    maxRestoreAge: shortText(policy.maxRestoreAge ?? notDemanded),
    severity: wording.severity(policy.severity),
    owner: ownerWords(policy.owner, wording),
    resources: wording.language.integer(policy.resources),
  };
}
