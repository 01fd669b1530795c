import type { ReportDay } from '../../../model/report-day.js';
import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import { isNamedOnly } from '../model/named-resource.js';
import { isUnknown } from '../model/unknown-resource.js';
import { type CorrelatedJob, jobOf, jobOfUnknown, resourceOfJob } from './correlate-jobs.js';
import type { KnownNames } from './known-names.js';
import { withResource } from './with-resource.js';

/** A name that events of the day have and that two or more resources are known by. */
export interface UndecidedName {
  /** As the event writes it. */
  readonly resourceName: string;
  readonly candidates: readonly ResourceRef[];
}

/** Jobs and events of the day whose name is not decided count for nobody. */
export class NameResolution {
  readonly #names: KnownNames;
  readonly #day: ReportDay;
  readonly #undecided = new Map<string, UndecidedName>();
  readonly #ofNobody = new Set<CorrelatedJob>();

  constructor(names: KnownNames, day: ReportDay) {
    this.#names = names;
    this.#day = day;
  }

  /** By the id of the name; those whose event ended in the day. */
  get undecided(): ReadonlyMap<string, UndecidedName> {
    return this.#undecided;
  }

  /** The job with the resource that its events mean, or with one of its own where they name none. */
  job(job: CorrelatedJob): CorrelatedJob {
    const resource = resourceOfJob(job);
    if (isUnknown(resource)) return jobOfUnknown(job);
    if (!isNamedOnly(resource)) return job;
    const decision = this.#names.decide(resource, job.endMs ?? job.startMs ?? this.#day.startMs);
    if (decision.kind === 'own') return job;
    if (decision.kind === 'joined') return jobOf(job, decision.resource);
    this.#ofNobody.add(job);
    this.#note(resource, decision.candidates, job.endMs);
    return job;
  }

  /** Jobs without those that count for nobody because two resources have their name. */
  decided(jobs: readonly CorrelatedJob[]): readonly CorrelatedJob[] {
    return this.#ofNobody.size === 0 ? jobs : jobs.filter((job) => !this.#ofNobody.has(job));
  }

  /** The event with the resource that it means. */
  event(event: BackupEvent): BackupEvent {
    const { resource, timeMs, condition } = event;
    const decision = this.#names.decide(resource, timeMs);
    if (decision.kind === 'joined') return withResource(event, decision.resource);
    if (decision.kind === 'undecided' && condition?.cleared === false) {
      this.#note(resource, decision.candidates, timeMs);
    }
    return event;
  }

  #note(resource: ResourceRef, candidates: readonly ResourceRef[], endMs: number | null): void {
    if (endMs === null || endMs < this.#day.startMs || endMs >= this.#day.cutOffMs) return;
    const { resourceId, resourceName } = resource;
    this.#undecided.set(resourceId, { resourceName, candidates });
  }
}
