import { parseInstant } from '../../../base/instants.js';
import type { ReportDay } from '../../../model/report-day.js';
import { keyOf } from '../events/witness-sets.js';
import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import { isUnknown } from '../model/unknown-resource.js';
import type { Witness } from '../model/witness.js';
import type { DueDates } from '../rules/due.js';
import type { JudgingCase } from './judge-resource.js';

/** Resources that the same sources told of last. */
export interface DueGroup {
  /** Sources of their last success; empty: not known. */
  readonly witnesses: readonly Witness[];
  /** Those that were due on the day. */
  readonly due: number;
  /** Those that were not. */
  readonly notDue: number;
  /** Those that were due and of which nothing was heard: neither the backup that was due nor any attempt. */
  readonly unheard: number;
}

interface CountedGroup {
  readonly witnesses: readonly Witness[];
  due: number;
  notDue: number;
  unheard: number;
}

/** Counts what was due on the day, and what was not, by who told of it last. */
export class DueByWitnesses {
  readonly #day: ReportDay;
  readonly #dueDates: DueDates;
  readonly #groups = new Map<string, CountedGroup>();
  readonly #byList = new WeakMap<readonly Witness[], CountedGroup>();

  constructor(day: ReportDay, dueDates: DueDates) {
    this.#day = day;
    this.#dueDates = dueDates;
  }

  add({ resource, history, demand }: Pick<JudgingCase, 'resource' | 'history' | 'demand'>): void {
    const { witnesses, lastSuccessMs, terminatedMs, dayBackups } = history;
    if (isUnknown(resource) || terminatedMs !== null) return;
    const due = this.#dueDates.of(demand, parseInstant(resource.createdTime) ?? null);
    const group = this.#groupOf(witnesses);
    if (due === null || !due.today) {
      group.notDue += 1;
      return;
    }
    const isMet = lastSuccessMs !== null && lastSuccessMs >= due.sinceMs;
    const isHeard = isMet || dayBackups.some((job) => this.#isOfDay(job));
    group.due += 1;
    if (!isHeard) group.unheard += 1;
  }

  /** Lists are shared by most resources: the text that tells them apart is made once for each. */
  #groupOf(witnesses: readonly Witness[]): CountedGroup {
    let group = this.#byList.get(witnesses);
    if (group !== undefined) return group;
    const key = keyOf(witnesses);
    group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, (group = { witnesses, due: 0, notDue: 0, unheard: 0 }));
    this.#byList.set(witnesses, group);
    return group;
  }

  groups(): readonly DueGroup[] {
    return [...this.#groups.values()];
  }

  /** An attempt that began earlier and has no end is one of which nothing was heard on the day. */
  #isOfDay({ begin, end }: CorrelatedJob): boolean {
    const { startMs, cutOffMs } = this.#day;
    return [begin, end].some((event) => event !== null && event.timeMs >= startMs && event.timeMs < cutOffMs);
  }
}
