import type { DateTime } from 'luxon';
import { hourMs } from '../../src/base/time-units.js';
import { type Family, type FleetMember, type fleetPolicies, memberOf } from './fleet-members.js';

/** How the life of a resource ends. */
export interface LifeEnd {
  /** Counted from the first report's, which is 0. */
  readonly day: number;
  readonly of: 'itself' | 'its-system';
  /** Whether it was carried out. */
  readonly isDone: boolean;
  /** What is running then: nothing, an attempt that is never heard of again, or one that ends in the night. */
  readonly running: 'nothing' | 'hangs' | 'ends-later';
  /** Backed up again on that day; null: never. */
  readonly againOn: number | null;
}

/** From one DB system to another, and when the first one ends. */
export interface Move {
  readonly fromId: string;
  readonly on: number;
  readonly endedOn: number;
}

/** What a resource of an estate is like. Days are counted from the first report's, which is 0. */
export interface EstateMember extends FleetMember {
  readonly told: 'begin-and-end' | 'end' | 'end-without-begin-time';
  readonly slot: 'by-day' | 'over-midnight' | 'until-midnight';
  readonly fromDay: number;
  readonly untilDay: number;
  readonly lifeEnd: LifeEnd | null;
  /** When an event tells that it was created; null: none does. */
  readonly bornMs: number | null;
  /** How often a backup of it is deleted, a day. */
  readonly deletions: number;
  /** How often all of them are deleted at once, a day. */
  readonly purges: number;
  readonly expiresAfterHours: number | null;
  readonly changesSettings: boolean;
  readonly hasIncidents: boolean;
  readonly isRestored: boolean;
  readonly parentId: string | null;
  /** Where it was before: another DB system, which ends later. */
  readonly moved: Move | null;
  /** How much of what is due is attempted. */
  readonly diligence: number;
}

const families: readonly Family[] = [
  'database',
  'database',
  'database',
  'autonomous',
  'autonomous-by-call',
  'volume',
  'volume',
  'boot-volume',
  'mysql',
  'file-system',
];

export interface Dice {
  readonly chance: (probability: number) => boolean;
  readonly below: (limit: number) => number;
  readonly oneOf: <T>(list: readonly T[]) => T;
}

export function diceOf(random: () => number): Dice {
  return {
    chance: (probability) => random() < probability,
    below: (limit) => Math.floor(random() * limit),
    oneOf: (list) => {
      const one = list[Math.floor(random() * list.length)];
      if (one === undefined) throw new Error('a list without anything to draw');
      return one;
    },
  };
}

export interface EstatePlan {
  /** Whether an inventory names the resources. */
  readonly isListed: boolean;
  /** Whether every day has a report, so that what changed in the inventory is read on its day. */
  readonly isEveryDayRun: boolean;
  readonly first: DateTime;
  readonly days: number;
  /** Resources beside those of a DB system and of a volume group. */
  readonly singles: number;
}

/** The resources of an estate: some by themselves, three in one DB system, and a volume group with its members. */
export function drawMembers(plan: EstatePlan, dice: Dice): readonly EstateMember[] {
  const singles = Array.from({ length: plan.singles }, (_, index) => drawSingle(index, plan, dice));
  return [...singles, ...drawSystem(plan, dice), ...drawGroup(plan, dice)];
}

function drawSingle(index: number, plan: EstatePlan, dice: Dice): EstateMember {
  const family = dice.oneOf(families);
  const policy = dice.chance(0.6)
    ? 'default'
    : dice.oneOf(['weekly', 'monthly', 'workdays', 'strict'] as const);
  const member = plainMember(`${policy}_${index}`, family, policy, plan);
  const fromDay = dice.chance(0.2) ? 1 + dice.below(plan.days) : -9;
  const hasOwnIds = !family.startsWith('autonomous');
  const isSnapshot = family === 'file-system';
  const createdMs = plan.isListed ? drawCreation(fromDay, plan, dice) : null;
  return {
    ...member,
    told: isSnapshot
      ? 'end'
      : dice.oneOf(['begin-and-end', 'begin-and-end', 'end', 'end-without-begin-time']),
    slot: isSnapshot ? 'by-day' : dice.oneOf(['by-day', 'by-day', 'over-midnight', 'until-midnight']),
    fromDay,
    untilDay: dice.chance(0.1) ? dice.below(plan.days) : Infinity,
    createdMs,
    unlistedFrom: drawUnlisting(plan, dice),
    bornMs: createdMs === null && fromDay >= 0 && dice.chance(0.6) ? bornBefore(fromDay, plan, dice) : null,
    lifeEnd: dice.chance(0.35) ? drawEnd(plan, dice, hasOwnIds && !isSnapshot) : null,
    deletions: dice.chance(0.3) ? 0.2 : 0,
    purges: hasOwnIds && dice.chance(0.1) ? 0.06 : 0,
    expiresAfterHours: hasOwnIds && !isSnapshot && dice.chance(0.15) ? 20 + dice.below(60) : null,
    changesSettings: dice.chance(0.4),
    hasIncidents: member.isDatabase && dice.chance(0.3),
    isRestored: member.isDatabase && dice.chance(0.4),
    diligence: dice.chance(0.1) ? 0 : 0.94,
  };
}

function plainMember(
  name: string,
  family: Family,
  policy: keyof typeof fleetPolicies,
  { isListed }: EstatePlan,
): EstateMember {
  return {
    ...memberOf({ name, family, policy }),
    presence: isListed ? 'listed' : 'observed',
    told: 'begin-and-end',
    slot: 'by-day',
    fromDay: -9,
    untilDay: Infinity,
    lifeEnd: null,
    bornMs: null,
    deletions: 0,
    purges: 0,
    expiresAfterHours: null,
    changesSettings: false,
    hasIncidents: false,
    isRestored: false,
    parentId: null,
    moved: null,
    diligence: 0.94,
  };
}

/** The first date on which the inventory does not list it any more. */
function drawUnlisting({ isListed, isEveryDayRun, first, days }: EstatePlan, dice: Dice): string | null {
  const date = first.plus({ days: 3 + dice.below(days - 3) }).toFormat('yyyy-MM-dd');
  return isListed && isEveryDayRun && dice.chance(0.15) ? date : null;
}

/** In the morning of its first day; unknown; or days too late, which its attempts contradict. */
function drawCreation(fromDay: number, { first }: EstatePlan, dice: Dice): number | null {
  if (dice.chance(0.25)) return null;
  const lateDays = dice.chance(0.15) ? 3 : 0;
  if (fromDay < 0) return first.minus({ days: 40 - lateDays }).toMillis();
  return bornBefore(fromDay + lateDays, { first }, dice);
}

function bornBefore(fromDay: number, { first }: Pick<EstatePlan, 'first'>, dice: Dice): number {
  return first.plus({ days: fromDay }).toMillis() - dice.below(30) * hourMs;
}

function drawEnd({ days }: EstatePlan, dice: Dice, mayRun: boolean): LifeEnd {
  const day = dice.below(days);
  return {
    day,
    of: 'itself',
    isDone: dice.chance(0.7),
    running: mayRun ? dice.oneOf(['nothing', 'nothing', 'hangs', 'ends-later']) : 'nothing',
    againOn: dice.chance(0.3) ? day + 1 + dice.below(4) : null,
  };
}

/** Three databases of one DB system, which ends; one of them may be backed up again. */
function drawSystem(plan: EstatePlan, dice: Dice): readonly EstateMember[] {
  const parentId = 'ocid1.dbsystem.oc1.iad.system1';
  const end = drawEnd(plan, dice, false);
  return [0, 1, 2].map((index): EstateMember => ({
    ...plainMember(`sys_${index}`, 'database', 'default', plan),
    slot: dice.oneOf(['by-day', 'over-midnight']),
    parentId,
    moved: index === 2 ? drawMove(plan, dice) : null,
    lifeEnd: { ...end, of: 'its-system', againOn: index === 0 ? end.againOn : null },
    deletions: 0.05,
  }));
}

/** It ends after the move, or before: then a backup that begins later refutes it. */
function drawMove({ days }: EstatePlan, dice: Dice): Move {
  const on = dice.below(days);
  return { fromId: 'ocid1.dbsystem.oc1.iad.system2', on, endedOn: on + dice.below(9) - 3 };
}

/** A volume group and, where an inventory tells of membership, its members. */
function drawGroup(plan: EstatePlan, dice: Dice): readonly EstateMember[] {
  const plain = plainMember('grp', 'volume-group', 'default', plan);
  const group: EstateMember = {
    ...plain,
    presence: plan.isListed && dice.chance(0.5) ? 'unlisted' : plain.presence,
    slot: dice.oneOf(['by-day', 'over-midnight']),
    told: dice.oneOf(['begin-and-end', 'end']),
    fromDay: dice.chance(0.3) ? 3 : -9,
    lifeEnd: dice.chance(0.3) ? { ...drawEnd(plan, dice, false), isDone: true } : null,
    deletions: 0.1,
  };
  if (!plan.isListed) return [group];
  const members = [0, 1, 2].map((index): EstateMember => ({
    ...plainMember(`part_${index}`, 'volume', 'default', plan),
    groupId: group.resourceId,
    createdMs: index === 2 ? plan.first.plus({ days: 6, hours: 3 }).toMillis() : null,
    fromDay: index === 2 ? 6 : -9,
    diligence: index === 0 ? 0 : 0.1,
  }));
  return [group, ...members];
}
