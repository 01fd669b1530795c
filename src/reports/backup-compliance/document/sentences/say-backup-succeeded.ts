import type { Language } from '../../../../model/language.js';
import type {
  AttemptFailure,
  BackupReason,
  DemandedCadence,
  UnattributedBackupReason,
} from '../../model/control-reason.js';
import { type ControlWords, reasonAlone } from './control-words.js';
import { creationInWords } from './creation-in-words.js';
import { demanderInWords } from './say-policies.js';
import type { Speech } from './speech.js';

const successTexts = {
  'backup.succeeded-and-running': 'sentences.backupSucceeded.succeededAndRuns',
  'backup.recovered': 'sentences.backupSucceeded.recovered',
  'backup.succeeded-with-warnings': 'sentences.backupSucceeded.succeededWithWarnings',
  'backup.succeeded-some-with-warnings': 'sentences.backupSucceeded.succeededSomeWithWarnings',
  'backup.succeeded': 'sentences.backupSucceeded.succeeded',
} as const;

export function sayBackupSucceeded(
  reason: BackupReason | UnattributedBackupReason,
  speech: Speech,
): ControlWords {
  const { language } = speech;
  if (!('attempts' in reason)) return sayUnattributed(reason, language);
  const attempts = language.text('sentences.backupSucceeded.attempts', { number: reason.attempts });
  const isDue = reason.code !== 'backup.not-due' && reason.code !== 'backup.resource-is-new';
  return {
    reason: withGroup(reason, attemptsSentence(reason, attempts, speech), language),
    measured: isDue ? attempts : null,
    threshold: language.text('sentences.backupSucceeded.threshold'),
    demandedBy: demanderInWords(reason.demand.policy, language),
  };
}

const failedTexts = {
  any: 'sentences.backupSucceeded.failed',
  group: 'sentences.backupSucceeded.failedOfGroup',
  volume: 'sentences.backupSucceeded.failedOfVolume',
} as const;

/** Names the volume group that a volume is backed up through. */
function withGroup({ throughGroup: group }: BackupReason, reason: string, language: Language): string {
  return group === undefined
    ? reason
    : language.text('sentences.backupSucceeded.throughGroup', { reason, group });
}

function sayUnattributed({ code }: UnattributedBackupReason, language: Language): ControlWords {
  const isFailed = code === 'unattributed.failed';
  return reasonAlone(
    language.text(isFailed ? 'sentences.unattributed.failed' : 'sentences.unattributed.made'),
  );
}

function attemptsSentence(reason: BackupReason, attempts: string, speech: Speech): string {
  const { language, timezone } = speech;
  const demanded = demandInWords(reason.demand, language);
  const date = language.date(speech.date);
  switch (reason.code) {
    case 'backup.failed': {
      const failure = failureInWords(reason.failure, speech);
      return language.text(failedTexts[reason.failure?.attemptOf ?? 'any'], { attempts, date, failure });
    }
    case 'backup.missed-today':
    case 'backup.missed': {
      const due = reason.code === 'backup.missed' ? language.date(reason.dueDate) : date;
      const missed = { date: due, demanded };
      return reason.isToldAtEnd === true
        ? language.text('sentences.backupSucceeded.missedOfAzure', missed)
        : language.text('sentences.backupSucceeded.missed', missed);
    }
    case 'backup.late':
    case 'backup.late-and-running': {
      const late = { date: language.date(reason.dueDate), demanded };
      return reason.code === 'backup.late'
        ? language.text('sentences.backupSucceeded.late', late)
        : language.text('sentences.backupSucceeded.lateAndRuns', late);
    }
    case 'backup.of-unknown-type':
      return language.text('sentences.backupSucceeded.unknownType', { type: reason.eventType });
    case 'backup.without-end': {
      const when = language.instant(reason.beganMs, timezone);
      return language.text('sentences.backupSucceeded.noEnd', { when });
    }
    case 'backup.without-state':
      return language.text('sentences.backupSucceeded.noState');
    case 'backup.of-undecided-name':
      return language.text('sentences.backupSucceeded.undecidedName', { name: reason.name });
    case 'backup.of-unknown-state':
      return language.text('sentences.backupSucceeded.unknownState', { state: reason.state });
    case 'backup.running':
      return reason.beganMs === null
        ? language.text('sentences.backupSucceeded.running')
        : language.text('sentences.backupSucceeded.runningSince', {
            when: language.instant(reason.beganMs, timezone),
          });
    case 'backup.succeeded-and-running':
    case 'backup.recovered':
    case 'backup.succeeded-with-warnings':
    case 'backup.succeeded-some-with-warnings':
    case 'backup.succeeded': {
      const words = language.text(successTexts[reason.code], { attempts, date });
      return reason.canceled === 0
        ? words
        : language.text('sentences.backupSucceeded.andCanceled', { words, number: reason.canceled });
    }
    case 'backup.not-due':
      return language.text('sentences.backupSucceeded.notDue', { date, demanded });
    case 'backup.resource-is-new': {
      const when = creationInWords(reason, speech);
      return language.text('sentences.backupSucceeded.created', { when });
    }
  }
}

/** `daily, policy production` */
function demandInWords({ policy, cadence, isAssigned }: DemandedCadence, language: Language): string {
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

function failureInWords(failure: AttemptFailure | null, speech: Speech): string {
  const { language } = speech;
  if (failure === null) return language.text('sentences.failure.unknown');
  const what = endInWords(failure, speech);
  const { message } = failure;
  return message === null ? what : language.text('sentences.failure.withMessage', { what, message });
}

function endInWords({ status, endMs }: AttemptFailure, { language, timezone }: Speech): string {
  const isCanceled = status === 'CANCELED';
  if (endMs === null) {
    return language.text(isCanceled ? 'sentences.failure.canceled' : 'sentences.failure.failed');
  }
  const when = language.instant(endMs, timezone);
  return language.text(isCanceled ? 'sentences.failure.canceledAt' : 'sentences.failure.failedAt', { when });
}
