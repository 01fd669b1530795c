import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import { withoutPhase } from '../events/event-catalogue.js';
import { compareEvents } from '../events/event-order.js';
import { mergedValues } from '../events/read-settings.js';
import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import { type SettingKind, type SettingValues, settingKindOf, untold } from '../model/backup-settings.js';
import type { DayMemory } from '../model/day-memory.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import { type Operation, type SettingOf, operationsOf } from './collect-changes.js';
import { type CorrelatedJob, resourceOfJob } from './correlate-jobs.js';
import { isUnknown } from '../model/unknown-resource.js';
import { type ResourceHistory, historyOf } from './resource-history.js';
import { SettingsState } from './settings-state.js';

interface SettingsInput {
  /** Before the cut-off, oldest first. */
  readonly events: readonly BackupEvent[];
  /** Of the span. */
  readonly jobs: readonly CorrelatedJob[];
  readonly histories: Map<string, ResourceHistory>;
  /** Resources that the inventory itself names. */
  readonly expected: readonly ProtectedResource[];
  readonly memory: DayMemory | null;
  readonly day: ReportDay;
}

interface AppliedSettings {
  /** Changes that hold, by the event that ended each. */
  readonly changes: ReadonlyMap<BackupEvent, SettingOf>;
  readonly findings: readonly JudgedFinding[];
}

/** An update of settings that took effect. */
interface Update {
  readonly event: BackupEvent;
  readonly kind: SettingKind;
  readonly now: SettingValues;
  readonly before: SettingValues;
}

/**
 * Lets changes of settings hold from their time on, and what was held before until a later backup tells otherwise
 * (design section 4, "Settings"). An update that failed, or of which only the begin was seen, changes nothing; one of a
 * resource that nobody knows is a finding and makes no resource.
 */
export function applySettings(input: SettingsInput): AppliedSettings {
  const updates = updatesIn(input.events);
  const settings = new Settings(input, updates);
  settings.replay(updates);
  return { changes: settings.changes, findings: settings.findings };
}

function updatesIn(events: readonly BackupEvent[]): readonly Update[] {
  const operations = operationsOf(events.filter(({ type }) => settingKindOf(type) !== null));
  return operations.flatMap(updateOf).sort((a, b) => compareEvents(a.event, b.event));
}

function updateOf({ begin, end }: Operation): Update[] {
  const kind = end === null ? null : settingKindOf(end.type);
  if (end === null || kind === null || !isInEffect(end, kind)) return [];
  const [told, asked] = [end.settings ?? null, begin?.settings ?? null];
  const now = mergedValues(told?.now ?? untold, asked?.now ?? untold);
  return [{ event: end, kind, now, before: mergedValues(told?.before ?? untold, asked?.before ?? untold) }];
}

/** Services say CANCELED and TERMINATED of what was deleted, too. */
function isInEffect({ result }: BackupEvent, kind: SettingKind): boolean {
  const isDeletion = kind === 'unassigned' || kind === 'unprotected';
  return result.status !== 'FAILED' && (isDeletion || !/^cancel/i.test(result.state ?? ''));
}

class Settings {
  readonly changes = new Map<BackupEvent, SettingOf>();
  readonly findings: JudgedFinding[] = [];
  readonly #input: SettingsInput;
  readonly #expected: ReadonlyMap<string, ProtectedResource>;
  /** Protected databases and the like that an event of the span names with their resource, by their own id. */
  readonly #subjects = new Map<string, ResourceRef>();
  readonly #states = new Map<string, SettingsState>();

  constructor(input: SettingsInput, updates: readonly Update[]) {
    this.#input = input;
    const isNeeded = updates.length > 0;
    this.#expected = new Map((isNeeded ? input.expected : []).map((each) => [each.resourceId, each]));
    for (const { type, subjectId, resource } of isNeeded ? input.events : []) {
      const isNamed = subjectId !== null && subjectId !== resource.resourceId && !isUnknown(resource);
      if (isNamed && settingKindOf(type) !== null) this.#subjects.set(subjectId, resource);
    }
    for (const history of input.histories.values()) {
      if (history.held !== null) this.#states.set(history.resource.resourceId, new SettingsState(history));
    }
    for (const { event } of updates) this.#stateOf(event);
    for (const { event, kind } of updates) if (kind === 'policy') this.#learnAssigned(event.subjectId);
  }

  /** Backups and updates in the order of time: a backup that began after an update and tells otherwise ends it. */
  replay(updates: readonly Update[]): void {
    if (this.#states.size > 0) {
      const jobs = this.#input.jobs.filter((job) => this.#states.has(resourceOfJob(job).resourceId));
      const inOrder = [...jobs].sort((a, b) => beganMs(a) - beganMs(b));
      let next = 0;
      for (const update of updates) {
        const after = inOrder.findIndex((job, at) => at >= next && beganMs(job) > update.event.timeMs);
        const until = after < 0 ? inOrder.length : after;
        this.#hear(inOrder.slice(next, until));
        next = until;
        this.#apply(update);
      }
      this.#hear(inOrder.slice(next));
      for (const state of this.#states.values()) state.close();
    } else {
      for (const update of updates) this.#apply(update);
    }
  }

  #hear(jobs: readonly CorrelatedJob[]): void {
    for (const job of jobs) this.#states.get(resourceOfJob(job).resourceId)?.hear(job);
  }

  #apply({ event, kind, now, before }: Update): void {
    if (kind === 'policy') {
      this.#applyPolicy(event, now, before);
      return;
    }
    const state = this.#stateOf(event);
    if (state === null) {
      this.#findUnmatched(event, kind, now);
      return;
    }
    const { resource } = state;
    const change = state.change(event.timeMs, kind, { now, before });
    if (change !== null) this.changes.set(event, { change, resource });
  }

  #applyPolicy(event: BackupEvent, now: SettingValues, before: SettingValues): void {
    const { retentionDays } = now;
    if (retentionDays === null) return;
    const own = [...this.#states.values()].filter(({ policyId }) => policyId === event.subjectId);
    if (own.length === 0) {
      this.#findUnmatched(event, 'policy', now);
      return;
    }
    const earlier = new Set(own.map((state) => state.retentionDays));
    const [only = null] = earlier;
    for (const state of own) state.change(event.timeMs, 'policy', { now, before });
    const from = { ...untold, retentionDays: before.retentionDays ?? (earlier.size === 1 ? only : null) };
    if (from.retentionDays === retentionDays) return;
    const to = { ...untold, retentionDays };
    this.changes.set(event, { change: { kind: 'policy', from, to, affected: own.length }, resource: null });
  }

  /** null: nobody knows the resource. */
  #stateOf(event: BackupEvent): SettingsState | null {
    const { resourceId } = this.#resourceOf(event);
    const before = this.#states.get(resourceId);
    if (before !== undefined) return before;
    const { histories } = this.#input;
    const expected = this.#expected.get(resourceId);
    const history = histories.get(resourceId) ?? (expected && historyOf(histories, expected));
    if (history === undefined) return null;
    const state = new SettingsState(history);
    this.#states.set(resourceId, state);
    return state;
  }

  /** Whose settings they are: an event may name the protected database alone, and another one its database, too. */
  #resourceOf({ resource, subjectId }: BackupEvent): ResourceRef {
    const isNamed = resource.resourceId !== subjectId && !isUnknown(resource);
    return isNamed || subjectId === null ? resource : (this.#subjects.get(subjectId) ?? resource);
  }

  /** Who has the policy, as the inventory says. */
  #learnAssigned(policyId: string | null): void {
    const { histories } = this.#input;
    for (const resource of this.#expected.values()) {
      const { resourceId, protection } = resource;
      if (policyId === null || protection?.policyId !== policyId) continue;
      const state = this.#states.get(resourceId) ?? new SettingsState(historyOf(histories, resource));
      state.policyId ??= policyId;
      this.#states.set(resourceId, state);
    }
  }

  #findUnmatched({ resource, type, timeMs }: BackupEvent, kind: SettingKind, now: SettingValues): void {
    const { day, memory } = this.#input;
    const isTold = kind !== 'automatic-backup' || (now.enabled ?? now.retentionDays) !== null;
    const hasLeft = memory?.former.has(resource.resourceId) === true;
    if (!isTold || hasLeft || timeMs < day.startMs || timeMs >= day.cutOffMs) return;
    const { resourceName } = resource;
    this.findings.push({ kind: 'setting-unmatched', resourceName, what: withoutPhase(type.meaning) });
  }
}

function beganMs({ startMs, endMs }: CorrelatedJob): number {
  return startMs ?? endMs ?? 0;
}
