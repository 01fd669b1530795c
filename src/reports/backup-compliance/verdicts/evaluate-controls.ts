import type { Incident } from '../model/incident.js';
import type { Language } from '../../../model/language.js';
import type { ControlName, ControlResult, Verdict } from '../model/resource-compliance.js';
import { backupSucceeded } from './backup-succeeded.js';
import { type ControlInput, judge } from './control-input.js';
import { parseInstant } from '../../../base/instants.js';
import { demanderInWords, policyInWords } from '../rules/policy-words.js';
import { dayMs } from '../../../base/time-units.js';

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
  const { history, demand, day, knownSinceMs, createdMs, language } = input;
  const { policy, maxAgeMs } = demand;
  const threshold = language.duration(maxAgeMs);
  const allows = { policy: policyInWords(policy, language), threshold };
  const says = (verdict: Verdict, reason: string, measured: string | null = null): ControlResult =>
    judge(verdict, reason, measured, threshold, demanderInWords(policy, language));
  if (history.lastSuccessMs !== null) {
    const ageMs = day.cutOffMs - history.lastSuccessMs;
    const age = language.duration(ageMs);
    const when = language.instant(history.lastSuccessMs, day.timezone);
    const verdict = ageMs <= maxAgeMs ? 'COMPLIANT' : 'NON_COMPLIANT';
    return says(verdict, language.text('sentences.recoveryPointAge.seen', { age, when, ...allows }), age);
  }
  if (createdMs !== null && day.cutOffMs - createdMs <= maxAgeMs) {
    const when = language.instant(createdMs, day.timezone);
    return says('NOT_APPLICABLE', language.text('sentences.recoveryPointAge.created', { when, ...allows }));
  }
  const since = language.instant(knownSinceMs, day.timezone);
  // One that was made before anything is known may still be young enough.
  return day.cutOffMs - knownSinceMs < maxAgeMs
    ? says('UNKNOWN', language.text('sentences.recoveryPointAge.olderMayCount', { since, ...allows }))
    : says('NON_COMPLIANT', language.text('sentences.recoveryPointAge.unseen', { since, ...allows }));
}

function noOpenIncident({ history, incidents, day, language }: ControlInput): ControlResult {
  const open = longestOpen(incidents);
  const threshold = language.text('sentences.openIncident.threshold');
  if (open !== undefined) {
    const since = language.instant(openedMs(open) ?? day.startMs, day.timezone);
    const reason = language.text('sentences.openIncident.open', { condition: open.condition, since });
    const measured = language.text('sentences.openIncident.measuredOpen');
    return judge('NON_COMPLIANT', reason, measured, threshold, null);
  }
  const isDatabase = history.resource.resourceType.includes('database');
  if (!isDatabase) {
    return judge('NOT_APPLICABLE', language.text('sentences.openIncident.notReported'), null, null, null);
  }
  const measured = language.text('sentences.openIncident.measuredNone');
  return judge('COMPLIANT', language.text('sentences.openIncident.none'), measured, threshold, null);
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
function retention({ history, protection, demand: { policy }, language }: ControlInput): ControlResult {
  const days = protection?.retentionDays ?? history.recoveryWindowDays;
  const measured = days === null ? null : language.text('sentences.retention.days', { number: days });
  const demands = { policy: policyInWords(policy, language) };
  if (policy.minRetentionMs === null) {
    const reason = language.text('sentences.retention.noDemand', demands);
    return judge('NOT_APPLICABLE', reason, measured, null, null);
  }
  const threshold = language.duration(policy.minRetentionMs);
  const says = (verdict: Verdict, reason: string): ControlResult =>
    judge(verdict, reason, measured, threshold, demanderInWords(policy, language));
  if (days === null) {
    return says('UNKNOWN', language.text('sentences.retention.unknown', { threshold, ...demands }));
  }
  const verdict = days * dayMs >= policy.minRetentionMs ? 'COMPLIANT' : 'NON_COMPLIANT';
  return says(verdict, language.text('sentences.retention.kept', { measured, threshold, ...demands }));
}

function protectionEnabled({ history, protection, language }: ControlInput): ControlResult {
  const isOn = (verdict: Verdict, reason: string, measured: string | null): ControlResult =>
    judge(verdict, reason, measured, language.text('sentences.protection.measuredOn'), null);
  if (protection !== null) {
    const { enabled, means } = protection;
    if (enabled === null)
      return isOn('UNKNOWN', language.text('sentences.protection.unknown', { means }), null);
    return enabled
      ? isOn('COMPLIANT', language.text('sentences.protection.means', { means }), means)
      : isOn('NON_COMPLIANT', language.text('sentences.protection.none'), means);
  }
  if (history.autoBackupEnabled === null) {
    return judge('NOT_APPLICABLE', language.text('sentences.protection.untold'), null, null, null);
  }
  if (history.autoBackupEnabled) {
    const measured = language.text('sentences.protection.measuredOn');
    return isOn('COMPLIANT', language.text('sentences.protection.automatic'), measured);
  }
  const measured = language.text('sentences.protection.measuredOff');
  return isOn('NON_COMPLIANT', language.text('sentences.protection.notAutomatic'), measured);
}

function duration({ history, demand: { policy }, day, language }: ControlInput): ControlResult {
  const threshold = language.duration(policy.maxDurationMs);
  const demandedBy = demanderInWords(policy, language);
  let longest: number | null = null;
  for (const { startMs, endMs } of history.dayBackups) {
    if (startMs !== null) longest = Math.max(longest ?? 0, (endMs ?? day.cutOffMs) - startMs);
  }
  if (longest === null) {
    return judge('NOT_APPLICABLE', language.text('sentences.duration.unknown'), null, threshold, demandedBy);
  }
  const measured = language.duration(longest);
  const verdict = longest <= policy.maxDurationMs ? 'COMPLIANT' : 'NON_COMPLIANT';
  const values = { measured, policy: policyInWords(policy, language), threshold };
  return judge(verdict, language.text('sentences.duration.longest', values), measured, threshold, demandedBy);
}

/** What was to be kept is what the policy demands; where it demands nothing, what the resource's own setting was. */
function noEarlyDeletion(input: ControlInput): ControlResult {
  const { history, protection, demand, day, language } = input;
  const { policy } = demand;
  const { dayDeletions } = history;
  if (dayDeletions.length === 0) return noDeletion(language);
  const measured = language.text('sentences.deletion.measured', { number: dayDeletions.length });
  const ownDays = protection?.retentionDays ?? history.recoveryWindowDays;
  const keptMs = policy.minRetentionMs ?? (ownDays === null ? null : ownDays * dayMs);
  if (keptMs === null) {
    return judge('NOT_APPLICABLE', language.text('sentences.deletion.notJudged'), measured, null, null);
  }
  const threshold = language.duration(keptMs);
  const isOwn = policy.minRetentionMs === null;
  const kept = isOwn
    ? language.text('sentences.deletion.ownRetention', { threshold })
    : language.text('sentences.deletion.demanded', { policy: policyInWords(policy, language), threshold });
  const says = (verdict: Verdict, reason: string): ControlResult =>
    judge(verdict, reason, measured, threshold, isOwn ? null : demanderInWords(policy, language));
  const early = dayDeletions.find(
    ({ timeMs, createdMs }) => createdMs !== null && timeMs - createdMs < keptMs,
  );
  if (early !== undefined && early.createdMs !== null) {
    const when = language.instant(early.timeMs, day.timezone);
    const age = language.duration(early.timeMs - early.createdMs);
    return says('NON_COMPLIANT', language.text('sentences.deletion.early', { age, when, kept }));
  }
  return dayDeletions.some(({ createdMs }) => createdMs === null)
    ? says('UNKNOWN', language.text('sentences.deletion.unknownAge', { kept }))
    : says('COMPLIANT', language.text('sentences.deletion.inTime', { kept }));
}

function noDeletion(language: Language): ControlResult {
  return judge(
    'COMPLIANT',
    language.text('sentences.deletion.none'),
    language.text('sentences.deletion.measuredNone'),
    language.text('sentences.deletion.thresholdNone'),
    null,
  );
}

/** An auditor asks when a restore was last tried, whether a policy demands it or not. */
function restoreTested(input: ControlInput): ControlResult {
  const { history, demand, day, knownSinceMs, language } = input;
  const { policy } = demand;
  const ageMs = history.lastRestoreMs === null ? null : day.cutOffMs - history.lastRestoreMs;
  const measured = ageMs === null ? language.text('sentences.restore.never') : language.duration(ageMs);
  const values = { seen: restoreInWords(input, measured), policy: policyInWords(policy, language) };
  const limitMs = policy.maxRestoreAgeMs;
  if (limitMs === null) {
    return judge('NOT_APPLICABLE', language.text('sentences.restore.noDemand', values), measured, null, null);
  }
  const threshold = language.duration(limitMs);
  const demanded = { ...values, threshold };
  const says = (verdict: Verdict, reason: string): ControlResult =>
    judge(verdict, reason, measured, threshold, demanderInWords(policy, language));
  if (ageMs !== null) {
    const verdict = ageMs <= limitMs ? 'COMPLIANT' : 'NON_COMPLIANT';
    return says(verdict, language.text('sentences.restore.measured', demanded));
  }
  const since = language.instant(knownSinceMs, day.timezone);
  return day.cutOffMs - knownSinceMs < limitMs
    ? says('UNKNOWN', language.text('sentences.restore.mayBeEarlier', { since, ...demanded }))
    : says('NON_COMPLIANT', language.text('sentences.restore.missing', demanded));
}

function restoreInWords({ history, day, language }: ControlInput, age: string): string {
  if (history.lastRestoreMs === null) return language.text('sentences.restore.unseen');
  const when = language.instant(history.lastRestoreMs, day.timezone);
  return language.text('sentences.restore.seen', { age, when });
}
