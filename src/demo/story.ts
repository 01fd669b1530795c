import { DateTime } from 'luxon';
import { dateAt } from '../base/civil-dates.js';
import { minuteMs } from '../base/time-units.js';
import { azureRows } from './azure-rows.js';
import { type DemoAttempt, attemptEvents } from './backup-events.js';
import { databaseStories } from './database-stories.js';
import type { DemoEvent } from './demo-event.js';
import { type FleetResource, makeFleet } from './fleet.js';
import { createRandom } from './random.js';
import { sideEvents } from './side-events.js';

export interface DemoDay {
  /** Local date of its events. */
  readonly date: string;
  /** Lines of that day's file: events sorted by time, then what a vault of Azure told. */
  readonly lines: readonly string[];
}

const seed = 20_261_119;
const days = 14;

/** Failures, by days before the last day: the resource's name begins with `name`. */
const failures: readonly { readonly ago: number; readonly name: string; readonly reason: string }[] = [
  { ago: 12, name: 'CRMSTG', reason: 'The backup failed because the database was not in ARCHIVELOG mode.' },
  { ago: 9, name: 'ORDPRD', reason: 'The backup failed because the recovery area has no free space left.' },
  { ago: 8, name: 'mq01', reason: 'The volume was detached while its backup was being created.' },
  { ago: 5, name: 'PORTAL', reason: 'The backup did not end within the time that the service allows.' },
  { ago: 4, name: 'TAXPRD', reason: 'The agent on the database node did not answer.' },
  {
    ago: 0,
    name: 'GLPRD',
    reason: 'The backup failed because the backup destination could not be reached (RMAN-03009, ORA-19511).',
  },
  {
    ago: 0,
    name: 'crm-app02-data',
    reason: 'The volume backup could not be created: the limit of volume backups was reached.',
  },
];

/**
 * Two weeks of a fictitious company, always the same for the same last day: daily backups, and the cases that a report
 * must show: failures, one recovered the same day, a missed backup, one that runs over midnight, an open and a cleared
 * incident, a restore, copies, duplicates, events that are not about backups, a truncated line, and four machines in Azure.
 */
export function demoDays(yesterday: string, timezone: string): readonly DemoDay[] {
  const random = createRandom(seed);
  // A separate generator: adding or removing a side story leaves all other ids and times unchanged.
  const sideRandom = createRandom(seed + 1);
  const azureRandom = createRandom(seed + 2);
  const ofAzure = new Map<string, readonly string[]>();
  const fleet = makeFleet(seed);
  const events: DemoEvent[] = [];
  for (let ago = days - 1; ago >= 0; ago -= 1) {
    const midnight = DateTime.fromISO(yesterday, { zone: timezone }).minus({ days: ago });
    const day = {
      midnightMs: midnight.toMillis(),
      cutOffMs: midnight.plus({ days: 1 }).toMillis(),
      // The services make full backups on Sundays.
      full: midnight.weekday === 7,
    };
    for (const attempt of attemptsOf(fleet, ago, day, random)) {
      events.push(...attemptEvents(attempt, random));
    }
    events.push(...databaseStories(fleet, ago, day.midnightMs, random));
    events.push(...sideEvents(fleet, ago, day.midnightMs, sideRandom));
    const rows = azureRows(ago, day.midnightMs, azureRandom);
    ofAzure.set(
      midnight.toISODate() ?? '',
      rows.map((row) => JSON.stringify(row)),
    );
  }
  return toFiles(events, yesterday, timezone).map(({ date, lines }) => ({
    date,
    lines: [...lines, ...(ofAzure.get(date) ?? [])],
  }));
}

function attemptsOf(
  fleet: readonly FleetResource[],
  ago: number,
  {
    midnightMs,
    cutOffMs,
    full,
  }: { readonly midnightMs: number; readonly cutOffMs: number; readonly full: boolean },
  random: () => number,
): DemoAttempt[] {
  const attempts: DemoAttempt[] = [];
  for (const resource of fleet) {
    // The missed one: it ran every day before, and nobody switched it off on purpose.
    if (ago === 0 && resource.name === 'wiki01-data') continue;
    const overMidnight = resource.name.startsWith('ARCHIVE23');
    const startMs = midnightMs + (resource.startMinute + random() * 10) * minuteMs;
    const endMs = startMs + resource.minutes * (0.8 + random() * 0.4) * minuteMs;
    const failure = failures.find((each) => each.ago === ago && resource.name.startsWith(each.name));
    const attempt = { resource, startMs, endMs, failure: failure?.reason ?? null, manual: false, full };
    attempts.push(overMidnight ? lateAttempt(attempt, ago, cutOffMs) : attempt);
    // Recovered: HRPRD failed in the night of the last day and succeeded two hours later.
    if (ago === 0 && resource.name.startsWith('HRPRD')) {
      attempts.pop();
      const reason = 'The backup failed because the database was restarted while it ran.';
      attempts.push({ ...attempt, failure: reason });
      attempts.push({ ...attempt, startMs: endMs + 95 * minuteMs, endMs: endMs + 130 * minuteMs });
    }
    if (resource.kind === 'database' && random() < 0.05 && ago > 0) {
      const manualMs = midnightMs + (9 + random() * 8) * 60 * minuteMs;
      attempts.push({
        resource,
        startMs: manualMs,
        endMs: manualMs + 25 * minuteMs,
        failure: null,
        manual: true,
        full: true,
      });
    }
  }
  return attempts;
}

/**
 * Started at ten to midnight; on the last day its end lies in the future. Counted back from the cut-off, because a day
 * on which clocks change has 23 or 25 hours.
 */
function lateAttempt(attempt: DemoAttempt, ago: number, cutOffMs: number): DemoAttempt {
  const startMs = cutOffMs - 10 * minuteMs;
  return { ...attempt, startMs, endMs: ago === 0 ? null : startMs + 50 * minuteMs };
}

/** By local date of the event, as an exporter would split them, with errors that occur on the way. */
function toFiles(events: readonly DemoEvent[], yesterday: string, timezone: string): readonly DemoDay[] {
  const byDate = new Map<string, string[]>();
  for (const { timeMs, event } of [...events].sort((a, b) => a.timeMs - b.timeMs)) {
    const date = dateAt(timeMs, timezone);
    const lines = byDate.get(date) ?? [];
    lines.push(JSON.stringify(event));
    byDate.set(date, lines);
  }
  const dates = [...byDate.keys()].filter((date) => date <= yesterday);
  return dates.map((date, index) => {
    const lines = byDate.get(date) ?? [];
    const tenth = lines[9];
    // Delivered twice: streaming guarantees at-least-once delivery.
    const delivered = index % 3 === 0 && tenth !== undefined ? [...lines, tenth] : lines;
    if (index !== 2) return { date, lines: delivered };
    const cutOff = delivered[20]?.slice(0, 300) ?? '{';
    return { date, lines: [...delivered, cutOff] };
  });
}
