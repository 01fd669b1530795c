import fc from 'fast-check';
import { expect } from 'vitest';
import { hourMs } from '../../src/base/time-units.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type JudgedReport, fixedInventory, judge } from './judge-day.js';
import { dayOf } from './judge.js';
import { type Estate, estateDates, randomEstate } from './random-estate.js';
import type { RawEvent } from './raw-event.js';

const [date] = estateDates;
const { cutOffMs } = dayOf(date);

function timeOf(record: RawEvent): number {
  return Date.parse(String(record['eventTime']));
}

/** Written anew, not taken from the program: the end of a backup that was created before the cut-off, within 6 h. */
function isProof(record: RawEvent): boolean {
  const timeMs = timeOf(record);
  const type = String(record['eventType']);
  const details: Record<string, unknown> = Object(record.data['additionalDetails']);
  return (
    timeMs >= cutOffMs &&
    timeMs < cutOffMs + 6 * hourMs &&
    /automaticbackup\w+\.end$|createvolumebackup\.end$/.test(type) &&
    Date.parse(String(details['timeCreated'])) < cutOffMs
  );
}

function inventoryOf({ inventories }: Estate) {
  return inventories === null ? {} : { inventory: fixedInventory(inventories[date] ?? []) };
}

type Resource = DailyReport['resources'][number];

/** Without what one more running attempt may change. */
function lasting(resource: Resource): unknown {
  const { outcome: _o, compliance: _c, controls: _v, attempts: _a, findings: _f, ...rest } = resource;
  const { consecutiveBadDays: _b, badSince: _s, recentOutcomes: _r, byBackupType, ...kept } = rest;
  const left = byBackupType?.flatMap(({ type, lastSuccess }) =>
    lastSuccess === null ? [] : { type, lastSuccess },
  );
  return { ...kept, left };
}

function byId({ report }: JudgedReport): readonly Resource[] {
  return report.resources.toSorted((a, b) => (a.resourceId < b.resourceId ? -1 : 1));
}

/** All that nothing after the cut-off may change, whatever it proves. */
function untouched({ report, jobs }: JudgedReport): unknown {
  const { incidents, changes, runningAttempts, knownSince, previousReport, status, statusReasons } = report;
  const { notInInventory, excludedResources, formerResources, findings, ignoredTypes } = report;
  const population = {
    notInInventory,
    excludedResources,
    formerResources,
    resources: report.totals.expected,
  };
  const told = {
    incidents,
    changes,
    runningAttempts,
    findings,
    ignoredTypes,
    unrecognised: report.unrecognisedTypes,
  };
  const ended = jobs.filter(({ endTime, beginEventId }) => endTime !== null || beginEventId !== null);
  return { population, told, ended, knownSince, previousReport, status, statusReasons };
}

/** The whole report and its jobs, but for what counts records. */
function allBut({ report, jobs }: JudgedReport): unknown {
  const { sources: _, controlTotals: _totals, ...rest } = report;
  return { rest, jobs };
}

/**
 * Nothing that happens after the cut-off changes anything but that attempts were running.
 *
 * @returns how many attempts were proven: none would say nothing of them
 */
export async function checkAfterCutOff(numRuns: number): Promise<number> {
  let proven = 0;
  await fc.assert(
    fc.asyncProperty(randomEstate, async (estate) => {
      const settings = inventoryOf(estate);
      const before = estate.records.filter((record) => timeOf(record) < cutOffMs);
      const unproven = estate.records.filter((record) => !isProof(record));
      const alone = await judge(before, date, settings);
      const later = await judge(unproven, date, settings);
      const whole = await judge(estate.records, date, settings);

      expect(allBut(later)).toEqual(allBut(alone));
      expect(untouched(whole)).toEqual(untouched(alone));
      expect(byId(whole).map(lasting)).toEqual(byId(alone).map(lasting));
      const pairs = byId(whole).map((resource, index) => ({ resource, without: byId(alone)[index] }));
      const moved = pairs.filter(({ resource, without }) => resource.attempts !== without?.attempts);
      proven += moved.length;
      for (const { resource, without } of pairs.filter((pair) => !moved.includes(pair))) {
        expect(resource).toEqual(without);
      }
      for (const { resource, without } of moved) {
        expect(resource.attempts).toBeGreaterThan(without?.attempts ?? 0);
        expect(['IN_PROGRESS', 'UNKNOWN', without?.outcome]).toContain(resource.outcome);
      }
    }),
    { numRuns, seed: 20261119 },
  );
  return proven;
}
