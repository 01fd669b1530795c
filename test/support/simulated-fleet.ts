import { DateTime } from 'luxon';
import { hourMs, minuteMs } from '../../src/base/time-units.js';
import { createRandom } from '../../src/demo/random.js';
import { type Family, type FleetMember, type Habits, habitsOfFleet, memberOf } from './fleet-members.js';
import type {
  AttemptFact,
  AttemptResult,
  CreationFact,
  DeletionFact,
  NoticeFact,
  SettingFact,
  TerminationFact,
} from './reference-facts.js';

/** Days before the first report that something is known of, and more: what is older must not be read. */
const daysBefore = 9;

export interface FleetAttempt extends AttemptFact {
  /** The backup's own OCID, or the resource's. */
  readonly subjectId: string;
  /** Whether its end leaves out which resource it is of. */
  readonly isEndNameless: boolean;
}

export interface FleetFacts {
  readonly attempts: readonly FleetAttempt[];
  readonly notices: readonly NoticeFact[];
  readonly creations: readonly CreationFact[];
  readonly terminations: readonly TerminationFact[];
  readonly deletions: readonly DeletionFact[];
  readonly settings: readonly SettingFact[];
}

export interface Fleet {
  readonly seed: number;
  readonly timezone: string;
  /** Of the reports, in order. */
  readonly dates: readonly string[];
  readonly members: readonly FleetMember[];
  readonly facts: FleetFacts;
}

export interface FleetSettings {
  readonly seed: number;
  readonly timezone: string;
  /** Of the first report. */
  readonly firstDate: string;
  readonly days: number;
  /** Things that do not happen. */
  readonly without?: readonly Trait[];
}

/**
 * - `termination`: a resource is terminated on day 9
 * - `relapse`: a condition that was cleared is open again within hours
 * - `lost-end-of-own-id`: of a backup whose events have the resource's own OCID as their subject the end is never told
 */
export type Trait = 'termination' | 'relapse' | 'lost-end-of-own-id';

/** Some 29 resources of all kinds over some days: the same for the same seed. */
export function simulateFleet({ seed, timezone, firstDate, days, without = [] }: FleetSettings): Fleet {
  const first = DateTime.fromISO(firstDate, { zone: timezone });
  const calendar = Array.from({ length: daysBefore + days }, (_, index) => ({
    day: index - daysBefore,
    start: first.plus({ days: index - daysBefore }),
  }));
  const members = habitsOfFleet.map(memberOf);
  const attempts: FleetAttempt[] = [];
  const notices: NoticeFact[] = [];
  const terminations: TerminationFact[] = [];
  for (const [index, habits] of habitsOfFleet.entries()) {
    const member = members[index];
    if (member === undefined) continue;
    const story = new MemberStory(member, habits, createRandom(seed * 1000 + index), without);
    for (const { day, start } of calendar) story.live(day, start);
    attempts.push(...story.attempts);
    notices.push(...story.notices);
    terminations.push(...story.terminations);
  }
  const dates = calendar.filter(({ day }) => day >= 0).map(({ start }) => start.toFormat('yyyy-MM-dd'));
  const facts = { attempts, notices, creations: [], terminations, deletions: [], settings: [] };
  return { seed, timezone, dates, members, facts };
}

interface RunningIncident {
  readonly condition: string;
  readonly bearsOnBackups: boolean;
  readonly clearedMs: number;
}

/** What happens to one resource, day by day. */
class MemberStory {
  readonly attempts: FleetAttempt[] = [];
  readonly notices: NoticeFact[] = [];
  readonly terminations: TerminationFact[] = [];
  readonly #member: FleetMember;
  readonly #habits: Habits;
  readonly #random: () => number;
  readonly #without: readonly Trait[];
  #serial = 0;
  #incident: RunningIncident | null = null;
  /** No other condition comes so soon after one that was cleared. */
  #quietUntilMs = 0;
  #windowDays: number;
  #isAutomatic = true;

  constructor(member: FleetMember, habits: Habits, random: () => number, without: readonly Trait[]) {
    this.#without = without;
    this.#member = member;
    this.#habits = habits;
    this.#random = random;
    this.#windowDays = 25 + this.#below(10);
  }

  live(day: number, start: DateTime): void {
    const { fromDay = -Infinity, untilDay = Infinity, terminatedOn, incidents, isRestored } = this.#habits;
    const startMs = start.toMillis();
    if (day >= fromDay && day <= untilDay) {
      if (this.#chance(0.08)) this.#windowDays = 25 + this.#below(10);
      if (this.#chance(0.06)) this.#isAutomatic = !this.#isAutomatic;
      this.#backUp(day, start);
      if (isRestored && this.#chance(0.15)) this.#restore(startMs + 15 * hourMs);
      if (this.#member.family === 'volume' && this.#chance(0.3)) this.#copy(startMs + 17 * hourMs);
    }
    if (incidents !== undefined) this.#suffer(start);
    if (day === terminatedOn && !this.#isWithout('termination', day > 0)) {
      const { resourceId } = this.#member;
      this.terminations.push({ resourceId, told: this.#tell(startMs + 12 * hourMs), isDone: true });
    }
  }

  #backUp(day: number, start: DateTime): void {
    const { policy, family } = this.#member;
    const { losesEndOn, isSometimesCanceled, isNeverBackedUp } = this.#habits;
    if (isNeverBackedUp || (!policy.isDueOn(start) && !this.#chance(0.1))) return;
    let beginMs = this.#slotOf(start);
    if (day === losesEndOn && !this.#isWithout('lost-end-of-own-id', family.startsWith('autonomous'))) {
      this.#attempt('backup', beginMs, null, 'SUCCEEDED');
      return;
    }
    const results = resultsOf(this.#random(), isSometimesCanceled === true, family);
    for (const result of results) {
      const endMs = this.#endOf(beginMs, start);
      this.#attempt('backup', beginMs, endMs, result);
      beginMs = endMs + (5 + this.#below(40)) * minuteMs;
    }
  }

  #slotOf(start: DateTime): number {
    const nextMs = start.plus({ days: 1 }).toMillis();
    const jitterMs = this.#below(45) * minuteMs + this.#below(60_000);
    if (this.#habits.slot === 'over-midnight') return nextMs - hourMs + jitterMs;
    if (this.#habits.slot === 'until-midnight') return nextMs - 2 * hourMs + jitterMs;
    return start.toMillis() + this.#below(7) * hourMs + jitterMs;
  }

  #endOf(beginMs: number, start: DateTime): number {
    const nextMs = start.plus({ days: 1 }).toMillis();
    const isFirst = beginMs < nextMs;
    if (isFirst && this.#habits.slot === 'until-midnight') return nextMs - this.#below(2);
    if (isFirst && this.#habits.slot === 'over-midnight') return nextMs + (1 + this.#below(150)) * minuteMs;
    return beginMs + (3 + this.#below(80)) * minuteMs;
  }

  #restore(beginMs: number): void {
    this.#attempt('restore', beginMs, beginMs + 20 * minuteMs, this.#chance(0.7) ? 'SUCCEEDED' : 'FAILED');
  }

  #copy(beginMs: number): void {
    this.#attempt('copy', beginMs, beginMs + 30 * minuteMs, this.#chance(0.6) ? 'SUCCEEDED' : 'FAILED');
  }

  #attempt(kind: AttemptFact['kind'], beginMs: number, endMs: number | null, result: AttemptResult): void {
    const { resourceId, family } = this.#member;
    const { told = 'begin-and-end', isEndNameless = false } = this.#habits;
    const isSingle = family === 'file-system';
    const isBeginTold = kind !== 'backup' || (told === 'begin-and-end' && !isSingle);
    const createdMs = told === 'end-without-begin-time' ? null : beginMs;
    const tellsSettings = family === 'database' && kind === 'backup';
    const isOwn = kind === 'restore' || family.startsWith('autonomous');
    this.#serial += 1;
    const subjectId = isOwn
      ? resourceId
      : `ocid1.${kind}.oc1.iad.${this.#member.name.toLowerCase()}${this.#serial}`;
    this.attempts.push({
      resourceId,
      kind,
      begin: isBeginTold ? this.#tell(beginMs) : null,
      end: endMs === null ? null : this.#tell(endMs),
      createdMs: isSingle ? endMs : createdMs,
      result,
      message: result === 'FAILED' ? `reason ${this.#serial}` : null,
      recoveryWindowDays: tellsSettings ? this.#windowDays : null,
      autoBackupEnabled: tellsSettings ? this.#isAutomatic : null,
      backupId: isOwn ? null : subjectId,
      expiresMs: null,
      parentId: null,
      subjectId,
      isEndNameless: isEndNameless && kind === 'backup' && isBeginTold,
    });
  }

  /** Conditions come and go; one that is open is told of again every eight hours. */
  #suffer(start: DateTime): void {
    const startMs = start.toMillis();
    const nextMs = start.plus({ days: 1 }).toMillis();
    let ms = startMs + this.#below(8 * 60) * minuteMs;
    const isQuiet = ms < this.#quietUntilMs;
    if (this.#incident === null && !isQuiet && this.#chance(this.#habits.isNeverBackedUp ? 0.7 : 0.3)) {
      const bearsOnBackups = this.#chance(0.75);
      const condition = bearsOnBackups ? 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE' : 'HEALTH.DB_CLUSTER.DOWN';
      this.#incident = { condition, bearsOnBackups, clearedMs: ms + (2 + this.#below(80)) * hourMs };
    }
    while (this.#incident !== null && ms < nextMs) {
      const { condition, bearsOnBackups, clearedMs } = this.#incident;
      const isCleared = clearedMs <= ms;
      const { resourceId } = this.#member;
      this.notices.push({ resourceId, told: this.#tell(ms), condition, bearsOnBackups, isCleared });
      ms += 8 * hourMs;
      if (!isCleared) continue;
      this.#quietUntilMs = ms + 4 * 24 * hourMs;
      this.#incident = this.#relapses() ? { ...this.#incident, clearedMs: ms + 10 * hourMs } : null;
    }
  }

  #relapses(): boolean {
    return this.#chance(0.4) && !this.#isWithout('relapse', true);
  }

  #isWithout(trait: Trait, hasTrait: boolean): boolean {
    return hasTrait && this.#without.includes(trait);
  }

  #tell(ms: number): { readonly id: string; readonly ms: number } {
    this.#serial += 1;
    return { id: `${this.#member.name}-${this.#serial}`, ms };
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

/** The attempts of one backup window: none, one, or a second one after a first that came to nothing. */
function resultsOf(roll: number, isSometimesCanceled: boolean, family: Family): readonly AttemptResult[] {
  if (roll < 0.05) return [];
  // A snapshot of a file system is told of when it exists.
  if (family === 'file-system' || roll < 0.7) return ['SUCCEEDED'];
  if (roll < 0.77) return ['FAILED'];
  if (roll < 0.83) return ['FAILED', 'SUCCEEDED'];
  if (roll < 0.86) return ['SUCCEEDED', 'FAILED'];
  if (roll < 0.9) return ['SUCCEEDED_WITH_WARNINGS'];
  if (roll < 0.93) return ['UNKNOWN'];
  if (!isSometimesCanceled) return ['SUCCEEDED', 'SUCCEEDED'];
  return roll < 0.97 ? ['CANCELED'] : ['CANCELED', 'SUCCEEDED'];
}
