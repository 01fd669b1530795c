import { dateAt } from '../../../../base/civil-dates.js';
import { parseInstant } from '../../../../base/instants.js';
import type { Cloud } from '../../../../model/resource-types.js';
import type { Severity } from '../../../../model/severity.js';
import { dateWords, shortText, timeWords, uncutText } from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { type Outcome, type Verdict, outcomeRank, verdicts } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { cloudKey, cloudWords } from '../clouds.js';
import { placeWords } from '../place-words.js';
import { isSuccessGone } from '../success-gone.js';
import { ownerWords, policyWords } from './page-words.js';
import { resourceAnchor } from './resource-anchor.js';

/** One row of the table of all resources. */
export interface ResourceRow {
  /** Fragment of links to it: `r-1f3a9c0b2d4e`. */
  readonly anchor: string;
  readonly name: string;
  readonly resourceId: string;
  /** Type and compartment. */
  readonly kind: string;
  /** `Azure`; shown where the report has resources of several clouds. */
  readonly cloud: string;
  readonly outcome: Label;
  readonly verdict: Label;
  /** What the page filters and sorts by. */
  readonly keys: RowKeys;
  readonly lastSuccess: string;
  /** At the cut-off; null if there is no success to measure from. */
  readonly age: string | null;
  /** The last success is no recovery point any more: the age is that of the newest that is left. */
  readonly isSuccessGone: boolean;
  /** `3 recovery points`; null: the report is of a version that counted none. */
  readonly points: string | null;
  /** `3` */
  readonly pointCount: string | null;
  /** Of the oldest and the newest: `2026-11-17 to 2026-11-19`. */
  readonly pointDays: string | null;
  /** Of the newest: `the newest has 12.5 GB`; null: not told. */
  readonly pointSize: string | null;
  readonly attempts: string;
  readonly lastRestore: string;
  readonly policy: string;
  readonly severity: Label;
  readonly owner: string;
  /** Whether a waiver holds for it. */
  readonly isWaived: boolean;
}

/** Values that the page's script compares instead of words. Times in epoch milliseconds, '' if there is none. */
export interface RowKeys {
  readonly outcome: Outcome;
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly type: string;
  readonly cloud: Cloud;
  /** '' if unknown. */
  readonly compartment: string;
  /** '' if nobody is named. */
  readonly owner: string;
  /** 0 is the worst. */
  readonly outcomeRank: number;
  readonly verdictRank: number;
  readonly attempts: number;
  readonly lastSuccess: number | '';
  readonly lastRestore: number | '';
}

export interface FindingsView {
  readonly name: string;
  readonly kind: string;
  readonly findings: readonly string[];
}

export function resourceRow(
  resource: ResourceCompliance,
  timezone: string,
  wording: BackupWording,
): ResourceRow {
  const { lastSuccessTime, lastRestoreTime, recoveryPointAgeSeconds: age, policy } = resource;
  const { text } = wording;
  return {
    anchor: resourceAnchor(resource.resourceId),
    name: shortText(resource.resourceName),
    resourceId: shortText(resource.resourceId),
    kind: placeWords(resource, shortText, wording),
    cloud: cloudWords(resource, wording),
    outcome: wording.outcome(resource.outcome),
    verdict: wording.verdict(resource.compliance),
    keys: rowKeys(resource),
    lastSuccess: timeWords(lastSuccessTime, timezone, text('page.noneSeen'), wording),
    age: age === null ? null : wording.duration(age),
    isSuccessGone: isSuccessGone(resource),
    ...pointsWords(resource, timezone, wording),
    attempts: wording.language.integer(resource.attempts),
    lastRestore: timeWords(lastRestoreTime, timezone, text('page.never'), wording),
    policy: policyWords(policy, wording),
    severity: wording.severity(resource.severity),
    owner: ownerWords(resource.owner, wording),
    isWaived: resource.waiver !== null,
  };
}

/** How many recovery points are known, and the days of the oldest and the newest. */
function pointsWords(
  { recoveryPoints }: ResourceCompliance,
  timezone: string,
  wording: BackupWording,
): Pick<ResourceRow, 'points' | 'pointCount' | 'pointDays' | 'pointSize'> {
  const untold = { pointDays: null, pointSize: null };
  if (recoveryPoints === undefined) return { points: null, pointCount: null, ...untold };
  const { text, language } = wording;
  const { count: number, newest, oldest, newestBytes } = recoveryPoints;
  const none = text('page.points.none');
  if (number === 0) return { points: none, pointCount: none, ...untold };
  const dateOf = (time: string | null): string =>
    dateWords(dateAt(parseInstant(time) ?? 0, timezone), wording);
  return {
    points: text('page.points.count', { number }),
    pointCount: language.integer(number),
    pointDays: text('page.points.days', { newest: dateOf(newest), oldest: dateOf(oldest) }),
    pointSize:
      newestBytes === undefined ? null : text('page.points.newestSize', { size: language.size(newestBytes) }),
  };
}

function rowKeys(resource: ResourceCompliance): RowKeys {
  const { outcome, compliance, severity } = resource;
  return {
    outcome,
    verdict: compliance,
    severity,
    type: shortText(resource.resourceType),
    cloud: cloudKey(resource),
    compartment: shortText(resource.compartmentName ?? resource.compartmentId ?? ''),
    owner: shortText(resource.owner ?? ''),
    outcomeRank: outcomeRank(outcome),
    verdictRank: verdicts.indexOf(compliance),
    attempts: resource.attempts,
    lastSuccess: epoch(resource.lastSuccessTime),
    lastRestore: epoch(resource.lastRestoreTime),
  };
}

function epoch(iso: string | null): number | '' {
  return parseInstant(iso) ?? '';
}

export function findingsView(resource: ResourceCompliance, wording: BackupWording): FindingsView {
  return {
    name: shortText(resource.resourceName),
    kind: placeWords(resource, shortText, wording),
    findings: resource.findings.map((finding) => uncutText(finding)),
  };
}
