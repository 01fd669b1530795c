import { compareText } from '../../../../base/text-order.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { type Cause, causeOf } from './cause-of.js';
import { messageShape } from './message-shape.js';

/** Resources that need attention for one cause. */
export interface CauseGroup {
  /** Equal for equal causes; never shown. */
  readonly key: string;
  /** Of the first of them, with the codes of all, each once. */
  readonly cause: Cause;
  /** In the order given; never none. */
  readonly resources: readonly ResourceCompliance[];
  /** Who is to act, each once, in order; without the resources of nobody. */
  readonly owners: readonly string[];
  /**
   * When the first of them failed, as an ISO instant. Where the cause is no failure: since when it has been so, the date
   * of a report. null: not known.
   */
  readonly firstTime: string | null;
}

interface OpenGroup {
  readonly cause: Cause;
  readonly codes: Set<string>;
  readonly resources: ResourceCompliance[];
}

/**
 * Groups in the order of their first resource: worst first where the resources are. A cause is one group, whichever
 * codes tell it. Failures whose cause is not known are one where their messages differ in names and numbers only.
 */
export function groupByCause(resources: readonly ResourceCompliance[]): readonly CauseGroup[] {
  const groups = new Map<string, OpenGroup>();
  for (const resource of resources) {
    const cause = causeOf(resource);
    const key = keyOf(cause, resource);
    const group = groups.get(key) ?? { cause, codes: new Set<string>(), resources: [] };
    groups.set(key, group);
    group.resources.push(resource);
    for (const code of cause.codes) group.codes.add(code);
  }
  return [...groups].map(([key, { cause, codes, resources: members }]) => ({
    key,
    cause: { ...cause, codes: [...codes] },
    resources: members,
    owners: [...new Set(members.flatMap(({ owner }) => owner ?? []))].toSorted(compareText),
    firstTime: members.flatMap((each) => sinceWhen(each) ?? []).toSorted(compareText)[0] ?? null,
  }));
}

/** Causes that say nothing of what happened: the message is all that tells failures apart. */
const untold: ReadonlySet<Cause['id']> = new Set(['FAILED', 'incident-open']);

function keyOf({ id, codes, message }: Cause, resource: ResourceCompliance): string {
  if (!untold.has(id)) return id;
  return [id, ...codes, messageShape(message ?? '', [resource.resourceName, resource.resourceId])].join(' ');
}

function sinceWhen({ outcome, lastFailure, badSince }: ResourceCompliance): string | null {
  return (outcome === 'FAILED' ? lastFailure?.time : null) ?? badSince;
}
