import { shortText } from '../../../../renderers/view/view-parts.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { isBad } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { causeName } from '../causes/cause-words.js';
import { causeOf } from '../causes/cause-of.js';
import { type OutcomeRuns, outcomeRuns } from './outcome-strip.js';
import { resourceRow, type ResourceRow } from './resource-view.js';

/** One row of the list of all resources, as readers without script see it. */
export interface ListRow extends ResourceRow {
  /** Why it needs attention: `recovery area full (ORA-19809)`; null if it does not. */
  readonly cause: string | null;
  readonly days: OutcomeRuns;
}

export function listRow(resource: ResourceCompliance, timezone: string, wording: BackupWording): ListRow {
  return {
    ...resourceRow(resource, timezone, wording),
    cause: causeLine(resource, wording),
    days: outcomeRuns(resource.recentOutcomes, wording),
  };
}

/** The cause with its codes, of one that is non-compliant or unknown; else null. */
export function causeLine(resource: ResourceCompliance, wording: BackupWording): string | null {
  if (!isBad(resource.compliance)) return null;
  const cause = causeOf(resource);
  const codes = cause.codes.length === 0 ? '' : ` (${cause.codes.join(', ')})`;
  return shortText(`${causeName(cause, wording)}${codes}`);
}
