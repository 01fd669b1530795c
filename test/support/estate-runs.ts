import type { ProtectedResource } from '../../src/model/protected-resource.js';
import type { Inventory } from '../../src/ports/inventory.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { ResourceCompliance } from '../../src/reports/backup-compliance/model/resource-compliance.js';
import type { Family, FleetMember } from './fleet-members.js';
import { untrueSentences } from './green-claims.js';
import { toRecords } from './fleet-records.js';
import { fleetRules, lookbackDays, recoveryPointsOf, settleDelayMs, verdictsOf } from './fleet-runs.js';
import { type JudgedReport, fixedInventory, judgeDays } from './judge-day.js';
import { iso, isoOrNull } from './reference-facts.js';
import { type ReferenceRecord, type ReferenceReport, referenceReports } from './reference-judge.js';
import { type EstateSettings, simulateEstate } from './simulated-estate.js';
import type { Fleet } from './simulated-fleet.js';

/** What is wrong with the reports of an estate, the first of it: nothing, if each list is empty. */
export async function checkEstate(settings: EstateSettings) {
  const { skipped = [] } = settings;
  const estate = simulateEstate(settings);
  const judged = await runEstate(estate, skipped);
  const differences = estateDifferences(judged, referenceOf(estate, skipped));
  const untrue = judged.flatMap(({ report }) => untrueSentences(estate, report));
  return {
    differences: differences.slice(0, 5).map((each) => inWords(estate, each)),
    untrue: untrue.slice(0, 10),
    statusReasons: judged.flatMap(({ report }) => report.statusReasons).slice(0, 5),
  };
}

/** Runs the real pipeline for the days of an estate, but for those at some positions. */
export async function runEstate(estate: Fleet, skipped: readonly number[]): Promise<readonly JudgedReport[]> {
  const { timezone, members } = estate;
  const records = toRecords(estate, estate.facts);
  const listed = members.filter(({ presence }) => presence === 'listed');
  return judgeDays(datesWithout(estate, skipped), (date) => ({
    timezone,
    lookbackDays,
    records,
    rules: { policies: fleetRules },
    ...(listed.length === 0 ? {} : { inventory: inventoryOf(listed, date) }),
  }));
}

/** What the reports of an estate must say. */
export function referenceOf(estate: Fleet, skipped: readonly number[]): readonly ReferenceReport[] {
  const { timezone, members, facts } = estate;
  const reported = datesWithout(estate, skipped);
  const dates = estate.dates.map((date) => ({ date, isReported: reported.includes(date), facts }));
  return referenceReports(dates, { timezone, lookbackDays, settleDelayMs, resources: members });
}

function datesWithout({ dates }: Fleet, skipped: readonly number[]): readonly string[] {
  return dates.filter((_, position) => !skipped.includes(position));
}

function inventoryOf(listed: readonly FleetMember[], date: string): Inventory {
  const isThere = ({ unlistedFrom }: FleetMember): boolean => unlistedFrom === null || date < unlistedFrom;
  return fixedInventory(listed.filter(isThere).map(asListed));
}

/** Of the resources of each family. */
export const typeOfFamily: Readonly<Record<Family, string>> = {
  database: 'database',
  autonomous: 'autonomous-database',
  'autonomous-by-call': 'autonomous-database',
  volume: 'volume',
  'boot-volume': 'boot-volume',
  'volume-group': 'volume-group',
  mysql: 'mysql-db-system',
  'file-system': 'file-system',
};

function asListed({ resourceId, family, name, createdMs, groupId }: FleetMember): Partial<ProtectedResource> {
  const listed = {
    resourceId,
    resourceType: typeOfFamily[family],
    resourceName: name,
    createdTime: isoOrNull(createdMs),
    memberOf: groupId,
  };
  return listed;
}

/** A value of a resource on a day that the report and the reference say other things of. */
export interface Difference {
  readonly date: string;
  readonly resourceId: string;
  readonly field: string;
  readonly reference: string;
  readonly report: string;
}

export function estateDifferences(
  judged: readonly JudgedReport[],
  expected: readonly ReferenceReport[],
): readonly Difference[] {
  if (judged.length !== expected.length) {
    throw new Error(`${judged.length} reports, where ${expected.length} days were to be judged`);
  }
  return judged.flatMap(({ report }, position) => differencesOfDay(report, expected[position]));
}

function differencesOfDay(
  { reportDay: { date }, resources }: DailyReport,
  expected: ReferenceReport | undefined,
): readonly Difference[] {
  const ours = new Map(resources.map((each) => [each.resourceId, valuesOf(each)]));
  const theirs = new Map(
    Object.entries(expected?.resources ?? {}).map(([id, record]) => [id, valuesOfReference(record)]),
  );
  const ids = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return ids.flatMap((resourceId) => {
    const [report, reference] = [ours.get(resourceId), theirs.get(resourceId)];
    if (report === undefined || reference === undefined) {
      return [
        {
          date,
          resourceId,
          field: 'population',
          reference: presenceOf(reference),
          report: presenceOf(report),
        },
      ];
    }
    return Object.keys(reference)
      .map((field) => ({
        date,
        resourceId,
        field,
        reference: String(reference[field]),
        report: String(report[field]),
      }))
      .filter((each) => each.reference !== each.report);
  });
}

function presenceOf(values: object | undefined): string {
  return values === undefined ? 'is not in it' : JSON.stringify(values);
}

function pointsInWords({ count, newest, oldest }: ReferenceRecord['recoveryPoints']): Values {
  return { recoveryPoints: count, newestPoint: newest, oldestPoint: oldest };
}

type Values = Readonly<Record<string, string | number | null>>;

function valuesOf(resource: ResourceCompliance): Values {
  const { outcome, compliance, attempts, lastSuccessTime, recoveryPointAgeSeconds } = resource;
  return {
    outcome,
    compliance,
    ...verdictsOf(resource.controls),
    attempts,
    lastSuccessTime,
    recoveryPointAgeSeconds: recoveryPointAgeSeconds === null ? null : Math.round(recoveryPointAgeSeconds),
    ...pointsInWords(recoveryPointsOf(resource)),
    lastRestoreTime: resource.lastRestoreTime,
    openSince: resource.openIncident?.since ?? null,
  };
}

function valuesOfReference(record: ReferenceRecord): Values {
  const { outcome, compliance, controls, attempts, lastSuccessTime, recoveryPointAgeSeconds } = record;
  return {
    outcome,
    compliance,
    ...controls,
    attempts,
    lastSuccessTime,
    recoveryPointAgeSeconds,
    ...pointsInWords(record.recoveryPoints),
    lastRestoreTime: record.lastRestoreTime,
    openSince: record.openIncident?.since ?? null,
  };
}

/** A difference, and what was told of the resource in the ten days before and the day after, a line each. */
export function inWords(estate: Fleet, difference: Difference): string {
  const { date, resourceId, field, reference, report } = difference;
  const member = estate.members.find((each) => each.resourceId === resourceId);
  const about = `${member?.policy.name} ${member?.presence} created ${isoOrNull(member?.createdMs ?? null)}`;
  const head = `${date} ${resourceId} (${about}) ${field}: reference ${reference}, report ${report}`;
  const from = Date.parse(`${date}T00:00:00Z`) - 10 * 86_400_000;
  const lines = linesOf(estate, member)
    .filter(({ ms }) => ms >= from && ms < from + 13 * 86_400_000)
    .sort((a, b) => a.ms - b.ms)
    .map(({ ms, words }) => `    ${iso(ms)} ${words}`);
  return [head, ...lines].join('\n');
}

function linesOf(
  { facts }: Fleet,
  member: FleetMember | undefined,
): readonly { readonly ms: number; readonly words: string }[] {
  const own = facts.attempts.filter(
    ({ resourceId }) => resourceId === member?.resourceId || resourceId === member?.groupId,
  );
  const parents = new Set(own.map(({ parentId }) => parentId));
  const isAbout = ({ resourceId }: { readonly resourceId: string }): boolean =>
    resourceId === member?.resourceId || resourceId === member?.groupId || parents.has(resourceId);
  return [
    ...own.flatMap(({ kind, begin, end, createdMs, result, backupId, resourceId }) => {
      const of = `${kind} ${backupId ?? ''} ${resourceId === member?.groupId ? 'of the group ' : ''}`;
      const created = createdMs === null ? '' : `, created ${iso(createdMs)}`;
      return [
        ...(begin === null ? [] : [{ ms: begin.ms, words: `${of}begins` }]),
        ...(end === null ? [] : [{ ms: end.ms, words: `${of}ends ${result}${created}` }]),
      ];
    }),
    ...facts.terminations.filter(isAbout).map(({ told, isDone, resourceId }) => ({
      ms: told.ms,
      words: `${resourceId} ends${endingOf(isDone)}`,
    })),
    ...facts.deletions.filter(isAbout).map(({ told, isDone, backupId }) => ({
      ms: told.ms,
      words: `${backupId} is deleted${endingOf(isDone)}`,
    })),
    ...facts.settings.filter(isAbout).map(({ told, isDone, recoveryWindowDays, autoBackupEnabled }) => ({
      ms: told.ms,
      words: `window ${recoveryWindowDays}, automatic ${autoBackupEnabled}${endingOf(isDone)}`,
    })),
    ...facts.notices
      .filter(isAbout)
      .map(({ told, isCleared }) => ({ ms: told.ms, words: isCleared ? 'cleared' : 'critical' })),
  ];
}

function endingOf(isDone: boolean): string {
  return isDone ? '' : ' (came to nothing)';
}
