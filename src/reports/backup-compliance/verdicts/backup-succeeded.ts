import type { Language } from '../../../model/language.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { ControlResult, Verdict } from '../model/resource-compliance.js';
import { type ControlInput, judge } from './control-input.js';
import type { CorrelatedJob } from '../facts/correlate-jobs.js';
import type { Demand } from '../rules/due.js';
import { demanderInWords } from '../rules/policy-words.js';
import type { ResourceHistory } from '../facts/resource-history.js';

/** Did every backup that was due that day succeed? One that was recovered passes, visibly. */
export function backupSucceeded(input: ControlInput): ControlResult {
  const { history, outcome, day, demand, due, language } = input;
  const attempts = attemptsInWords(history, language);
  const threshold = language.text('sentences.backupSucceeded.threshold');
  const says = (verdict: Verdict, reason: string, measured: string | null = attempts): ControlResult =>
    judge(verdict, reason, measured, threshold, demanderInWords(demand.policy, language));
  switch (outcome) {
    case 'FAILED': {
      const failure = failureInWords(history.dayBackups, day, language);
      return says('NON_COMPLIANT', language.text('sentences.backupSucceeded.failed', { attempts, failure }));
    }
    case 'MISSED':
      return says('NON_COMPLIANT', missedInWords(input));
    case 'UNKNOWN':
      return says('UNKNOWN', unknownInWords(history.dayBackups, day, language));
    case 'LATE': {
      const late = { date: language.date(due?.date ?? ''), demanded: demandInWords(demand, language) };
      return says('NON_COMPLIANT', language.text('sentences.backupSucceeded.late', late));
    }
    case 'IN_PROGRESS':
      return inProgress(history, language, says);
    case 'RECOVERED':
      return says('COMPLIANT', language.text('sentences.backupSucceeded.recovered', { attempts }));
    case 'SUCCEEDED_WITH_WARNINGS':
      return says(
        'COMPLIANT',
        language.text('sentences.backupSucceeded.succeededWithWarnings', { attempts }),
      );
    case 'SUCCEEDED':
      return says('COMPLIANT', language.text('sentences.backupSucceeded.succeeded', { attempts }));
    case 'NOT_DUE':
      return says('NOT_APPLICABLE', notDueInWords(input), null);
  }
}

function attemptsInWords({ dayBackups }: ResourceHistory, language: Language): string {
  return language.text('sentences.backupSucceeded.attempts', { number: dayBackups.length });
}

/** `daily, policy production` */
function demandInWords({ policy, cadence, isAssigned }: Demand, language: Language): string {
  if (isAssigned) {
    return language.text('sentences.backupSucceeded.demandedByAssignment', { cadence: cadence.words });
  }
  return policy.isDefault
    ? language.text('sentences.backupSucceeded.demandedByDefault', { cadence: cadence.words })
    : language.text('sentences.backupSucceeded.demandedByNamed', {
        cadence: cadence.words,
        name: policy.name,
      });
}

function missedInWords({ due, day, demand, language }: ControlInput): string {
  const demanded = demandInWords(demand, language);
  if (due === null || due.date === day.date) {
    return language.text('sentences.backupSucceeded.missedToday', { demanded });
  }
  return language.text('sentences.backupSucceeded.missedOn', { date: language.date(due.date), demanded });
}

function notDueInWords({ createdMs, day, demand, language }: ControlInput): string {
  if (createdMs === null || createdMs < day.startMs) {
    return language.text('sentences.backupSucceeded.notDue', { demanded: demandInWords(demand, language) });
  }
  const when = language.instant(createdMs, day.timezone);
  return language.text('sentences.backupSucceeded.created', { when });
}

/** One success makes the day good while another attempt runs; with none the day is not decided yet. */
function inProgress(
  history: ResourceHistory,
  language: Language,
  says: (verdict: Verdict, reason: string) => ControlResult,
): ControlResult {
  const succeeded = history.dayBackups.some(({ status }) => status.startsWith('SUCCEEDED'));
  if (!succeeded) return says('UNKNOWN', language.text('sentences.backupSucceeded.running'));
  const attempts = attemptsInWords(history, language);
  return says('COMPLIANT', language.text('sentences.backupSucceeded.succeededAndRuns', { attempts }));
}

/** How the last of the attempts failed that did. */
function failureInWords(backups: readonly CorrelatedJob[], day: ReportDay, language: Language): string {
  const job = backups.findLast(({ status }) => status === 'FAILED' || status === 'CANCELED');
  if (job === undefined) return language.text('sentences.failure.unknown');
  const what = endInWords(job, day, language);
  const message = job.end?.message ?? job.end?.result.state ?? null;
  return message === null ? what : language.text('sentences.failure.withMessage', { what, message });
}

function endInWords({ status, endMs }: CorrelatedJob, day: ReportDay, language: Language): string {
  const isCanceled = status === 'CANCELED';
  if (endMs === null) {
    return language.text(isCanceled ? 'sentences.failure.canceled' : 'sentences.failure.failed');
  }
  const when = language.instant(endMs, day.timezone);
  return language.text(isCanceled ? 'sentences.failure.canceledAt' : 'sentences.failure.failedAt', { when });
}

function unknownInWords(backups: readonly CorrelatedJob[], day: ReportDay, language: Language): string {
  const job = backups.findLast(({ status }) => status === 'UNKNOWN');
  if (job?.kind === 'unrecognised') {
    const type = job.end?.type.name ?? job.begin?.type.name ?? '';
    return language.text('sentences.backupSucceeded.unknownType', { type });
  }
  if (job !== undefined && job.endMs === null && job.startMs !== null) {
    const when = language.instant(job.startMs, day.timezone);
    return language.text('sentences.backupSucceeded.noEnd', { when });
  }
  const state = job?.end?.result.state ?? null;
  return state === null
    ? language.text('sentences.backupSucceeded.noState')
    : language.text('sentences.backupSucceeded.unknownState', { state });
}
