import type { DateTime } from 'luxon';
import { dayMs, hourMs, minuteMs } from '../../src/base/time-units.js';
import type { Dice, EstateMember } from './estate-members.js';
import { beginOfWindow, endOfAttempt, resultsOfWindow } from './estate-windows.js';
import type {
  AttemptFact,
  AttemptResult,
  CreationFact,
  DeletionFact,
  NoticeFact,
  SettingFact,
  TerminationFact,
  Told,
} from './reference-facts.js';
import type { FleetAttempt, FleetFacts } from './simulated-fleet.js';

const failure = 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE';

/** What happens to one resource of an estate, day by day. */
export class EstateStory implements FleetFacts {
  readonly attempts: FleetAttempt[] = [];
  readonly notices: NoticeFact[] = [];
  readonly creations: CreationFact[] = [];
  readonly terminations: TerminationFact[] = [];
  readonly deletions: DeletionFact[] = [];
  readonly settings: SettingFact[] = [];
  readonly #member: EstateMember;
  readonly #dice: Dice;
  /** What is older is known to nobody: it is not deleted. */
  readonly #knownSinceMs: number;
  readonly #deleted = new Set<string>();
  #serial = 0;
  #windowDays = 20;
  #isAutomatic = true;
  #openUntilMs: number | null = null;
  #quietUntilMs = 0;
  /** The DB system that it is in. */
  #parentId: string | null = null;

  constructor(member: EstateMember, knownSinceMs: number, dice: Dice) {
    this.#member = member;
    this.#knownSinceMs = knownSinceMs;
    this.#dice = dice;
    const { resourceId, bornMs } = member;
    if (bornMs !== null) this.creations.push({ resourceId, told: this.#tell(bornMs) });
  }

  live(day: number, start: DateTime): void {
    const { fromDay, untilDay, lifeEnd, isRestored, hasIncidents, parentId, moved, family } = this.#member;
    this.#parentId = moved !== null && day < moved.on ? moved.fromId : parentId;
    const startMs = start.toMillis();
    if (day < fromDay) return;
    const isGone = this.#isGone(day);
    const endMs = day === lifeEnd?.day ? startMs + (12 * 60 + this.#dice.below(600)) * minuteMs : null;
    if (!isGone && day <= untilDay) {
      this.#backUp(start, endMs);
      if (isRestored && this.#dice.chance(0.1)) this.#restore(startMs + 11 * hourMs);
      if (family === 'volume' && this.#dice.chance(0.1)) this.#copy(startMs + 11 * hourMs);
    }
    if (day === lifeEnd?.againOn && lifeEnd.isDone)
      this.#attempt(startMs + 9 * hourMs, startMs + 10 * hourMs, 'SUCCEEDED');
    const wasDeleted = !isGone && this.#deleteBackups(startMs + 16 * hourMs);
    if (!isGone && !wasDeleted) this.#change(startMs + 20 * hourMs);
    if (hasIncidents && !isGone) this.#suffer(startMs);
    if (endMs !== null) this.#end(endMs);
    if (day === moved?.endedOn) {
      this.terminations.push({
        resourceId: moved.fromId,
        told: this.#tell(startMs + 13 * hourMs),
        isDone: true,
      });
    }
  }

  /** From the evening of its end on, until it is backed up again. */
  #isGone(day: number): boolean {
    const { lifeEnd } = this.#member;
    if (lifeEnd === null || !lifeEnd.isDone || day <= lifeEnd.day) return false;
    return lifeEnd.againOn === null || day <= lifeEnd.againOn;
  }

  #end(endMs: number): void {
    const { resourceId, parentId, lifeEnd } = this.#member;
    if (lifeEnd === null) return;
    const isParents = lifeEnd.of === 'its-system' && parentId !== null;
    // All that are in the system hear of one event.
    const told = isParents
      ? { id: `${parentId}-end`, ms: Math.ceil(endMs / dayMs) * dayMs - 11 * hourMs }
      : this.#tell(endMs);
    this.terminations.push({ resourceId: isParents ? parentId : resourceId, told, isDone: lifeEnd.isDone });
    const beginMs = endMs - 50 * minuteMs;
    if (lifeEnd.running === 'hangs') this.#attempt(beginMs, null, 'SUCCEEDED');
    if (lifeEnd.running === 'ends-later') this.#attempt(beginMs, endMs + 11 * hourMs, 'SUCCEEDED');
  }

  /** @param endMs when the resource is terminated on that day; null: it is not */
  #backUp(start: DateTime, endMs: number | null): void {
    const { policy, family, diligence, slot } = this.#member;
    const isDue = policy.isDueOn(start);
    if (!this.#dice.chance(isDue ? diligence : diligence / 10)) return;
    if (endMs !== null && this.#member.lifeEnd?.isDone === true && slot !== 'by-day') return;
    let beginMs = beginOfWindow(this.#member, start, this.#dice);
    const isHanging = !family.startsWith('autonomous') && family !== 'file-system' && this.#dice.chance(0.03);
    if (isHanging) {
      this.#attempt(beginMs, null, 'SUCCEEDED');
      if (this.#dice.chance(0.4)) this.#attempt(beginMs + 5 * minuteMs, beginMs + 15 * minuteMs, 'CANCELED');
      return;
    }
    for (const result of resultsOfWindow(this.#member, this.#dice)) {
      const backupEndMs = endOfAttempt(this.#member, { beginMs, start }, this.#dice);
      this.#attempt(beginMs, backupEndMs, result);
      beginMs = backupEndMs + (5 + this.#dice.below(40)) * minuteMs;
    }
  }

  #restore(beginMs: number): void {
    const isGood = this.#dice.chance(0.7);
    this.#attempt(beginMs, beginMs + 20 * minuteMs, isGood ? 'SUCCEEDED' : 'FAILED', 'restore');
  }

  #copy(beginMs: number): void {
    this.#attempt(beginMs, beginMs + 20 * minuteMs, this.#dice.chance(0.7) ? 'SUCCEEDED' : 'FAILED', 'copy');
  }

  #attempt(
    beginMs: number,
    endMs: number | null,
    result: AttemptResult,
    kind: AttemptFact['kind'] = 'backup',
  ): void {
    const { resourceId, family, told, name, expiresAfterHours } = this.#member;
    const isBackup = kind === 'backup';
    const isSnapshot = family === 'file-system';
    const isBeginTold = !isBackup || told === 'begin-and-end' || endMs === null;
    const tellsSettings = family === 'database' && isBackup;
    const hasOwnId = isBackup && !family.startsWith('autonomous');
    this.#serial += 1;
    const backupId = hasOwnId ? `ocid1.backup.oc1.iad.${name.replace('_', '')}x${this.#serial}` : null;
    this.attempts.push({
      resourceId,
      kind,
      begin: isBeginTold ? this.#tell(beginMs) : null,
      end: endMs === null ? null : this.#tell(endMs),
      createdMs: isSnapshot ? endMs : told === 'end-without-begin-time' ? null : beginMs,
      result,
      message: result === 'FAILED' ? `reason ${this.#serial}` : null,
      recoveryWindowDays: tellsSettings ? this.#windowDays : null,
      autoBackupEnabled: tellsSettings ? this.#isAutomatic : null,
      backupId,
      expiresMs:
        endMs === null || !isBackup || expiresAfterHours === null ? null : endMs + expiresAfterHours * hourMs,
      parentId: this.#parentId,
      subjectId:
        backupId ?? (kind === 'copy' ? `ocid1.volumebackup.oc1.iad.${name}c${this.#serial}` : resourceId),
      isEndNameless: false,
    });
  }

  /** @returns whether anything was */
  #deleteBackups(ms: number): boolean {
    const { deletions, purges, resourceId, family } = this.#member;
    const isPurge = this.#dice.chance(purges);
    if (!isPurge && !this.#dice.chance(deletions)) return false;
    if (family.startsWith('autonomous')) {
      this.deletions.push({ resourceId, backupId: null, told: this.#tell(ms), isDone: true });
      return true;
    }
    // Of the ones that are older than the newest 30 it may not be known any more that they were.
    const known = this.attempts
      .filter(
        ({ kind, end }) => kind === 'backup' && end !== null && end.ms < ms && end.ms >= this.#knownSinceMs,
      )
      .flatMap(({ backupId }) => (backupId === null || this.#deleted.has(backupId) ? [] : backupId))
      .slice(-30);
    const chosen = isPurge ? known : this.#dice.chance(0.5) ? known.slice(-1) : known.slice(0, 1);
    for (const [index, backupId] of chosen.entries()) {
      const isDone = isPurge || family === 'file-system' || this.#dice.chance(0.85);
      if (isDone) this.#deleted.add(backupId);
      this.deletions.push({ resourceId, backupId, told: this.#tell(ms + index * 1000), isDone });
    }
    return chosen.length > 0;
  }

  /** An update makes no resource: what nobody knows yet has none that counts. */
  #isKnownBefore(ms: number): boolean {
    const isKnown = (told: Told | null): boolean =>
      told !== null && told.ms >= this.#knownSinceMs && told.ms < ms;
    return (
      this.#member.presence === 'listed' ||
      this.attempts.some(({ begin, end }) => isKnown(begin) || isKnown(end))
    );
  }

  /** An update of the resource, or of what is assigned to it. */
  #change(ms: number): void {
    const { changesSettings, resourceId, family } = this.#member;
    if (!changesSettings || !this.#dice.chance(0.1) || !this.#isKnownBefore(ms)) return;
    const told = this.#tell(ms);
    if (family === 'volume') {
      const autoBackupEnabled = this.#dice.chance(0.5);
      this.settings.push({ resourceId, told, isDone: true, recoveryWindowDays: null, autoBackupEnabled });
    }
    if (family !== 'database') return;
    const recoveryWindowDays = this.#dice.chance(0.5) ? 5 + this.#dice.below(35) : null;
    const autoBackupEnabled = recoveryWindowDays === null ? !this.#isAutomatic : null;
    const isDone = this.#dice.chance(0.75);
    this.settings.push({ resourceId, told, isDone, recoveryWindowDays, autoBackupEnabled });
    if (!isDone) return;
    this.#windowDays = recoveryWindowDays ?? this.#windowDays;
    this.#isAutomatic = autoBackupEnabled ?? this.#isAutomatic;
  }

  /** A condition comes and goes; one that is open is told of again every eight hours. */
  #suffer(startMs: number): void {
    const { resourceId } = this.#member;
    let ms = startMs + this.#dice.below(7 * 60) * minuteMs;
    if (this.#openUntilMs === null) {
      if (ms < this.#quietUntilMs || !this.#dice.chance(0.15)) return;
      this.#openUntilMs = ms + (2 + this.#dice.below(80)) * hourMs;
    }
    for (let notice = 0; notice < 3 && this.#openUntilMs !== null; notice += 1, ms += 8 * hourMs) {
      const isCleared = this.#openUntilMs <= ms;
      const told = this.#tell(ms);
      this.notices.push({ resourceId, told, condition: failure, bearsOnBackups: true, isCleared });
      if (!isCleared) continue;
      this.#openUntilMs = null;
      this.#quietUntilMs = ms + 3 * dayMs;
    }
  }

  #tell(ms: number): Told {
    this.#serial += 1;
    return { id: `${this.#member.name}-${this.#serial}`, ms };
  }
}
