import type { PolicyReport } from '../../model/daily-report.js';
import { formatInteger, severityLabels, type Label } from '../labels.js';
import { shortText } from './view-parts.js';

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

const notDemanded = 'not demanded';

export function policyView(policy: PolicyReport): PolicyView {
  return {
    name: shortText(policy.name),
    match: shortText(policy.match),
    cadence: shortText(policy.cadence),
    maxAge: shortText(policy.maxAge),
    maxDuration: shortText(policy.maxDuration),
    minRetention: shortText(policy.minRetention ?? notDemanded),
    maxRestoreAge: shortText(policy.maxRestoreAge ?? notDemanded),
    severity: severityLabels[policy.severity],
    owner: shortText(policy.owner ?? 'no owner named'),
    resources: formatInteger(policy.resources),
  };
}
