import { dateWords, shortText, timeWords, uncutText } from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { controlNames, isActionable, type Verdict } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { type CauseWords, causeWords } from '../causes/cause-words.js';
import { badDaysWords } from './follow-up-view.js';
import { outcomeStrip, type StripDay } from './outcome-strip.js';
import { resourceRow, type ResourceRow } from './resource-view.js';
import { waiverTerms, type WaiverTerms } from './waiver-view.js';

/** A resource that a person must look at, as a card: non-compliant or unknown. */
export interface ExceptionView extends Omit<ResourceRow, 'age'> {
  /** Its outcome where that is what is wrong, else its verdict. */
  readonly state: Label;
  readonly cause: CauseWords;
  /** The controls that are not met, then those of which it is not known. */
  readonly why: readonly { readonly label: string; readonly sentence: string }[];
  readonly lastFailure: { readonly time: string; readonly message: string | null } | null;
  /** `since 2026-11-17, 3 bad days in a row`; `first day`. */
  readonly since: string;
  readonly age: AgeView;
  readonly openIncident: { readonly condition: string; readonly since: string } | null;
  readonly waiver: WaiverTerms | null;
  readonly strip: readonly StripDay[];
  readonly findings: readonly string[];
}

/** The age of the newest recovery point at the cut-off, beside what is allowed. */
export interface AgeView {
  /** `45 h 48 min`, or that it is not known. */
  readonly words: string;
  /** `of 26 h`; null: nothing is demanded. */
  readonly limit: string | null;
  readonly isBad: boolean;
}

/** Everything that a person needs to act on it; times in the zone of the report day. */
export function exceptionView(
  resource: ResourceCompliance,
  { date, timezone }: { readonly date: string; readonly timezone: string },
  wording: BackupWording,
): ExceptionView {
  const { waiver } = resource;
  return {
    ...resourceRow(resource, timezone, wording),
    state: stateOf(resource, wording),
    cause: causeWords(resource, wording),
    why: [...controlViews(resource, 'NON_COMPLIANT', wording), ...controlViews(resource, 'UNKNOWN', wording)],
    lastFailure: lastFailureView(resource, timezone, wording),
    since: sinceWords(resource, date, wording),
    age: ageView(resource, wording),
    openIncident: openIncidentView(resource, timezone, wording),
    waiver: waiver === null ? null : waiverTerms(waiver, wording),
    strip: outcomeStrip(resource.recentOutcomes, date, wording),
    findings: resource.findings.map((finding) => uncutText(finding)),
  };
}

/** A success is not what is wrong with a resource whose retention is too short. */
export function stateOf({ outcome, compliance }: ResourceCompliance, wording: BackupWording): Label {
  return isActionable(outcome) ? wording.outcome(outcome) : wording.verdict(compliance);
}

export function ageView(resource: ResourceCompliance, wording: BackupWording): AgeView {
  const { recoveryPointAgeSeconds: age, controls } = resource;
  const { threshold, verdict } = controls['recovery-point-age'];
  return {
    words: age === null ? wording.text('page.exceptions.noAge') : wording.duration(age),
    limit:
      threshold === null ? null : wording.text('page.exceptions.ofLimit', { limit: shortText(threshold) }),
    isBad: verdict === 'NON_COMPLIANT',
  };
}

function sinceWords(
  { badSince, consecutiveBadDays }: ResourceCompliance,
  date: string,
  wording: BackupWording,
): string {
  const since = badSince ?? date;
  if (since === date) return wording.text('page.exceptions.sinceToday');
  const words = wording.text('page.since', { since: dateWords(since, wording) });
  const days = badDaysWords(consecutiveBadDays, wording);
  return days === null ? words : `${words}, ${days}`;
}

function controlViews(
  resource: ResourceCompliance,
  verdict: Verdict & ('NON_COMPLIANT' | 'UNKNOWN'),
  wording: BackupWording,
): ExceptionView['why'] {
  return controlNames
    .filter((control) => resource.controls[control].verdict === verdict)
    .map((control) => ({
      label: wording.controlProblem(control, verdict),
      sentence: shortText(resource.controls[control].reason),
    }));
}

function lastFailureView(
  { lastFailure }: ResourceCompliance,
  timezone: string,
  wording: BackupWording,
): ExceptionView['lastFailure'] {
  if (lastFailure === null) return null;
  const { time, message } = lastFailure;
  return {
    time: timeWords(time, timezone, '', wording),
    message: message === null ? null : shortText(message),
  };
}

function openIncidentView(
  { openIncident }: ResourceCompliance,
  timezone: string,
  wording: BackupWording,
): ExceptionView['openIncident'] {
  if (openIncident === null) return null;
  const { condition, since } = openIncident;
  return { condition: shortText(condition), since: timeWords(since, timezone, '', wording) };
}
