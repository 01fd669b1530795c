import type { WaiverReport } from '../../model/daily-report.js';
import type { AppliedWaiver } from '../../model/resource-compliance.js';
import { formatDaysLeft, verdictLabels, waiverStateLabels, type Label } from '../labels.js';
import { capped, shortText, type CappedList } from './view-parts.js';

/** Names listed of the resources that one waiver holds for. */
const nameCap = 25;

/** The terms of a waiver, as they stand in the configuration. */
export interface WaiverTerms {
  readonly reason: string;
  readonly ticket: string;
  readonly approvedBy: string;
  readonly expires: string;
  /** `42 days left`, `expired 3 days ago` */
  readonly daysLeft: string;
}

export interface WaiverView extends WaiverTerms {
  readonly match: string;
  readonly state: Label;
  readonly resources: CappedList<{ readonly name: string; readonly verdict: Label }>;
}

export function waiverView(waiver: WaiverReport): WaiverView {
  return {
    ...waiverTerms(waiver),
    match: shortText(waiver.match),
    state: waiverStateLabels[waiver.state],
    resources: capped(waiver.resources, nameCap, 'resource', ({ resourceName, compliance }) => ({
      name: shortText(resourceName),
      verdict: verdictLabels[compliance],
    })),
  };
}

export function waiverTerms(waiver: AppliedWaiver | WaiverReport): WaiverTerms {
  return {
    reason: shortText(waiver.reason),
    ticket: waiver.ticket === null ? 'no ticket' : shortText(waiver.ticket),
    approvedBy: shortText(waiver.approvedBy),
    expires: shortText(waiver.expires),
    daysLeft: formatDaysLeft(waiver.daysLeft),
  };
}
