import { dateWords, shortText, timeWords } from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { DailyReport } from '../../model/daily-report.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import type { BackupWording } from '../backup-wording.js';
import { type CauseGroup, groupByCause } from '../causes/cause-groups.js';
import { causeName, causeWords } from '../causes/cause-words.js';
import { cloudWords } from '../clouds.js';
import { placeWords } from '../place-words.js';
import { type AgeView, ageView, type ExceptionView, exceptionView, stateOf } from './exception-view.js';
import { ownerWords } from './page-words.js';
import { resourceAnchor } from './resource-anchor.js';

/** More resources than this of one cause are one card. */
const groupedFrom = 6;
/** Most resources of one cause that are listed in its card; the list of all resources has them all. */
const groupRowCap = 100;
/** Names of resources and owners that a card of a group shows. */
const shownNames = 3;

/** One card of the exceptions: a resource, or many of one cause. */
export type ExceptionCard =
  | { readonly resource: ExceptionView; readonly group: null }
  | { readonly resource: null; readonly group: CauseGroupView };

/** Many resources that need attention for one cause. */
export interface CauseGroupView {
  readonly anchor: string;
  /** How many resources. */
  readonly size: number;
  readonly title: string;
  readonly state: Label;
  readonly codes: readonly string[];
  /** In the words of the service, where nothing else tells the cause. */
  readonly message: string | null;
  readonly advice: string;
  /** `first failure 2026-11-28 02:10 EST`; `since 2026-11-26`; null: not known. */
  readonly first: string | null;
  /** `a@example.com, b@example.com and 3 more` */
  readonly owners: string;
  readonly worst: string;
  readonly summary: string;
  readonly caption: string;
  readonly rows: readonly GroupRow[];
  /** null: all are listed. */
  readonly more: string | null;
}

/** A resource in the card of its cause. */
export interface GroupRow {
  readonly anchor: string;
  readonly name: string;
  readonly kind: string;
  readonly cloud: string;
  readonly severity: Label;
  readonly owner: string;
  readonly lastSuccess: string;
  readonly age: AgeView;
}

/**
 * The cards of the exceptions, worst first; those of one cause stand where the worst of them does.
 *
 * @param day.most how many cards are made
 */
export function exceptionCards(
  resources: readonly ResourceCompliance[],
  day: DailyReport['reportDay'] & { readonly most: number },
  wording: BackupWording,
): readonly ExceptionCard[] {
  const groups = groupByCause(resources).filter((group) => group.resources.length >= groupedFrom);
  const groupOf = new Map(groups.flatMap((group) => group.resources.map((each) => [each, group] as const)));
  const cards: ExceptionCard[] = [];
  for (const resource of resources) {
    if (cards.length === day.most) break;
    const group = groupOf.get(resource);
    if (group === undefined) cards.push({ resource: exceptionView(resource, day, wording), group: null });
    else if (group.resources[0] === resource) {
      cards.push({ resource: null, group: causeGroupView(group, day.timezone, wording) });
    }
  }
  return cards;
}

/** The anchors of the resources that a card shows. */
export function anchorsOf({ resource, group }: ExceptionCard): readonly string[] {
  return resource === null ? group.rows.map(({ anchor }) => anchor) : [resource.anchor];
}

function causeGroupView(group: CauseGroup, timezone: string, wording: BackupWording): CauseGroupView {
  const { key, cause, resources, owners } = group;
  const { text } = wording;
  const [worst] = resources;
  if (worst === undefined) throw new Error('a group of a cause has a resource');
  const name = causeName(cause, wording);
  const number = resources.length;
  const rows = resources.slice(0, groupRowCap);
  const shown = { shown: rows.length, number };
  const rest = number - rows.length;
  const names = resources.map(({ resourceName }) => shortText(resourceName, 60));
  const nobody = resources.some(({ owner }) => owner === null) ? [ownerWords(null, wording)] : [];
  return {
    anchor: `cause-${resourceAnchor(key)}`,
    size: number,
    title: text('page.exceptions.group', { number, cause: name }),
    state: stateOf(worst, wording),
    codes: cause.codes.map((code) => shortText(code)),
    message: cause.id === 'FAILED' && cause.message !== null ? shortText(cause.message) : null,
    advice: causeWords(worst, wording).advice,
    first: firstWords(group, timezone, wording),
    owners: someNames([...owners.map((owner) => shortText(owner, 60)), ...nobody], wording),
    worst: someNames(names, wording),
    summary: text(rest === 0 ? 'page.exceptions.groupAll' : 'page.exceptions.groupSome', shown),
    caption: text('page.exceptions.groupCaption', { cause: name }),
    rows: rows.map((resource) => groupRow(resource, timezone, wording)),
    more: rest === 0 ? null : text('page.exceptions.groupMore', { number: rest }),
  };
}

/** An instant where backups failed, else a date. */
function firstWords({ firstTime }: CauseGroup, timezone: string, wording: BackupWording): string | null {
  if (firstTime === null) return null;
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(firstTime);
  return isDate
    ? wording.text('page.exceptions.groupSince', { date: dateWords(firstTime, wording) })
    : wording.text('page.exceptions.groupFirst', { time: timeWords(firstTime, timezone, '', wording) });
}

/** `A, B, C and 3,197 more` */
function someNames(names: readonly string[], { text }: BackupWording): string {
  const rest = Math.max(0, names.length - shownNames);
  return text('page.exceptions.groupNames', { names: names.slice(0, shownNames).join(', '), rest });
}

function groupRow(resource: ResourceCompliance, timezone: string, wording: BackupWording): GroupRow {
  const { resourceId, resourceName, severity, owner, lastSuccessTime } = resource;
  return {
    anchor: resourceAnchor(resourceId),
    name: shortText(resourceName),
    kind: placeWords(resource, shortText, wording),
    cloud: cloudWords(resource, wording),
    severity: wording.severity(severity),
    owner: ownerWords(owner, wording),
    lastSuccess: timeWords(lastSuccessTime, timezone, wording.text('page.noneSeen'), wording),
    age: ageView(resource, wording),
  };
}
