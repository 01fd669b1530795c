import { compareText } from '../../../base/text-order.js';
import type { ActivityClass } from '../model/activity.js';
import { type ActivityCounts, type ActivityRow, mostActivityRows } from '../model/activity-report.js';

type Tally = { -readonly [Name in keyof ActivityCounts]: ActivityCounts[Name] };

export function newActivityTally(): Tally {
  return {
    records: 0,
    succeeded: 0,
    failed: 0,
    unknown: 0,
    failedLogins: 0,
    privileged: 0,
    grants: 0,
    drops: 0,
  };
}

export function tallyActivity(tally: Tally, found: ActivityClass): void {
  tally.records += 1;
  tally[found.result] += 1;
  if (found.isFailedLogin) tally.failedLogins += 1;
  if (found.isPrivileged) tally.privileged += 1;
  if (found.isGrant) tally.grants += 1;
  if (found.isDrop) tally.drops += 1;
}

export function addActivity(tally: Tally, counts: ActivityCounts): void {
  for (const name of Object.keys(tally) as (keyof Tally)[]) tally[name] += counts[name];
}

/** Counts by a name, one row each. */
export class ActivityRows {
  readonly #rows = new Map<string, { readonly counts: Tally; others: number }>();

  add(name: string, found: ActivityClass): void {
    tallyActivity(this.#row(name).counts, found);
  }

  addRow({ name, others, ...counts }: ActivityRow): void {
    // The row of others of a day stays one of others.
    const row = this.#row(others > 0 ? '\u0000others' : name);
    addActivity(row.counts, counts);
    row.others = Math.max(row.others, others);
  }

  /** What fails and what is privileged first, then the most frequent; beyond the limit one row of all others. */
  rows(): readonly ActivityRow[] {
    const rest = this.#rows.get('\u0000others');
    const all = [...this.#rows]
      .filter(([name]) => name !== '\u0000others')
      .map(([name, { counts }]) => ({ name, others: 0, ...counts }))
      .sort(
        (a, b) =>
          b.failedLogins - a.failedLogins ||
          b.privileged - a.privileged ||
          b.drops - a.drops ||
          b.failed - a.failed ||
          b.records - a.records ||
          compareText(a.name, b.name),
      );
    const shown = all.slice(0, mostActivityRows);
    const beyond = all.slice(mostActivityRows);
    if (beyond.length === 0 && rest === undefined) return shown;
    const counts = newActivityTally();
    for (const row of beyond) addActivity(counts, row);
    if (rest !== undefined) addActivity(counts, rest.counts);
    return [...shown, { name: '', others: beyond.length + (rest?.others ?? 0), ...counts }];
  }

  #row(name: string): { readonly counts: Tally; others: number } {
    const known = this.#rows.get(name) ?? { counts: newActivityTally(), others: 0 };
    this.#rows.set(name, known);
    return known;
  }
}
