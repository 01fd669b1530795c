import { shortText, timeWords } from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { BackupChange } from '../../model/backup-change.js';
import type { BackupWording } from '../backup-wording.js';
import { fromToWords } from '../setting-words.js';

/** Something done to backups, or to the way they are made. */
export interface ChangeView {
  readonly time: string;
  readonly kind: Label;
  readonly what: string;
  readonly name: string;
  readonly type: string;
  /** What was changed, if not the resource itself. */
  readonly subject: string | null;
  readonly state: string | null;
  readonly principal: string;
  readonly detail: string | null;
  /** `30 days → 7 days`, and what it means for backups. */
  readonly setting: string | null;
  readonly consequence: string | null;
}

export function changeView(change: BackupChange, timezone: string, wording: BackupWording): ChangeView {
  const { subjectId, state, principal, detail, consequence } = change;
  const setting = fromToWords(change, wording);
  return {
    time: timeWords(change.time, timezone, '', wording),
    kind: wording.change(change.kind),
    what: shortText(change.what),
    name: shortText(change.resourceName),
    type: shortText(wording.resourceType(change.resourceType)),
    subject: subjectId === null ? null : shortText(subjectId),
    state: state === null ? null : shortText(state),
    principal: principal === null ? wording.text('page.changes.notSaid') : shortText(principal),
    detail: detail === null ? null : shortText(detail),
    setting: setting === null ? null : shortText(setting),
    consequence: consequence === undefined ? null : shortText(consequence),
  };
}
