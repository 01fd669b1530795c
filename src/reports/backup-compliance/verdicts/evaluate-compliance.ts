import { severities } from '../../../model/severity.js';
import type {
  FormerResource,
  PolicyReport,
  ReportFinding,
  UnjudgedResource,
  WaiverReport,
} from '../model/daily-report.js';
import type { DayMemory } from '../model/day-memory.js';
import type { Incident } from '../model/incident.js';
import type { Language } from '../../../model/language.js';
import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { ReportDay } from '../../../model/report-day.js';
import {
  type ControlName,
  type ControlResult,
  type Outcome,
  type ResourceCompliance,
  controlNames,
  outcomes,
} from '../model/resource-compliance.js';
import { type CorrelatedJob, isUnknown } from '../facts/correlate-jobs.js';
import { outcomeOfDay } from './day-outcome.js';
import { type Demand, type Due, demandOf, dueOf } from '../rules/due.js';
import { evaluateControls, longestOpen, overallVerdict } from './evaluate-controls.js';
import { parseInstant, toIso } from '../../../base/instants.js';
import { standingFields } from '../memory/follow-up.js';
import { addDays, dateAt, daysBetween } from '../../../base/civil-dates.js';
import { type ResourceHistory, historyOf } from '../facts/resource-history.js';
import { PolicyUse, type RuleBook } from '../rules/rule-book.js';
import { WaiverUse } from '../rules/waiver-use.js';
import { matchInWords } from '../rules/rule-index.js';
import { dayMs } from '../../../base/time-units.js';
import { compareText } from '../../../base/text-order.js';

export interface EvaluationInput {
  /** What should be backed up, as the inventory says. */
  readonly expected: readonly ProtectedResource[];
  /** Whether the inventory names resources by itself: what it names no more has left. */
  readonly isNamed: boolean;
  readonly histories: Map<string, ResourceHistory>;
  readonly incidents: readonly Incident[];
  readonly day: ReportDay;
  readonly memory: DayMemory | null;
  readonly knownSinceMs: number;
  /** How long a resource is listed after its last event, where nothing else keeps it. */
  readonly lookbackDays: number;
  readonly ruleBook: RuleBook;
  /** Of the sentences. */
  readonly language: Language;
}

export interface Evaluation {
  /** Worst first. */
  readonly resources: readonly ResourceCompliance[];
  readonly notInInventory: readonly UnjudgedResource[];
  readonly excludedResources: readonly UnjudgedResource[];
  readonly formerResources: readonly FormerResource[];
  readonly policies: readonly PolicyReport[];
  readonly waivers: readonly WaiverReport[];
  readonly findings: readonly ReportFinding[];
}

/** So long a resource that has left stays in the list of those, unless the inventory still names it. */
const formerDays = 14;

/** Judges every expected resource, and every job that names no resource: it must not vanish. */
export function evaluateCompliance(input: EvaluationInput): Evaluation {
  return new DayEvaluation(input).run();
}

class DayEvaluation {
  readonly #input: EvaluationInput;
  readonly #incidentsOf: ReadonlyMap<string, readonly Incident[]>;
  readonly #policyUse: PolicyUse;
  readonly #waiverUse: WaiverUse;
  readonly #excludeUse = new Set<number>();
  readonly #dues = new Map<string, Due | null>();
  readonly #resources: ResourceCompliance[] = [];
  readonly #excluded: UnjudgedResource[] = [];
  readonly #unlisted: UnjudgedResource[] = [];
  readonly #former = new Map<string, FormerResource>();
  readonly #findings: ReportFinding[] = [];
  readonly #listed = new Set<string>();
  /** From the day that is remembered to this one. */
  readonly #daysSince: number;

  constructor(input: EvaluationInput) {
    this.#input = input;
    const { rules } = input.ruleBook;
    this.#incidentsOf = groupIncidents(input.incidents);
    this.#policyUse = new PolicyUse(rules, input.language);
    this.#waiverUse = new WaiverUse(rules, input.day.date, input.language);
    this.#daysSince = input.memory === null ? 0 : daysBetween(input.memory.date, input.day.date);
  }

  run(): Evaluation {
    const { expected, histories, ruleBook } = this.#input;
    for (const resource of expected) this.#place(resource);
    for (const history of histories.values()) {
      if (!isUnknown(history.resource)) continue;
      if (history.dayBackups.length + history.dayCopies.length > 0) this.#place(asProtectedResource(history));
    }
    this.#placeTheRest();
    const findings = [
      ...this.#policyUse.findings(),
      ...this.#unusedExcludes(),
      ...this.#waiverUse.findings(this.#resources.length),
      ...this.#findings.sort((a, b) => compareText(a.subject, b.subject) || compareText(a.words, b.words)),
    ];
    return {
      resources: this.#resources.sort(compareResources),
      notInInventory: this.#unlisted.sort(compareNames),
      excludedResources: this.#excluded.sort(compareNames),
      formerResources: [...this.#former.values()].sort(compareNames),
      policies: this.#policyUse.reports(),
      waivers: ruleBook.rules.waivers.length === 0 ? [] : this.#waiverUse.reports(),
      findings,
    };
  }

  /** A resource that the inventory names: excluded, gone, or judged. */
  #place(resource: ProtectedResource): void {
    if (this.#listed.has(resource.resourceId)) return;
    this.#listed.add(resource.resourceId);
    const { histories, day, ruleBook, memory, language } = this.#input;
    const history = historyOf(histories, resource);
    const isActive = history.dayBackups.length > 0;
    const known = memory?.former.get(resource.resourceId);
    const isBack = known !== undefined && known.terminatedTime === null;
    if (known !== undefined && !isActive && !isBack) {
      this.#former.set(resource.resourceId, inLanguage(known, language));
      return;
    }
    const { terminatedMs } = history;
    if (terminatedMs !== null && terminatedMs < day.startMs && !isActive) {
      const { resourceId, resourceType, resourceName } = resource;
      const lastDay = dateAt(terminatedMs, day.timezone);
      const terminatedTime = toIso(terminatedMs);
      const reason = reasonOfLeaving(terminatedTime, language);
      const facts = { lastDay, reason, terminatedTime };
      this.#former.set(resourceId, { resourceId, resourceType, resourceName, ...facts });
      return;
    }
    const exclusion = isUnknown(resource) ? undefined : ruleBook.exclusionOf(resource);
    if (exclusion !== undefined) {
      this.#exclude(resource, history, exclusion);
      return;
    }
    this.#judge(resource, history);
  }

  #exclude(resource: ProtectedResource, history: ResourceHistory, exclusion: number): void {
    const { ruleBook, language } = this.#input;
    this.#excludeUse.add(exclusion);
    const reason = ruleBook.rules.excludes[exclusion]?.reason ?? '';
    const words = language.text('sentences.population.excluded', { reason });
    this.#excluded.push(unjudged(resource, history, words));
  }

  #judge(resource: ProtectedResource, history: ResourceHistory): void {
    const { ruleBook } = this.#input;
    const { policy, matching } = ruleBook.policyOf(resource);
    if (!isUnknown(resource)) this.#policyUse.add(matching);
    const owner = resource.owner ?? policy.owner;
    const demand = demandOf(policy, resource.protection);
    const waivers = ruleBook.waiversOf({ ...resource, owner });
    const judged = this.#judgeResource({ ...resource, owner }, history, demand, waivers);
    this.#waiverUse.add(waivers, judged);
    this.#resources.push(judged);
  }

  #judgeResource(
    resource: ProtectedResource,
    history: ResourceHistory,
    demand: Demand,
    waivers: readonly number[],
  ): ResourceCompliance {
    const { day, knownSinceMs, language } = this.#input;
    const incidents = this.#incidentsOf.get(resource.resourceId) ?? [];
    const { terminatedMs, lastSuccessMs, lastFailure, lastRestoreMs } = history;
    const createdMs = parseInstant(resource.createdTime) ?? null;
    const due = isUnknown(resource) || terminatedMs !== null ? null : this.#dueOf(demand, createdMs);
    const outcome = outcomeOfDay(history.dayBackups, withoutAny(due, history, knownSinceMs));
    const controls = isUnknown(resource)
      ? unattributedControls(outcome, language)
      : terminatedMs !== null && outcome === 'NOT_DUE'
        ? notDueControls(
            language.text('sentences.resource.terminated', {
              when: language.instant(terminatedMs, day.timezone),
            }),
          )
        : evaluateControls({
            history,
            protection: resource.protection ?? null,
            demand,
            due,
            outcome,
            incidents,
            day,
            knownSinceMs,
            createdMs,
            language,
          });
    const open = longestOpen(incidents);
    const { resourceId, resourceType, resourceName, compartmentId, compartmentName, tags } = resource;
    const compliance = overallVerdict(controls);
    return {
      resourceId,
      resourceType,
      resourceName,
      compartmentId,
      compartmentName,
      owner: resource.owner,
      tags,
      policy: demand.policy.name,
      severity: demand.policy.severity,
      outcome,
      compliance,
      controls,
      lastSuccessTime: lastSuccessMs === null ? null : toIso(lastSuccessMs),
      recoveryPointAgeSeconds:
        lastSuccessMs === null ? null : Math.round((day.cutOffMs - lastSuccessMs) / 1000),
      attempts: history.dayBackups.length,
      lastFailure:
        lastFailure === null ? null : { time: toIso(lastFailure.endMs), message: lastFailure.message },
      lastRestoreTime: lastRestoreMs === null ? null : toIso(lastRestoreMs),
      openIncident:
        open === undefined ? null : { condition: open.condition, since: open.openedAt ?? open.lastSeenAt },
      ...standingFields(
        history.remembered?.standing ?? null,
        { outcome, compliance },
        day.date,
        this.#daysSince,
      ),
      waiver: this.#waiverUse.appliedOf(waivers),
      findings: [
        ...findingsOf(history, incidents, day, language),
        ...madeUpFor(due, history, outcome, this.#input),
      ],
      lastKnown: lastKnownOf(history),
    };
  }

  /** Nothing is due of a resource that was not there yet when the day began that it was due on. */
  #dueOf(demand: Demand, createdMs: number | null): Due | null {
    const { day } = this.#input;
    const key = `${demand.isAssigned}|${demand.cadence.words}`;
    let due = this.#dues.get(key);
    if (due === undefined) this.#dues.set(key, (due = dueOf(demand, day)));
    if (due === null || createdMs === null) return due;
    return createdMs < due.dateStartMs ? due : null;
  }

  /** Resources that were there yesterday, or have events, and that the inventory does not name. */
  #placeTheRest(): void {
    const { histories, memory, day, isNamed, lookbackDays, ruleBook, language } = this.#input;
    for (const known of memory?.former.values() ?? []) {
      const isRecent = known.lastDay >= addDays(day.date, -formerDays);
      if (this.#listed.has(known.resourceId) || !isRecent) continue;
      this.#former.set(known.resourceId, inLanguage(known, language));
    }
    const listedSince = day.startMs - lookbackDays * dayMs;
    for (const history of histories.values()) {
      const { resource, remembered, seenMs, dayBackups } = history;
      if (isUnknown(resource) || this.#listed.has(resource.resourceId)) continue;
      const isSilent = seenMs === null || seenMs < listedSince;
      if (remembered?.standing && isNamed) this.#leave(history, memory?.date ?? day.date);
      if (isSilent || this.#former.get(resource.resourceId)?.terminatedTime) continue;
      if (history.terminatedMs !== null && dayBackups.length === 0) continue;
      const asResource = asProtectedResource(history);
      const exclusion = ruleBook.exclusionOf(asResource);
      if (exclusion === undefined) {
        const words = language.text('sentences.population.notInInventory');
        this.#unlisted.push(unjudged(asResource, history, words));
      } else {
        this.#exclude(asResource, history, exclusion);
      }
    }
  }

  #leave({ resource, terminatedMs }: ResourceHistory, lastDay: string): void {
    const { language } = this.#input;
    const { resourceId, resourceType, resourceName } = resource;
    const terminatedTime = terminatedMs === null ? null : toIso(terminatedMs);
    const reason = reasonOfLeaving(terminatedTime, language);
    this.#former.set(resourceId, { resourceId, resourceType, resourceName, lastDay, reason, terminatedTime });
    if (terminatedMs !== null) return;
    this.#findings.push({
      kind: 'left-inventory',
      subject: resourceName,
      words: language.text('sentences.finding.leftInventory', {
        name: resourceName,
        type: resourceType,
        date: language.date(lastDay),
      }),
    });
  }

  #unusedExcludes(): readonly ReportFinding[] {
    const { ruleBook, language } = this.#input;
    return ruleBook.rules.excludes.flatMap(({ match, reason }, position) =>
      this.#excludeUse.has(position)
        ? []
        : [
            {
              kind: 'exclude-matches-nothing',
              subject: reason,
              words: language.text('sentences.finding.excludeMatchesNothing', {
                match: matchInWords(match, language),
              }),
            } as const,
          ],
    );
  }
}

function reasonOfLeaving(terminatedTime: string | null, language: Language): string {
  return terminatedTime === null
    ? language.text('sentences.population.leftInventory')
    : language.text('sentences.population.terminated');
}

/** What an earlier report wrote may have been in another language. */
function inLanguage(known: FormerResource, language: Language): FormerResource {
  return { ...known, reason: reasonOfLeaving(known.terminatedTime, language) };
}

/** What a day without any attempt is. */
function withoutAny(
  due: Due | null,
  { lastSuccessMs }: ResourceHistory,
  knownSinceMs: number,
): 'MISSED' | 'LATE' | 'NOT_DUE' {
  if (due === null || (lastSuccessMs !== null && lastSuccessMs >= due.sinceMs)) return 'NOT_DUE';
  if (due.today) return 'MISSED';
  // Of what was before nothing is known: it may have been made.
  return due.sinceMs >= knownSinceMs ? 'LATE' : 'NOT_DUE';
}

function madeUpFor(
  due: Due | null,
  { remembered }: ResourceHistory,
  outcome: Outcome,
  { memory, language }: EvaluationInput,
): readonly string[] {
  const isMade = outcome === 'SUCCEEDED' || outcome === 'SUCCEEDED_WITH_WARNINGS' || outcome === 'RECOVERED';
  if (due === null || due.today || !isMade || memory === null || remembered === null) return [];
  const isLate = remembered.lastSuccessMs === null || remembered.lastSuccessMs < due.sinceMs;
  return isLate && due.sinceMs >= memory.knownSinceMs
    ? [language.text('sentences.resource.madeUp', { date: language.date(due.date) })]
    : [];
}

function lastKnownOf(history: ResourceHistory): ResourceCompliance['lastKnown'] {
  const { recoveryWindowDays, autoBackupEnabled, toldMs, seenMs, terminatedMs } = history;
  return {
    recoveryWindowDays,
    autoBackupEnabled,
    told: timeOf(toldMs),
    seen: timeOf(seenMs),
    terminated: timeOf(terminatedMs),
  };
}

function timeOf(ms: number | null): string | null {
  return ms === null ? null : toIso(ms);
}

function asProtectedResource({ resource, remembered }: ResourceHistory): ProtectedResource {
  const hasTags = Object.keys(resource.tags).length > 0;
  return { ...resource, tags: hasTags ? resource.tags : (remembered?.tags ?? {}), owner: null };
}

function unjudged(resource: ProtectedResource, history: ResourceHistory, reason: string): UnjudgedResource {
  const { resourceId, resourceType, resourceName, compartmentId, compartmentName, owner, tags } = resource;
  const { dayBackups, lastSuccessMs, lastFailure, lastRestoreMs } = history;
  return {
    resourceId,
    resourceType,
    resourceName,
    compartmentId,
    compartmentName,
    owner,
    tags,
    reason,
    outcome: outcomeOfDay(dayBackups, 'NOT_DUE'),
    attempts: dayBackups.length,
    lastSuccessTime: lastSuccessMs === null ? null : toIso(lastSuccessMs),
    lastFailure:
      lastFailure === null ? null : { time: toIso(lastFailure.endMs), message: lastFailure.message },
    lastRestoreTime: lastRestoreMs === null ? null : toIso(lastRestoreMs),
    lastKnown: lastKnownOf(history),
  };
}

function groupIncidents(incidents: readonly Incident[]): Map<string, Incident[]> {
  const groups = new Map<string, Incident[]>();
  for (const incident of incidents) {
    const group = groups.get(incident.resourceId);
    if (group === undefined) groups.set(incident.resourceId, [incident]);
    else group.push(incident);
  }
  return groups;
}

/** A backup that cannot be attributed proves nothing about any resource: never green. */
function unattributedControls(outcome: Outcome, language: Language): ResourceCompliance['controls'] {
  const failed = outcome === 'FAILED';
  return {
    ...notDueControls(language.text('sentences.unattributed.notJudged')),
    'backup-succeeded': {
      verdict: failed ? 'NON_COMPLIANT' : 'UNKNOWN',
      reason: failed
        ? language.text('sentences.unattributed.failed')
        : language.text('sentences.unattributed.made'),
      measured: null,
      threshold: null,
      demandedBy: null,
    },
  };
}

function notDueControls(reason: string): ResourceCompliance['controls'] {
  const result: ControlResult = {
    verdict: 'NOT_APPLICABLE',
    reason,
    measured: null,
    threshold: null,
    demandedBy: null,
  };
  const controls: Partial<Record<ControlName, ControlResult>> = {};
  for (const name of controlNames) controls[name] = result;
  return controls as Record<ControlName, ControlResult>;
}

function findingsOf(
  { dayCopies, dayDeletions }: ResourceHistory,
  incidents: readonly Incident[],
  day: ReportDay,
  language: Language,
): readonly string[] {
  const findings = dayCopies
    .filter(({ status }) => status === 'FAILED' || status === 'UNKNOWN')
    .map((job) => copyInWords(job, day, language));
  if (dayDeletions.length > 0) {
    findings.push(language.text('sentences.resource.deleted', { number: dayDeletions.length }));
  }
  for (const { condition, state, bearsOnBackups } of incidents) {
    if (state === 'cleared')
      findings.push(language.text('sentences.resource.incidentCleared', { condition }));
    else if (!bearsOnBackups) findings.push(language.text('sentences.resource.incidentOpen', { condition }));
  }
  return findings;
}

function copyInWords({ status, end, endMs }: CorrelatedJob, day: ReportDay, language: Language): string {
  const isFailed = status === 'FAILED';
  const reason = end?.message ?? end?.result.state ?? language.text('sentences.resource.noReason');
  if (endMs === null) {
    const key = isFailed ? 'sentences.resource.copyFailed' : 'sentences.resource.copyUnended';
    return language.text(key, { reason });
  }
  const key = isFailed ? 'sentences.resource.copyFailedAt' : 'sentences.resource.copyUnendedAt';
  return language.text(key, { when: language.instant(endMs, day.timezone), reason });
}

const verdictRank = { NON_COMPLIANT: 0, UNKNOWN: 1, NOT_APPLICABLE: 2, COMPLIANT: 2 };

/**
 * Non-compliant first, waived ones after the others, then by severity and outcome, worst first, then by name; total, so that
 * no order of input shows.
 */
function compareResources(a: ResourceCompliance, b: ResourceCompliance): number {
  const isBad = verdictRank[a.compliance] < 2;
  return (
    verdictRank[a.compliance] - verdictRank[b.compliance] ||
    (isBad ? Number(a.waiver !== null) - Number(b.waiver !== null) : 0) ||
    (isBad ? severities.indexOf(a.severity) - severities.indexOf(b.severity) : 0) ||
    outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) ||
    compareNames(a, b)
  );
}

function compareNames(
  a: { readonly resourceName: string; readonly resourceId: string },
  b: { readonly resourceName: string; readonly resourceId: string },
): number {
  return (
    compareText(a.resourceName.toLowerCase(), b.resourceName.toLowerCase()) ||
    compareText(a.resourceId, b.resourceId)
  );
}
