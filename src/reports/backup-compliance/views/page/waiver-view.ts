import { capped, dateWords, shortText, type CappedList } from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { WaiverReport } from '../../model/daily-report.js';
import type { AppliedWaiver } from '../../model/resource-compliance.js';
import type { BackupWording } from '../backup-wording.js';

/** Most names listed of the resources that one waiver covers. */
const nameCap = 25;

/** The terms of a waiver, as in the configuration. */
export interface WaiverTerms {
  readonly reason: string;
  readonly ticket: string;
  readonly approvedBy: string;
  readonly expires: string;
  /** `42 days after the report day`, `expired 3 days before the report day` */
  readonly daysLeft: string;
}

export interface WaiverView extends WaiverTerms {
  readonly match: string;
  readonly state: Label;
  readonly resources: CappedList<{ readonly name: string; readonly verdict: Label }>;
}

export function waiverView(waiver: WaiverReport, wording: BackupWording): WaiverView {
  const limits = { cap: nameCap, noun: 'resource', wording } as const;
  return {
    ...waiverTerms(waiver, wording),
    match: shortText(waiver.match),
    state: wording.waiverState(waiver.state),
    resources: capped(waiver.resources, limits, ({ resourceName, compliance }) => ({
      name: shortText(resourceName),
      verdict: wording.verdict(compliance),
    })),
  };
}

export function waiverTerms(waiver: AppliedWaiver | WaiverReport, wording: BackupWording): WaiverTerms {
  return {
    reason: shortText(waiver.reason),
    ticket: waiver.ticket === null ? wording.text('page.waivers.noTicket') : shortText(waiver.ticket),
    approvedBy: shortText(waiver.approvedBy),
    expires: dateWords(waiver.expires, wording),
    daysLeft: wording.daysLeft(waiver.daysLeft),
  };
}
