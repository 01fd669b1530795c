import { compareText } from '../../../../base/text-order.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { type Cause, causeOf } from './cause-of.js';

/** Resources that need attention for one cause. */
export interface CauseGroup {
  /** Equal for equal causes; never shown. */
  readonly key: string;
  readonly cause: Cause;
  /** In the order given; never none. */
  readonly resources: readonly ResourceCompliance[];
  /** Who is to act, each once, in order; without the resources of nobody. */
  readonly owners: readonly string[];
  /** When the first of them failed, as an ISO instant; null where none has. */
  readonly firstTime: string | null;
}

/** Groups in the order of their first resource: worst first where the resources are. */
export function groupByCause(resources: readonly ResourceCompliance[]): readonly CauseGroup[] {
  const groups = new Map<string, { readonly cause: Cause; readonly resources: ResourceCompliance[] }>();
  for (const resource of resources) {
    const cause = causeOf(resource);
    const key = [cause.id, ...cause.codes].join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { cause, resources: [resource] });
    else group.resources.push(resource);
  }
  return [...groups].map(([key, group]) => ({
    key,
    ...group,
    owners: [...new Set(group.resources.flatMap(({ owner }) => owner ?? []))].toSorted(compareText),
    firstTime:
      group.resources.flatMap(({ lastFailure }) => lastFailure?.time ?? []).toSorted(compareText)[0] ?? null,
  }));
}
