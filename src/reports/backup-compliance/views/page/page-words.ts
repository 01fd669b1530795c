import { shortText } from '../../../../renderers/view/view-parts.js';
import type { DailyReport, ReportTotals } from '../../model/daily-report.js';
import type { BackupWording } from '../backup-wording.js';

/** Nouns with a message for cut lists: `page.more.<noun>`. */
export type MoreNoun =
  | 'exception'
  | 'waivedResource'
  | 'resource'
  | 'incident'
  | 'change'
  | 'waiver'
  | 'finding'
  | 'policy'
  | 'attempt'
  | 'eventType'
  | 'ignoredType';

/** More than this of anything but resources is a fault of the estate, and a longer page would not help. */
export const pageListCap = 500;

/** Who acts on it. */
export function ownerWords(owner: string | null, { text }: BackupWording): string {
  return owner === null ? text('page.noOwner') : shortText(owner);
}

/** The policy that a resource is judged by. */
export function policyWords(policy: string, { text }: BackupWording): string {
  return policy === 'default' ? text('page.defaultPolicy') : shortText(policy);
}

/** `Slice 'database team': 12 of 412 resources`; null for the whole report. */
export function sliceWords({ slice }: Pick<DailyReport, 'slice'>, { text }: BackupWording): string | null {
  if (slice === null) return null;
  const { name, resources, ofResources } = slice;
  return text('page.slice.words', { name: shortText(name), part: resources, number: ofResources });
}

/** How waivers affect the totals; null if there is nothing to say. */
export function waivedWords({ waived, waivedBad }: ReportTotals, { text }: BackupWording): string | null {
  return waived === 0 ? null : text('page.waivedWords', { waived, bad: waivedBad });
}
