import { type TimeText, toIso } from '../../../base/instants.js';
import type { Membership } from '../facts/group-membership.js';
import type { LifeState } from '../facts/recall-lives.js';
import type { ResourceHistory } from '../facts/resource-history.js';
import { keptSettings } from '../model/held-settings.js';
import type { RememberedLife } from '../model/life-cycle.js';
import type { GroupMembership, LastFailure, LastKnown } from '../model/resource-compliance.js';

/** ISO 8601 UTC; null for no instant. */
export function timeOf(ms: number | null, timeText: TimeText = toIso): string | null {
  return ms === null ? null : timeText(ms);
}

export function lastFailureOf({ lastFailure }: ResourceHistory): LastFailure | null {
  return lastFailure === null ? null : { time: toIso(lastFailure.endMs), message: lastFailure.message };
}

/** What the next report starts from. */
export function lastKnownOf(history: ResourceHistory, timeText?: TimeText): LastKnown {
  const { resource, recoveryWindowDays, autoBackupEnabled, settingsMs, held, seenMs } = history;
  const { terminatedMs, life, witnesses } = history;
  const known = {
    recoveryWindowDays,
    autoBackupEnabled,
    told: timeOf(settingsMs, timeText),
    seen: timeOf(seenMs, timeText),
    terminated: timeOf(terminatedMs, timeText),
    ...(life === null ? {} : { life: lifeOf(life, resource.resourceId) }),
    ...(held === null ? {} : { held: keptSettings(held) }),
  };
  return witnesses.length === 0 ? known : { ...known, sources: witnesses };
}

/** The field `volumeGroup` of a resource, as the next report is to know it; no field where no group is known. */
export function membershipField(membership: Membership | null): { readonly volumeGroup?: GroupMembership } {
  if (membership === null) return {};
  const { groupId: resourceId, groupName: resourceName, sinceMs } = membership;
  return { volumeGroup: { resourceId, resourceName, since: timeOf(sinceMs) } };
}

function lifeOf({ createdMs, aliveMs, parents, ended }: LifeState, resourceId: string): RememberedLife {
  const terminatedBy = ended === null || ended.by === resourceId ? null : ended.by;
  return { created: timeOf(createdMs), alive: timeOf(aliveMs), parents, terminatedBy };
}
