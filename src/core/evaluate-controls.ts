import type { Incident } from '../model/incident.js';
import type { Policy } from '../model/policy.js';
import type { Protection } from '../model/protected-resource.js';
import type { ReportDay } from '../model/report-day.js';
import type { ControlName, ControlResult, Outcome, Verdict } from '../model/resource-compliance.js';
import type { CorrelatedJob } from './correlate-jobs.js';
import type { ResourceHistory } from './resource-history.js';
import { parseInstant } from './instants.js';
import { count, durationInWords, instantInWords } from './words.js';

const dayMs = 24 * 60 * 60 * 1000;

/** All that one resource is judged by. */
export interface ControlInput {
  readonly history: ResourceHistory;
  /** As the inventory knows it; null where it does not ask. */
  readonly protection: Protection | null;
  readonly policy: Policy;
  readonly outcome: Outcome;
  /** Open and cleared incidents of the resource. */
  readonly incidents: readonly Incident[];
  readonly day: ReportDay;
  /** Where reading began: nothing is known of what was before. */
  readonly windowStartMs: number;
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
  };
}

/** NON_COMPLIANT when any control is; UNKNOWN when none is and one is unknown. */
export function overallVerdict(controls: Readonly<Record<ControlName, ControlResult>>): Verdict {
  const verdicts = new Set(Object.values(controls).map(({ verdict }) => verdict));
  if (verdicts.has('NON_COMPLIANT')) return 'NON_COMPLIANT';
  if (verdicts.has('UNKNOWN')) return 'UNKNOWN';
  return verdicts.has('COMPLIANT') ? 'COMPLIANT' : 'NOT_APPLICABLE';
}

function recoveryPointAge({ history, policy, day, windowStartMs }: ControlInput): ControlResult {
  const demand = `${policyName(policy)} allows ${durationInWords(policy.maxAgeMs)}`;
  const threshold = durationInWords(policy.maxAgeMs);
  if (history.lastSuccessMs === null) {
    const since = instantInWords(windowStartMs, day.timezone);
    return judge('NON_COMPLIANT', `no successful backup seen since ${since}; ${demand}`, null, threshold);
  }
  const ageMs = day.cutOffMs - history.lastSuccessMs;
  const age = durationInWords(ageMs);
  const when = instantInWords(history.lastSuccessMs, day.timezone);
  const verdict = ageMs <= policy.maxAgeMs ? 'COMPLIANT' : 'NON_COMPLIANT';
  return judge(
    verdict,
    `last successful backup ${age} before the cut-off (${when}), ${demand}`,
    age,
    threshold,
  );
}

function backupSucceeded({ history, outcome, day }: ControlInput): ControlResult {
  const attempts = count(history.dayBackups.length, 'attempt');
  const threshold = 'every due backup succeeds';
  switch (outcome) {
    case 'FAILED': {
      const last = history.dayBackups.findLast(({ status }) => status === 'FAILED' || status === 'CANCELED');
      const reason = failureInWords(last, day);
      return judge(
        'NON_COMPLIANT',
        `${attempts} today, none succeeded since; ${reason}`,
        attempts,
        threshold,
      );
    }
    case 'MISSED':
      return judge('NON_COMPLIANT', 'a backup was due today and none was seen', attempts, threshold);
    case 'UNKNOWN':
      return judge('UNKNOWN', unknownInWords(history.dayBackups, day), attempts, threshold);
    case 'LATE':
      return judge('NON_COMPLIANT', `${attempts} today, later than due`, attempts, threshold);
    case 'IN_PROGRESS':
      return inProgress(history, attempts, threshold);
    case 'RECOVERED':
      return judge('COMPLIANT', `${attempts} today: failed, then succeeded`, attempts, threshold);
    case 'SUCCEEDED_WITH_WARNINGS':
      return judge('COMPLIANT', `${attempts} today, succeeded with warnings`, attempts, threshold);
    case 'SUCCEEDED':
      return judge('COMPLIANT', `${attempts} today, succeeded`, attempts, threshold);
    case 'NOT_DUE':
      return judge('NOT_APPLICABLE', 'no backup was due today', null, threshold);
  }
}

/** One success makes the day good while another attempt runs; with none the day is not decided yet. */
function inProgress(history: ResourceHistory, attempts: string, threshold: string): ControlResult {
  const succeeded = history.dayBackups.some(({ status }) => status.startsWith('SUCCEEDED'));
  return succeeded
    ? judge('COMPLIANT', `${attempts} today, one succeeded and one still runs`, attempts, threshold)
    : judge('UNKNOWN', 'still running at the cut-off; the next report has its end', attempts, threshold);
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
  const open = incidents.find(({ state, bearsOnBackups }) => state === 'open' && bearsOnBackups);
  if (open !== undefined) {
    const since = instantInWords(parseInstant(open.openedAt ?? open.lastSeenAt) ?? day.startMs, day.timezone);
    return judge('NON_COMPLIANT', `${open.condition} open since ${since}`, '1 open', 'none open');
  }
  const isDatabase = history.resource.resourceType.includes('database');
  if (!isDatabase) return judge('NOT_APPLICABLE', 'no incidents are reported for this type', null, null);
  return judge('COMPLIANT', 'no backup failure incident open at the cut-off', '0 open', 'none open');
}

/** The inventory knows the present setting, an event the one at its time. */
function retention({ history, protection, policy }: ControlInput): ControlResult {
  const days = protection?.retentionDays ?? history.recoveryWindowDays;
  const measured = days === null ? null : count(days, 'day');
  if (policy.minRetentionMs === null) {
    return judge('NOT_APPLICABLE', `${policyName(policy)} demands no minimum retention`, measured, null);
  }
  const demand = durationInWords(policy.minRetentionMs);
  if (days === null) return judge('UNKNOWN', 'its retention is not known', null, demand);
  const verdict = days * dayMs >= policy.minRetentionMs ? 'COMPLIANT' : 'NON_COMPLIANT';
  return judge(verdict, `kept for ${measured}, ${policyName(policy)} demands ${demand}`, measured, demand);
}

function protectionEnabled({ history, protection }: ControlInput): ControlResult {
  if (protection !== null) {
    const { enabled, means } = protection;
    if (enabled === null) return judge('UNKNOWN', `how it is protected is not known: ${means}`, null, 'on');
    return enabled
      ? judge('COMPLIANT', `${means} is on`, means, 'on')
      : judge('NON_COMPLIANT', 'no automatic backup is on and no backup policy assigned', means, 'on');
  }
  if (history.autoBackupEnabled === null) {
    return judge('NOT_APPLICABLE', 'neither inventory nor events tell of automatic backup', null, null);
  }
  return history.autoBackupEnabled
    ? judge('COMPLIANT', 'automatic backup is on', 'on', 'on')
    : judge('NON_COMPLIANT', 'automatic backup is off, as its latest backup event says', 'off', 'on');
}

function duration({ history, policy, day }: ControlInput): ControlResult {
  const threshold = durationInWords(policy.maxDurationMs);
  let longest: number | null = null;
  for (const { startMs, endMs } of history.dayBackups) {
    if (startMs !== null) longest = Math.max(longest ?? 0, (endMs ?? day.cutOffMs) - startMs);
  }
  if (longest === null) return judge('NOT_APPLICABLE', 'no attempt of known duration today', null, threshold);
  const measured = durationInWords(longest);
  const verdict = longest <= policy.maxDurationMs ? 'COMPLIANT' : 'NON_COMPLIANT';
  return judge(
    verdict,
    `longest attempt ${measured}, ${policyName(policy)} allows ${threshold}`,
    measured,
    threshold,
  );
}

function noEarlyDeletion({ history, policy, day }: ControlInput): ControlResult {
  if (history.dayDeletions.length === 0) {
    return judge('COMPLIANT', 'no backup was deleted today', 'none deleted', 'none before its retention');
  }
  const measured = `${history.dayDeletions.length} deleted`;
  const windowMs = history.recoveryWindowDays === null ? null : history.recoveryWindowDays * dayMs;
  const demandMs = policy.minRetentionMs ?? windowMs;
  if (demandMs === null) {
    return judge('NOT_APPLICABLE', 'backups were deleted; no retention is known to judge by', measured, null);
  }
  const early = history.dayDeletions.find(
    ({ timeMs, createdMs }) => createdMs !== null && timeMs - createdMs < demandMs,
  );
  const threshold = durationInWords(demandMs);
  if (early === undefined || early.createdMs === null) {
    return judge('COMPLIANT', 'backups were deleted after their retention', measured, threshold);
  }
  const when = instantInWords(early.timeMs, day.timezone);
  const age = durationInWords(early.timeMs - early.createdMs);
  return judge(
    'NON_COMPLIANT',
    `a backup ${age} old was deleted at ${when}; kept ${threshold}`,
    measured,
    threshold,
  );
}

function policyName(policy: Policy): string {
  return policy.isDefault ? 'the default policy' : `policy ${policy.name}`;
}

function judge(
  verdict: Verdict,
  reason: string,
  measured: string | null,
  threshold: string | null,
): ControlResult {
  return { verdict, reason, measured, threshold };
}
