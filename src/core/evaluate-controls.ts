import type { Incident } from '../model/incident.js';
import type { Policy } from '../model/policy.js';
import type { Protection } from '../model/protected-resource.js';
import type { ReportDay } from '../model/report-day.js';
import type { ControlName, ControlResult, Outcome, Verdict } from '../model/resource-compliance.js';
import type { CorrelatedJob } from './correlate-jobs.js';
import type { Demand, Due } from './due.js';
import type { ResourceHistory } from './resource-history.js';
import { parseInstant } from './instants.js';
import { count, durationInWords, instantInWords } from './words.js';

const dayMs = 24 * 60 * 60 * 1000;

/** All that one resource is judged by. */
export interface ControlInput {
  readonly history: ResourceHistory;
  /** As the inventory knows it; null where it does not ask. */
  readonly protection: Protection | null;
  readonly demand: Demand;
  /** The backup that is or was due last; null: none yet, as for a resource made today. */
  readonly due: Due | null;
  readonly outcome: Outcome;
  /** Open and cleared incidents of the resource. */
  readonly incidents: readonly Incident[];
  readonly day: ReportDay;
  /** From when on every event is known; nothing is known of what was before. */
  readonly knownSinceMs: number;
  /** null: not known. */
  readonly createdMs: number | null;
}

/** Judges one resource by each control of design section 4. */
export function evaluateControls(input: ControlInput): Record<ControlName, ControlResult> {
  return {
    'recovery-point-age': recoveryPointAge(input),
    'backup-succeeded': backupSucceeded(input),
    'no-open-incident': noOpenIncident(input),
    retention: retention(input),
    'protection-enabled': protectionEnabled(input),
    duration: duration(input),
    'no-early-deletion': noEarlyDeletion(input),
    'restore-tested': restoreTested(input),
  };
}

/** NON_COMPLIANT when any control is; UNKNOWN when none is and one is unknown. */
export function overallVerdict(controls: Readonly<Record<ControlName, ControlResult>>): Verdict {
  const verdicts = new Set(Object.values(controls).map(({ verdict }) => verdict));
  if (verdicts.has('NON_COMPLIANT')) return 'NON_COMPLIANT';
  if (verdicts.has('UNKNOWN')) return 'UNKNOWN';
  return verdicts.has('COMPLIANT') ? 'COMPLIANT' : 'NOT_APPLICABLE';
}

function recoveryPointAge(input: ControlInput): ControlResult {
  const { history, demand, day, knownSinceMs, createdMs } = input;
  const { policy, maxAgeMs } = demand;
  const threshold = durationInWords(maxAgeMs);
  const allows = `${nameOf(policy)} allows ${threshold}`;
  if (history.lastSuccessMs !== null) {
    const ageMs = day.cutOffMs - history.lastSuccessMs;
    const age = durationInWords(ageMs);
    const when = instantInWords(history.lastSuccessMs, day.timezone);
    const verdict = ageMs <= maxAgeMs ? 'COMPLIANT' : 'NON_COMPLIANT';
    return judge(verdict, `last successful backup ${age} ago (${when}), ${allows}`, age, threshold, policy);
  }
  if (createdMs !== null && day.cutOffMs - createdMs <= maxAgeMs) {
    const when = instantInWords(createdMs, day.timezone);
    return judge('NOT_APPLICABLE', `created at ${when}, no backup yet; ${allows}`, null, threshold, policy);
  }
  const since = instantInWords(knownSinceMs, day.timezone);
  const unseen = `no successful backup seen since ${since}`;
  // One that was made before anything is known may still be young enough.
  return day.cutOffMs - knownSinceMs < maxAgeMs
    ? judge('UNKNOWN', `${unseen}, an older one may count; ${allows}`, null, threshold, policy)
    : judge('NON_COMPLIANT', `${unseen}; ${allows}`, null, threshold, policy);
}

function backupSucceeded(input: ControlInput): ControlResult {
  const { history, outcome, day, demand, due, createdMs } = input;
  const { policy, cadence } = demand;
  const attempts = count(history.dayBackups.length, 'attempt');
  const says = (verdict: Verdict, reason: string, measured: string | null = attempts): ControlResult =>
    judge(verdict, reason, measured, 'every due backup succeeds', policy);
  const demanded = `${cadence.words}, ${demand.isAssigned ? 'as assigned in OCI' : nameOf(policy)}`;
  switch (outcome) {
    case 'FAILED': {
      const last = history.dayBackups.findLast(({ status }) => status === 'FAILED' || status === 'CANCELED');
      return says('NON_COMPLIANT', `${attempts} today, none succeeded since; ${failureInWords(last, day)}`);
    }
    case 'MISSED':
      return says(
        'NON_COMPLIANT',
        `a backup was due ${due === null || due.date === day.date ? 'today' : `on ${due.date}`} and none was seen (${demanded})`,
      );
    case 'UNKNOWN':
      return says('UNKNOWN', unknownInWords(history.dayBackups, day));
    case 'LATE':
      return says('NON_COMPLIANT', `the backup due on ${due?.date} has not been made yet (${demanded})`);
    case 'IN_PROGRESS':
      return inProgress(history, says);
    case 'RECOVERED':
      return says('COMPLIANT', `${attempts} today: failed, then succeeded`);
    case 'SUCCEEDED_WITH_WARNINGS':
      return says('COMPLIANT', `${attempts} today, succeeded with warnings`);
    case 'SUCCEEDED':
      return says('COMPLIANT', `${attempts} today, succeeded`);
    case 'NOT_DUE':
      return says(
        'NOT_APPLICABLE',
        createdMs !== null && createdMs >= day.startMs
          ? `created at ${instantInWords(createdMs, day.timezone)}, no backup is due yet`
          : `no backup was due today (${demanded})`,
        null,
      );
  }
}

/** One success makes the day good while another attempt runs; with none the day is not decided yet. */
function inProgress(
  { dayBackups }: ResourceHistory,
  says: (verdict: Verdict, reason: string) => ControlResult,
): ControlResult {
  const succeeded = dayBackups.some(({ status }) => status.startsWith('SUCCEEDED'));
  return succeeded
    ? says('COMPLIANT', `${count(dayBackups.length, 'attempt')} today, one succeeded and one still runs`)
    : says('UNKNOWN', 'still running at the cut-off; the next report has its end');
}

function failureInWords(job: CorrelatedJob | undefined, day: ReportDay): string {
  if (job === undefined) return 'no reason is known';
  const when = job.endMs === null ? '' : ` at ${instantInWords(job.endMs, day.timezone)}`;
  const what = job.status === 'CANCELED' ? 'canceled' : 'failed';
  const message = job.end?.message ?? job.end?.result.state;
  return message === null || message === undefined ? `${what}${when}` : `${what}${when}: ${message}`;
}

function unknownInWords(backups: readonly CorrelatedJob[], day: ReportDay): string {
  const job = backups.findLast(({ status }) => status === 'UNKNOWN');
  if (job?.kind === 'unrecognised') {
    return `an event of a type that this version does not know: ${job.end?.type.name ?? job.begin?.type.name}`;
  }
  if (job !== undefined && job.endMs === null && job.startMs !== null) {
    return `begun at ${instantInWords(job.startMs, day.timezone)} and no end seen; its result is not known`;
  }
  const state = job?.end?.result.state;
  return state === null || state === undefined
    ? 'the end event does not say how the backup ended'
    : `the end event names a state that is not known: ${state}`;
}

function noOpenIncident({ history, incidents, day }: ControlInput): ControlResult {
  const open = longestOpen(incidents);
  if (open !== undefined) {
    const since = instantInWords(openedMs(open) ?? day.startMs, day.timezone);
    return judge('NON_COMPLIANT', `${open.condition} open since ${since}`, '1 open', 'none open', null);
  }
  const isDatabase = history.resource.resourceType.includes('database');
  if (!isDatabase)
    return judge('NOT_APPLICABLE', 'no incidents are reported for this type', null, null, null);
  return judge('COMPLIANT', 'no backup failure incident open at the cut-off', '0 open', 'none open', null);
}

/** Of the backup failures that are open the one that has been so longest. */
export function longestOpen(incidents: readonly Incident[]): Incident | undefined {
  const open = incidents.filter(({ state, bearsOnBackups }) => state === 'open' && bearsOnBackups);
  return open.sort((a, b) => (openedMs(a) ?? 0) - (openedMs(b) ?? 0))[0];
}

function openedMs({ openedAt, lastSeenAt }: Incident): number | undefined {
  return parseInstant(openedAt ?? lastSeenAt);
}

/** The inventory knows the present setting, an event the one at its time. */
function retention({ history, protection, demand: { policy } }: ControlInput): ControlResult {
  const days = protection?.retentionDays ?? history.recoveryWindowDays;
  const measured = days === null ? null : count(days, 'day');
  if (policy.minRetentionMs === null) {
    return judge('NOT_APPLICABLE', `${nameOf(policy)} demands no minimum retention`, measured, null, null);
  }
  const demanded = durationInWords(policy.minRetentionMs);
  const demands = `${nameOf(policy)} demands ${demanded}`;
  if (days === null) {
    return judge('UNKNOWN', `its retention is not known, ${demands}`, null, demanded, policy);
  }
  const verdict = days * dayMs >= policy.minRetentionMs ? 'COMPLIANT' : 'NON_COMPLIANT';
  return judge(verdict, `kept for ${measured}, ${demands}`, measured, demanded, policy);
}

function protectionEnabled({ history, protection }: ControlInput): ControlResult {
  if (protection !== null) {
    const { enabled, means } = protection;
    if (enabled === null) return isOn('UNKNOWN', `how it is protected is not known: ${means}`, null);
    return enabled
      ? isOn('COMPLIANT', `${means} is on`, means)
      : isOn('NON_COMPLIANT', 'no automatic backup is on and no backup policy assigned', means);
  }
  if (history.autoBackupEnabled === null) {
    const reason = 'neither inventory nor events tell of automatic backup';
    return judge('NOT_APPLICABLE', reason, null, null, null);
  }
  return history.autoBackupEnabled
    ? isOn('COMPLIANT', 'automatic backup is on', 'on')
    : isOn('NON_COMPLIANT', 'automatic backup is off, as its latest backup event says', 'off');
}

function isOn(verdict: Verdict, reason: string, measured: string | null): ControlResult {
  return judge(verdict, reason, measured, 'on', null);
}

function duration({ history, demand: { policy }, day }: ControlInput): ControlResult {
  const threshold = durationInWords(policy.maxDurationMs);
  let longest: number | null = null;
  for (const { startMs, endMs } of history.dayBackups) {
    if (startMs !== null) longest = Math.max(longest ?? 0, (endMs ?? day.cutOffMs) - startMs);
  }
  if (longest === null) {
    return judge('NOT_APPLICABLE', 'no attempt of known duration today', null, threshold, policy);
  }
  const measured = durationInWords(longest);
  const verdict = longest <= policy.maxDurationMs ? 'COMPLIANT' : 'NON_COMPLIANT';
  const reason = `longest attempt ${measured}, ${nameOf(policy)} allows ${threshold}`;
  return judge(verdict, reason, measured, threshold, policy);
}

/** What was to be kept is what the policy demands; where it demands nothing, what the resource's own setting was. */
function noEarlyDeletion({ history, protection, demand: { policy }, day }: ControlInput): ControlResult {
  const { dayDeletions } = history;
  if (dayDeletions.length === 0) {
    return judge('COMPLIANT', 'no backup was deleted today', 'none deleted', 'none before its time', null);
  }
  const measured = `${dayDeletions.length} deleted`;
  const ownDays = protection?.retentionDays ?? history.recoveryWindowDays;
  const keptMs = policy.minRetentionMs ?? (ownDays === null ? null : ownDays * dayMs);
  if (keptMs === null) {
    const reason = 'backups were deleted; no retention is known to judge by';
    return judge('NOT_APPLICABLE', reason, measured, null, null);
  }
  const threshold = durationInWords(keptMs);
  const demander = policy.minRetentionMs === null ? null : policy;
  const kept = demander === null ? `its retention is ${threshold}` : `${nameOf(policy)} demands ${threshold}`;
  const early = dayDeletions.find(
    ({ timeMs, createdMs }) => createdMs !== null && timeMs - createdMs < keptMs,
  );
  if (early !== undefined && early.createdMs !== null) {
    const when = instantInWords(early.timeMs, day.timezone);
    const age = durationInWords(early.timeMs - early.createdMs);
    const reason = `a backup ${age} old was deleted at ${when}, ${kept}`;
    return judge('NON_COMPLIANT', reason, measured, threshold, demander);
  }
  return dayDeletions.some(({ createdMs }) => createdMs === null)
    ? judge('UNKNOWN', `a backup of unknown age was deleted, ${kept}`, measured, threshold, demander)
    : judge('COMPLIANT', `backups were deleted after their time, ${kept}`, measured, threshold, demander);
}

/** An auditor asks when a restore was last tried, whether a policy demands it or not. */
function restoreTested({ history, demand: { policy }, day, knownSinceMs }: ControlInput): ControlResult {
  const { lastRestoreMs } = history;
  const ageMs = lastRestoreMs === null ? null : day.cutOffMs - lastRestoreMs;
  const measured = ageMs === null ? 'never' : durationInWords(ageMs);
  const when = lastRestoreMs === null ? '' : ` ago (${instantInWords(lastRestoreMs, day.timezone)})`;
  const seen = `last restore seen: ${measured}${when}`;
  const limitMs = policy.maxRestoreAgeMs;
  if (limitMs === null) {
    return judge('NOT_APPLICABLE', `${seen}; ${nameOf(policy)} demands none`, measured, null, null);
  }
  const threshold = durationInWords(limitMs);
  const demands = `${nameOf(policy)} demands one within ${threshold}`;
  if (ageMs !== null) {
    const verdict = ageMs <= limitMs ? 'COMPLIANT' : 'NON_COMPLIANT';
    return judge(verdict, `${seen}, ${demands}`, measured, threshold, policy);
  }
  const since = instantInWords(knownSinceMs, day.timezone);
  return day.cutOffMs - knownSinceMs < limitMs
    ? judge(
        'UNKNOWN',
        `${seen}, but events are known since ${since} only; ${demands}`,
        measured,
        threshold,
        policy,
      )
    : judge('NON_COMPLIANT', `${seen}; ${demands}`, measured, threshold, policy);
}

function nameOf(policy: Policy): string {
  return policy.isDefault ? 'the default policy' : `policy ${policy.name}`;
}

/** @param demander whose threshold it is; null where no policy has a say in it */
function judge(
  verdict: Verdict,
  reason: string,
  measured: string | null,
  threshold: string | null,
  demander: Policy | null,
): ControlResult {
  const demandedBy =
    demander === null ? null : demander.isDefault ? 'default policy' : `policy ${demander.name}`;
  return { verdict, reason, measured, threshold, demandedBy };
}
