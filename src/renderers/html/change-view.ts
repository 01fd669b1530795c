import type { BackupChange } from '../../model/backup-change.js';
import { changeLabels, type Label } from '../labels.js';
import { shortText, timeWords } from './view-parts.js';

/** Something done to backups, or to how they are made. */
export interface ChangeView {
  readonly time: string;
  readonly kind: Label;
  readonly what: string;
  readonly name: string;
  readonly type: string;
  /** What was changed, where it is not the resource itself. */
  readonly subject: string | null;
  readonly state: string | null;
  readonly principal: string;
  readonly detail: string | null;
}

export function changeView(change: BackupChange, timezone: string): ChangeView {
  return {
    time: timeWords(change.time, timezone, ''),
    kind: changeLabels[change.kind],
    what: shortText(change.what),
    name: shortText(change.resourceName),
    type: shortText(change.resourceType),
    subject: change.subjectId === null ? null : shortText(change.subjectId),
    state: change.state === null ? null : shortText(change.state),
    principal: change.principal === null ? 'not said' : shortText(change.principal),
    detail: change.detail === null ? null : shortText(change.detail),
  };
}
