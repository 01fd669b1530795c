import { shortText, timeWords } from '../../../../renderers/view/view-parts.js';
import type { Label, Wording } from '../../../../renderers/view/wording.js';
import type { Change } from '../../model/change.js';
import { type FieldDifference, stateDifference } from '../state-difference.js';
import { actionLabel, answerWords, principalWords, resourceWords, resultLabel } from '../tenancy-words.js';

/** One row of a list of changes. */
export interface ChangeRowView {
  readonly time: string;
  /** Until when, where begin and end are known; null: it was one call. */
  readonly until: string | null;
  readonly operation: string;
  readonly service: string;
  readonly action: Label;
  readonly resource: string;
  /** Kind, compartment and region. */
  readonly place: string;
  readonly id: string;
  readonly link: string | null;
  readonly who: string;
  /** Address, and how the caller was authenticated. */
  readonly from: string;
  readonly result: Label;
  readonly answer: string;
  readonly differences: readonly FieldDifference[];
}

export function changeRowView(change: Change, timezone: string, wording: Wording): ChangeRowView {
  const { time, endTime, eventName, service, resourceId, resourceType } = change;
  const { compartmentName, compartmentId, region, ipAddress, authType } = change;
  return {
    time: timeWords(time, timezone, '', wording),
    until: endTime === null || endTime === time ? null : timeWords(endTime, timezone, '', wording),
    operation: shortText(eventName, 80),
    service: shortText(service, 80),
    action: actionLabel(change, wording),
    resource: resourceWords(change, wording),
    place: shortText(
      [resourceType, compartmentName ?? compartmentId, region].filter((each) => each !== null).join(' · '),
      200,
    ),
    id: shortText(resourceId ?? '', 300),
    link: resourceId === null ? null : wording.consoleLink(resourceId),
    who: principalWords(change, wording),
    from: shortText([ipAddress, authType].filter((each) => each !== null).join(' · '), 100),
    result: resultLabel(change, wording),
    answer: answerWords(change),
    differences: stateDifference(change),
  };
}
