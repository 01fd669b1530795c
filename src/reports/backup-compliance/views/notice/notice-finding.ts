import { shortText } from '../../../../renderers/view/view-parts.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import type { Outcome, Verdict } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { type CauseId, causeOf } from '../causes/cause-of.js';
import { causeWords } from '../causes/cause-words.js';

/** A resource that needs attention, for the programs behind a webhook. Fields may be added, and keep their meaning. */
export interface NoticeFinding {
  readonly resourceId: string;
  readonly name: string;
  readonly type: string;
  readonly outcome: Outcome;
  readonly compliance: Verdict;
  /** `name` is in the language of the report; `id` is the same in all. */
  readonly cause: { readonly id: CauseId; readonly name: string; readonly codes: readonly string[] };
  /** null: nobody is named. */
  readonly owner: string | null;
  readonly advice: string;
  /** Its page in the console of the cloud; null where there is none. */
  readonly console: string | null;
}

export function noticeFinding(resource: ResourceCompliance, wording: BackupWording): NoticeFinding {
  const { id } = causeOf(resource);
  const { name, codes, advice, console } = causeWords(resource, wording);
  return {
    resourceId: shortText(resource.resourceId),
    name: shortText(resource.resourceName),
    type: shortText(wording.resourceType(resource.resourceType)),
    outcome: resource.outcome,
    compliance: resource.compliance,
    cause: { id, name, codes },
    owner: resource.owner === null ? null : shortText(resource.owner),
    advice,
    console,
  };
}
