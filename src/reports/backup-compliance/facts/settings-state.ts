import { parseInstant } from '../../../base/instants.js';
import type { ResourceRef } from '../model/backup-event.js';
import {
  type HeldSettings,
  type SettingChange,
  type SettingKind,
  type SettingValues,
  untold,
} from '../model/backup-settings.js';
import type { CorrelatedJob } from './correlate-jobs.js';
import { type ResourceHistory, later } from './resource-history.js';

/** The settings of one resource while the updates and backups of a span are replayed, from the memory on. */
export class SettingsState {
  policyId: string | null;
  readonly #history: ResourceHistory;
  #enabled: boolean | null;
  #days: number | null;
  /** Of the memory: what was told before counts no more. */
  readonly #rememberedMs: number | null;
  #toldMs: number | null;
  /** Time of the last update: a backup that began before it may tell what was set before. */
  #updatedMs: number | null;
  #protection: HeldSettings['protection'];
  #retention: HeldSettings['retention'];

  constructor(history: ResourceHistory) {
    const known = history.remembered?.lastKnown;
    this.#history = history;
    this.#enabled = known?.autoBackupEnabled ?? null;
    this.#days = known?.recoveryWindowDays ?? null;
    this.#toldMs = parseInstant(known?.told) ?? null;
    this.#rememberedMs = this.#toldMs;
    this.#protection = history.held?.protection ?? null;
    this.#retention = history.held?.retention ?? null;
    this.policyId = history.held?.policyId ?? null;
    this.#updatedMs = later(this.#protection?.sinceMs ?? null, this.#retention?.sinceMs ?? null);
  }

  get resource(): ResourceRef {
    return this.#history.resource;
  }

  get retentionDays(): number | null {
    return this.#days;
  }

  /** What a backup tells of the settings. It tells them as they were when it began. */
  hear({ kind, begin, end, startMs, endMs }: CorrelatedJob): void {
    const traits = (end ?? begin)?.traits;
    const timeMs = startMs ?? endMs;
    if (traits === undefined || timeMs === null || kind === 'restore' || kind === 'copy') return;
    const { autoBackupEnabled: enabled, recoveryWindowDays: days } = traits;
    if ((enabled ?? days) === null || timeMs < (this.#updatedMs ?? timeMs)) return;
    if ((endMs ?? timeMs) < (this.#rememberedMs ?? timeMs)) return;
    if (enabled !== null && this.#protection?.enabled !== enabled) this.#protection = null;
    if (days !== null && this.#retention?.days !== days) this.#retention = null;
    this.#enabled = enabled ?? this.#enabled;
    this.#days = days ?? this.#days;
    this.#toldMs = later(this.#toldMs, endMs ?? timeMs);
  }

  /** @returns what changes; null: nothing that was told */
  change(
    timeMs: number,
    kind: SettingKind,
    { now, before }: { readonly now: SettingValues; readonly before: SettingValues },
  ): SettingChange | null {
    const to = valuesAfter(kind, now);
    const from = {
      enabled: to.enabled === null ? null : (before.enabled ?? this.#enabled),
      retentionDays: to.retentionDays === null ? null : (before.retentionDays ?? this.#days),
      policyId: to.policyId === null && !isOver(kind) ? null : (before.policyId ?? this.policyId),
    };
    // A part of an earlier day that is read once more: what was told after it stands.
    if (timeMs >= (this.#rememberedMs ?? timeMs)) this.#set(timeMs, kind, to);
    const isSame = from.enabled === to.enabled && from.retentionDays === to.retentionDays;
    return isSame && from.policyId === to.policyId ? null : { kind, from, to, affected: null };
  }

  /** Writes into the history how it stands at the cut-off. */
  close(): void {
    const held = { protection: this.#protection, retention: this.#retention, policyId: this.policyId };
    const isHeld = held.protection !== null || held.retention !== null || held.policyId !== null;
    this.#history.held = isHeld ? held : null;
    this.#history.autoBackupEnabled = this.#enabled;
    this.#history.recoveryWindowDays = this.#days;
    this.#history.settingsMs = this.#toldMs;
  }

  #set(sinceMs: number, kind: SettingKind, { enabled, retentionDays: days, policyId }: SettingValues): void {
    const isOtherPolicy = policyId !== null && policyId !== this.policyId;
    const isOther =
      isOtherPolicy ||
      (enabled !== null && enabled !== this.#enabled) ||
      (days !== null && days !== this.#days);
    if (enabled !== null) this.#protection = { enabled, kind, sinceMs };
    if (days !== null) this.#retention = { days, sinceMs };
    else if (kind === 'deletion-canceled') this.#retention = null;
    else if (kind === 'deletion-scheduled') this.#retention = { days: null, sinceMs };
    else if (isOver(kind) || isOtherPolicy) {
      this.#retention = { days: null, sinceMs };
      this.#days = null;
    }
    this.policyId = isOver(kind) ? null : (policyId ?? this.policyId);
    this.#enabled = enabled ?? this.#enabled;
    this.#days = days ?? this.#days;
    this.#updatedMs = later(this.#updatedMs, sinceMs);
    // An update that sets what was set leaves the report as it is.
    if (isOther) this.#toldMs = later(this.#toldMs, sinceMs);
  }
}

/** Backups are not made any more: how long they are kept is not known from then on. */
function isOver(kind: SettingKind): boolean {
  return kind === 'unassigned' || kind === 'unprotected';
}

function valuesAfter(kind: SettingKind, now: SettingValues): SettingValues {
  switch (kind) {
    case 'assigned':
    case 'protected':
    case 'deletion-canceled':
      return { ...now, enabled: true };
    case 'unassigned':
    case 'unprotected':
    case 'deletion-scheduled':
      return { ...untold, enabled: false };
    case 'policy':
      return { ...untold, retentionDays: now.retentionDays };
    case 'protection-changed':
      return { ...now, enabled: null };
    case 'automatic-backup':
      return { ...now, policyId: null };
  }
}
