import { shortText } from '../../../../renderers/view/view-parts.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import type { BackupWording } from '../backup-wording.js';
import { causeCommand } from './cause-command.js';
import { type Cause, causeOf } from './cause-of.js';

/** What a person reads of a cause: in page, mail, workbook and channels the same. */
export interface CauseWords {
  /** After "failed:" or alone: `backup destination unreachable`. */
  readonly name: string;
  readonly codes: readonly string[];
  /** What to do next, in one or two sentences. */
  readonly advice: string;
  /** An `oci` command, ready to paste; null where there is none. */
  readonly command: string | null;
  /** The resource's page in the console of the cloud; null where there is none. */
  readonly console: string | null;
}

export function causeWords(resource: ResourceCompliance, wording: BackupWording): CauseWords {
  const cause = causeOf(resource);
  const isWaived = resource.waiver !== null;
  return {
    name: causeName(cause, wording),
    codes: cause.codes.map((code) => shortText(code)),
    advice: wording.text(isWaived ? 'cause.waived.advice' : `cause.${cause.id}.advice`),
    command: isWaived ? null : causeCommand(cause, resource),
    console: wording.consoleLink(resource.resourceId),
  };
}

export function causeName({ id }: Cause, { text }: BackupWording): string {
  return text(`cause.${id}.name`);
}
