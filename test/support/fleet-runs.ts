import { dayMs, hourMs } from '../../src/base/time-units.js';
import { createRandom } from '../../src/demo/random.js';
import type { DailyReport, Transition } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { PolicyRule } from '../../src/reports/backup-compliance/model/policy.js';
import { parseCadence } from '../../src/reports/backup-compliance/rules/cadence.js';
import { fleetPolicies } from './fleet-members.js';
import { toRecords } from './fleet-records.js';
import { type JudgedReport, judgeDays } from './judge-day.js';
import { dayOf } from './judge.js';
import { memorySource } from './memory-source.js';
import type { ReferenceControls } from './reference-controls.js';
import type { ReferenceVerdict } from './reference-verdict.js';
import {
  type ReferenceReport,
  type ReferenceTurn,
  byIncident,
  byResource,
  referenceReports,
} from './reference-judge.js';
import type { Fleet, FleetFacts } from './simulated-fleet.js';
import { tearFacts } from './torn-facts.js';

export const lookbackDays = 7;
export const settleDelayMs = 6 * hourMs;

/** One run of the pipeline for a fleet. */
export interface Reading {
  readonly date: string;
  readonly facts: FleetFacts;
  /** Whether the source says that it could not read everything. */
  readonly isTorn: boolean;
}

export function readAll({ dates, facts }: Fleet): Reading[] {
  return dates.map((date) => ({ date, facts, isTorn: false }));
}

/** The days at these positions are read in part only. */
export function tearDays(fleet: Fleet, positions: readonly number[], seed: number): Reading[] {
  const random = createRandom(seed);
  return readAll(fleet).map((reading, position) => {
    if (!positions.includes(position)) return reading;
    const { startMs, cutOffMs } = dayOf(reading.date, fleet.timezone);
    const facts = tearFacts(fleet.facts, (ms) => ms >= startMs && ms < cutOffMs, random);
    return { ...reading, facts, isTorn: true };
  });
}

/** Runs the real pipeline, one reading after the other, into one archive. */
export async function runReadings(
  fleet: Fleet,
  readings: readonly Reading[],
): Promise<readonly JudgedReport[]> {
  const left = [...readings];
  return judgeDays(
    readings.map(({ date }) => date),
    (date) => {
      const reading = left.shift();
      if (reading?.date !== date) throw new Error(`nothing to read for ${date}`);
      const sources = [memorySource(toRecords(fleet, reading.facts), reading.isTorn ? ['it broke off'] : [])];
      return { timezone: fleet.timezone, lookbackDays, rules: { policies: fleetRules }, sources };
    },
  );
}

/**
 * What the reports say other than the reference: one line a value, because whole documents would be thousands.
 *
 * @param readings in order of their days; days of the fleet without a reading have no report
 */
export function differencesOf(
  fleet: Fleet,
  readings: readonly Reading[],
  judged: readonly JudgedReport[],
): readonly string[] {
  const byDate = new Map(readings.map((reading) => [reading.date, reading]));
  const dates = fleet.dates.map((date) => ({
    date,
    isReported: byDate.has(date),
    facts: byDate.get(date)?.facts ?? fleet.facts,
  }));
  const { timezone, members } = fleet;
  const expected = referenceReports(dates, {
    timezone,
    lookbackDays,
    settleDelayMs,
    resources: members,
  });
  const missing =
    expected.length === judged.length ? [] : [`${judged.length} reports, not ${expected.length}`];
  return [
    ...missing,
    ...judged.flatMap(({ report }, index) => differences(carriedValues(report), expected[index])),
  ];
}

function differences(value: ReferenceReport, expected: ReferenceReport | undefined): readonly string[] {
  const ours = flatten(value);
  const theirs = flatten(expected);
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((name) => ours.get(name) !== theirs.get(name))
    .map((name) => `${value.date} ${name}: ${ours.get(name)}, not ${theirs.get(name)}`);
}

function flatten(report: ReferenceReport | undefined): ReadonlyMap<string, string> {
  const { resources = {}, ...lists } = report ?? {};
  const ofResources = Object.entries(resources).flatMap(([resourceId, record]) =>
    Object.entries(record).map(([field, each]) => [`${resourceId} ${field}`, JSON.stringify(each)] as const),
  );
  const ofLists = Object.entries(lists).map(([name, each]) => [name, JSON.stringify(each)] as const);
  return new Map([...ofResources, ...ofLists]);
}

const cadences = {
  default: 'daily',
  strict: 'daily',
  weekly: 'weekly:SUN',
  workdays: 'weekdays',
  monthly: 'monthly:1',
};

/** The demands of the fleet as the configuration would have them; no rule for the default one. */
export const fleetRules = Object.values(fleetPolicies)
  .filter(({ name }) => name !== 'default')
  .map((policy): PolicyRule => {
    const { name, maxAgeHours, maxDurationHours, minRetentionDays, maxRestoreAgeDays } = policy;
    return {
      name,
      isDefault: false,
      match: { name: [`${name}_*`] },
      cadence: parseCadence(cadences[name]) ?? null,
      // The others leave it to their cadence.
      maxAgeMs: name === 'strict' ? maxAgeHours * hourMs : null,
      maxDurationMs: maxDurationHours * hourMs,
      minRetentionMs: daysToMs(minRetentionDays),
      maxRestoreAgeMs: daysToMs(maxRestoreAgeDays),
      severity: 'high',
      owner: null,
    };
  });

/** The part of a report that the reference knows. */
function carriedValues(report: DailyReport): ReferenceReport {
  const { reportDay, resources, formerResources, incidents, runningAttempts, followUp } = report;
  return {
    date: reportDay.date,
    resources: Object.fromEntries(
      resources.map((each) => [
        each.resourceId,
        {
          outcome: each.outcome,
          compliance: each.compliance,
          controls: verdictsOf(each.controls),
          attempts: each.attempts,
          lastSuccessTime: each.lastSuccessTime,
          recoveryPointAgeSeconds: each.recoveryPointAgeSeconds,
          recoveryPoints: recoveryPointsOf(each),
          lastFailure: each.lastFailure,
          lastRestoreTime: each.lastRestoreTime,
          openIncident: each.openIncident,
          lastKnown: {
            recoveryWindowDays: each.lastKnown.recoveryWindowDays,
            autoBackupEnabled: each.lastKnown.autoBackupEnabled,
            seen: each.lastKnown.seen,
          },
          consecutiveBadDays: each.consecutiveBadDays,
          badSince: each.badSince,
          firstReported: each.firstReported,
          recentOutcomes: each.recentOutcomes,
        },
      ]),
    ),
    former: formerResources
      .map(({ resourceId, lastDay, terminatedTime }) => ({
        resourceId,
        lastDay,
        terminatedTime: terminatedTime ?? '',
      }))
      .sort(byResource),
    incidents: incidents
      .map(({ resourceId, condition, state, openedAt, lastSeenAt, clearedAt }) => {
        return { resourceId, condition, state, openedAt, lastSeenAt, clearedAt };
      })
      .sort(byIncident),
    running: runningAttempts
      .filter(({ endedTime }) => endedTime === null)
      .map(({ resource, time }) => `${resource.resourceId}@${time}`)
      .sort(),
    newlyBad: turnsOf(followUp.newlyBad),
    resolved: turnsOf(followUp.resolved),
  };
}

function turnsOf(turns: readonly Transition[]): readonly ReferenceTurn[] {
  return turns
    .map(({ resourceId, outcome, compliance, badSince, badDays }) => {
      return { resourceId, outcome, compliance, badSince, badDays };
    })
    .sort(byResource);
}

function daysToMs(days: number | null): number | null {
  return days === null ? null : days * dayMs;
}

export function recoveryPointsOf({
  recoveryPoints,
}: DailyReport['resources'][number]): ReferenceVerdict['recoveryPoints'] {
  const { count, newest, oldest } = recoveryPoints ?? { count: 0, newest: null, oldest: null };
  return count > 40 ? { count: null, newest, oldest: null } : { count, newest, oldest };
}

export function verdictsOf(controls: DailyReport['resources'][number]['controls']): ReferenceControls {
  return {
    'recovery-point-age': controls['recovery-point-age'].verdict,
    'backup-succeeded': controls['backup-succeeded'].verdict,
    'no-open-incident': controls['no-open-incident'].verdict,
    retention: controls.retention.verdict,
    'protection-enabled': controls['protection-enabled'].verdict,
    duration: controls.duration.verdict,
    'no-early-deletion': controls['no-early-deletion'].verdict,
    'restore-tested': controls['restore-tested'].verdict,
  };
}
