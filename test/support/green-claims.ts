import { dayMs } from '../../src/base/time-units.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { ControlName } from '../../src/reports/backup-compliance/model/verdict.js';
import { type DayTruth, endOf, truthOf } from './day-truth.js';
import { english } from './judge-day.js';
import { begunMs, isSuccess } from './reference-facts.js';
import type { Fleet } from './simulated-fleet.js';

/** A sentence of a report, and what makes it true. The groups of the expression are given. */
interface Claim {
  readonly words: RegExp;
  readonly isTrue: (truth: DayTruth, ...groups: string[]) => boolean;
}

const claims: Readonly<Record<ControlName, readonly Claim[]>> = {
  'recovery-point-age': [
    { words: /^created at (.+), no backup yet; /, isTrue: isNew },
    {
      words: /^last successful backup (.+?), .+ before the cut-off; /,
      isTrue: (truth, when) => {
        const last = truth.successes.at(-1);
        return (
          last !== undefined && !truth.gone.has(last.backupId ?? '') && said(endOf(last), truth) === when
        );
      },
    },
    {
      words: /^newest backup that is left (.+?), .+? before the cut-off; (a|\d+) newer ones? /,
      isTrue: (truth, when, newer) => {
        const left = truth.successes.filter(({ backupId }) => !truth.gone.has(backupId ?? ''));
        const newest = left.at(-1);
        if (newest === undefined || said(endOf(newest), truth) !== when) return false;
        const gone = truth.successes.filter((each) => endOf(each) > endOf(newest)).length;
        return gone === (newer === 'a' ? 1 : Number(newer));
      },
    },
  ],
  'backup-succeeded': [
    { words: /^created at (.+), no backup is due yet$/, isTrue: isNew },
    {
      words: /^(\d+) attempts? on (\S+?)[,:;] (.+)$/,
      isTrue: (truth, number, date, rest = '') =>
        truth.ofDay.length === Number(number) && date === truth.day.date && isSaidOfDay(truth, rest),
    },
    {
      words: /^no backup was due on (\S+)/,
      isTrue: ({ ofDay, member, day }, date) =>
        ofDay.length === 0 && date === day.date && !isDueOn(day.date, member.policy.name),
    },
  ],
  'no-open-incident': [
    {
      words: /^no backup failure incident open at the cut-off$/,
      isTrue: ({ isIncidentOpen }) => !isIncidentOpen,
    },
    { words: /^no incidents are reported for this type$/, isTrue: ({ member }) => !member.isDatabase },
  ],
  retention: [
    {
      words: /^kept for (\d+) days?, policy .+ demands/,
      isTrue: ({ settings, member }, days) => {
        const window = settings.findLast((each) => each.recoveryWindowDays !== null)?.recoveryWindowDays;
        return window === Number(days) && Number(days) >= (member.policy.minRetentionDays ?? Infinity);
      },
    },
    {
      words: /demands no minimum retention$/,
      isTrue: ({ member }) => member.policy.minRetentionDays === null,
    },
  ],
  'protection-enabled': [
    {
      words: /^(?:automatic backup is on|a backup policy was assigned)(?:,? (?:as set )?at (.+))?$/,
      isTrue: (truth, when) => {
        const last = truth.settings.findLast((each) => each.autoBackupEnabled !== null);
        if (last?.autoBackupEnabled !== true) return false;
        return when === undefined || truth.settings.some(({ told }) => said(told.ms, truth) === when);
      },
    },
    {
      words: /^neither inventory nor events tell of automatic backup$/,
      isTrue: ({ settings }) => settings.every((each) => each.autoBackupEnabled === null),
    },
  ],
  duration: [
    {
      words: /^longest attempt (.+?), .+ allows/,
      isTrue: ({ ofDay, day }, longest) => {
        const durations = ofDay
          .filter(({ begin, createdMs }) => begin !== null || createdMs !== null)
          .map((each) => Math.min(endOf(each), day.cutOffMs) - begunMs(each));
        return english.duration(Math.max(...durations)) === longest;
      },
    },
    {
      words: /^no attempt of known duration on (\S+)$/,
      isTrue: ({ ofDay, day }, date) =>
        date === day.date && ofDay.every(({ begin, createdMs }) => begin === null && createdMs === null),
    },
  ],
  'no-early-deletion': [
    {
      words: /^no backup was deleted on (\S+)$/,
      isTrue: ({ deletionsOfDay, day }, date) => date === day.date && deletionsOfDay.length === 0,
    },
    {
      words: /^no deletion of one of its backups is known; backups were deleted on /,
      isTrue: ({ deletionsOfDay }) => deletionsOfDay.length === 0,
    },
    {
      words: /^backups were deleted; no retention is known to judge by$/,
      isTrue: ({ deletionsOfDay, settings, member }) =>
        deletionsOfDay.length > 0 &&
        member.policy.minRetentionDays === null &&
        settings.every(({ recoveryWindowDays }) => recoveryWindowDays === null),
    },
    {
      words: /^only backups that had not succeeded were deleted$/,
      isTrue: ({ deletionsOfDay, successes }) =>
        deletionsOfDay.length > 0 &&
        deletionsOfDay.every(({ backupId }) => successes.every((each) => each.backupId !== backupId)),
    },
    {
      words: /^backups were deleted after their time, .+ (?:is|demands) (\d+) d/,
      isTrue: ({ deletionsOfDay, successes }, days) =>
        deletionsOfDay.length > 0 &&
        deletionsOfDay.every(({ backupId, told }) =>
          successes
            .filter((each) => each.backupId === backupId)
            .every((each) => told.ms - begunMs(each) >= Number(days) * dayMs),
        ),
    },
  ],
  'restore-tested': [
    {
      words: /^last restore seen: (.+?), .+? before the cut-off(?: \(restored, contents unproven\))?[;,]/,
      isTrue: (truth, when) => {
        const last = truth.restores.at(-1);
        return last !== undefined && said(endOf(last), truth) === when;
      },
    },
    { words: /^last restore seen: never; .+ demands none$/, isTrue: ({ restores }) => restores.length === 0 },
  ],
};

function isNew(truth: DayTruth, when?: string): boolean {
  const { createdMs } = truth.member;
  const isCreated = createdMs !== null && createdMs < truth.day.cutOffMs && said(createdMs, truth) === when;
  return isCreated && truth.ofDay.length === 0 && truth.successes.length === 0;
}

/** What is said of the attempts of a day, after their number. */
function isSaidOfDay({ ofDay, day }: DayTruth, words: string): boolean {
  const ended = ofDay.filter((each) => endOf(each) < day.cutOffMs);
  const successes = ended.filter(isSuccess);
  const failures = ended.filter(({ result }) => result === 'FAILED');
  const lastSuccessMs = Math.max(...successes.map(endOf));
  const canceled = /(one|\d+) of them (?:was|were) canceled/.exec(words)?.[1];
  if (canceled !== undefined) {
    const number = ended.filter(({ result }) => result === 'CANCELED').length;
    if (number !== (canceled === 'one' ? 1 : Number(canceled))) return false;
  }
  if (successes.length === 0) return false;
  if (words.startsWith('failed, then succeeded')) {
    return failures.length > 0 && failures.every((each) => endOf(each) < lastSuccessMs);
  }
  const isRunning = ended.length < ofDay.length;
  // Beside an attempt that runs it says that one succeeded, and nothing of others.
  if (words.includes('had not ended by the cut-off')) return isRunning;
  return failures.length === 0 && !isRunning;
}

function isDueOn(date: string, policy: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  if (policy === 'weekly') return weekday === 0;
  if (policy === 'workdays') return weekday >= 1 && weekday <= 5;
  return policy === 'monthly' ? date.endsWith('-01') : true;
}

function said(ms: number, { day: { timezone } }: DayTruth): string {
  return english.instant(ms, timezone);
}

/** The sentences of green verdicts that the events of the day do not bear out: of each control, and of each green resource. */
export function untrueSentences(estate: Fleet, { reportDay, resources }: DailyReport): readonly string[] {
  const { date, timezone } = reportDay;
  const day = {
    date,
    timezone,
    startMs: Date.parse(reportDay.start),
    cutOffMs: Date.parse(reportDay.cutOff),
  };
  return resources.flatMap(({ resourceId, compliance, controls }) => {
    const member = estate.members.find((each) => each.resourceId === resourceId);
    if (member === undefined) return [`${date} ${resourceId} is no resource of the estate`];
    const truth = truthOf(estate, member, day);
    return Object.entries(controls)
      .filter(([, { verdict }]) => verdict === 'COMPLIANT' || compliance === 'COMPLIANT')
      .filter(([control, { reason }]) => !isBorneOut(claimsOf(control), truth, reason))
      .map(([control, { verdict, reason }]) => `${date} ${resourceId} ${control} ${verdict}: ${reason}`);
  });
}

function claimsOf(control: string): readonly Claim[] {
  return Object.entries(claims).find(([name]) => name === control)?.[1] ?? [];
}

/** A sentence that no claim knows is not borne out: nobody has written down what makes it true. */
function isBorneOut(known: readonly Claim[], truth: DayTruth, reason: string): boolean {
  const sentence = reason.replace(/; backed up through the volume group .+$/, '');
  return known.some(({ words, isTrue }) => {
    const match = words.exec(sentence);
    return match !== null && isTrue(truth, ...match.slice(1));
  });
}
