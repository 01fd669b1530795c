import { parseInstant } from '../../../base/instants.js';
import { compareText } from '../../../base/text-order.js';
import type { Incident } from '../model/incident.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import { isNamedOnly } from '../model/named-resource.js';
import { isUnknown } from '../model/unknown-resource.js';
import type { ForeignNotices } from './foreign-notices.js';
import type { KnownNames } from './known-names.js';
import { type ResourceHistory, historyOf } from './resource-history.js';
import type { UndecidedName } from './resolve-names.js';

/** Whether the resource is known by an OCID, not only by a name or not at all. */
export function hasOcid(resource: { readonly resourceId: string }): boolean {
  return !isNamedOnly(resource) && !isUnknown(resource);
}

/** Each resource that an undecided name may mean has a day of which not all is known. */
export function noteUndecided(
  undecided: readonly UndecidedName[],
  histories: Map<string, ResourceHistory>,
): void {
  for (const { resourceName, candidates } of undecided) {
    for (const candidate of candidates) historyOf(histories, candidate).undecidedNames.add(resourceName);
  }
}

/** Notices that count for nobody. */
interface UnmatchedNotices {
  /** Nobody has their name. */
  readonly unmatched: readonly JudgedFinding[];
  /** Two or more have it. */
  readonly undecided: readonly UndecidedName[];
}

/** One finding for each name that means two or more resources, and for each notice that is about nobody known. */
export function identityFindings(
  undecided: readonly UndecidedName[],
  givenUp: readonly UndecidedName[],
  notices: UnmatchedNotices,
): readonly JudgedFinding[] {
  return [
    ...sorted([...undecided, ...notices.undecided]).map(
      (each) => ({ kind: 'name-undecided', ...each }) as const,
    ),
    ...sorted(givenUp).map((each) => ({ kind: 'name-given-up', ...each }) as const),
    ...notices.unmatched,
  ];
}

function sorted(names: readonly UndecidedName[]) {
  const found = new Map<string, { readonly resourceName: string; readonly candidates: readonly string[] }>();
  for (const { resourceName, candidates } of names) {
    const ids = candidates.map(({ resourceId }) => resourceId);
    found.set(`${resourceName.toLowerCase()} ${ids.join(' ')}`, { resourceName, candidates: ids });
  }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, each]) => each);
}

/** Backup failures, open or of the day, that are told of nobody who is known. */
export function unmatchedNotices(
  incidents: readonly Incident[],
  histories: ReadonlyMap<string, ResourceHistory>,
  { names, foreign }: { readonly names: KnownNames; readonly foreign: ForeignNotices },
): UnmatchedNotices {
  const unmatched: JudgedFinding[] = [];
  const undecided: UndecidedName[] = [];
  for (const incident of incidents) {
    if (!incident.bearsOnBackups || histories.has(incident.resourceId)) continue;
    const { resourceName, condition, lastSeenAt } = incident;
    const namesakes = foreign.namesakesOf(incident, resourceName);
    if (namesakes !== null) undecided.push({ resourceName, candidates: namesakes });
    if (hasOcid(incident)) continue;
    const decision = names.decide(incident, parseInstant(lastSeenAt) ?? 0);
    if (decision.kind === 'undecided') undecided.push({ resourceName, candidates: decision.candidates });
    else unmatched.push({ kind: 'notice-unmatched', resourceName, condition });
  }
  return { unmatched, undecided };
}
