import { shortText } from '../../../renderers/view/view-parts.js';
import type { Label, Tone, Wording } from '../../../renderers/view/wording.js';
import type { Change } from '../model/change.js';
import { type JudgedChanges, type TenancyVerdict, verdictOf } from '../model/standing.js';
import type { TenancyReport } from '../model/tenancy-report.js';

const toneOfVerdict: Readonly<Record<TenancyVerdict, Tone>> = {
  ATTENTION: 'bad',
  INCOMPLETE: 'warn',
  REVIEW: 'warn',
  ROUTINE: 'good',
};

const toneOfResult: Readonly<Record<Change['result'], Tone>> = {
  succeeded: 'quiet',
  refused: 'warn',
  failed: 'warn',
  unknown: 'unknown',
};

const toneOfAction: Readonly<Record<Change['action'], Tone>> = {
  created: 'info',
  updated: 'quiet',
  deleted: 'bad',
  other: 'unknown',
};

export function verdictLabel(report: JudgedChanges, { text }: Wording): Label {
  const verdict = verdictOf(report);
  return { words: text(`tenancy.verdict.${verdict}`), tone: toneOfVerdict[verdict] };
}

/** Of a change that still runs, nobody knows the result. */
export function resultLabel({ result, endTime }: Change, { text }: Wording): Label {
  if (endTime === null) return { words: text('tenancy.result.running'), tone: 'info' };
  return { words: text(`tenancy.result.${result}`), tone: toneOfResult[result] };
}

export function actionLabel({ action }: Pick<Change, 'action'>, { text }: Wording): Label {
  return { words: text(`tenancy.action.${action}`), tone: toneOfAction[action] };
}

/** What was changed, by its name, else its id. */
export function resourceWords({ resourceName, resourceId }: Change, { text }: Wording): string {
  return shortText(resourceName ?? resourceId ?? text('tenancy.notTold'), 120);
}

export function principalWords(
  { principalName, principalId }: Pick<Change, 'principalName' | 'principalId'>,
  { text }: Wording,
): string {
  return shortText(principalName ?? principalId ?? text('tenancy.nobody'), 120);
}

/** `404 NotAuthorizedOrNotFound`; empty where nothing is told. */
export function answerWords({ status, message }: Change): string {
  return shortText([status, message].filter((each) => each !== null).join(' '), 200);
}

export function headlineOf({ totals, running }: TenancyReport, { text }: Wording): string {
  const { changes, removedProtection, backupRelevant } = totals;
  const bearing =
    removedProtection > 0
      ? text('tenancy.headline.removed', { number: removedProtection })
      : backupRelevant > 0
        ? text('tenancy.headline.backups', { number: backupRelevant })
        : text('tenancy.headline.none');
  const still = running.total > 0 ? text('tenancy.headline.running', { number: running.total }) : '';
  return text('tenancy.headline.all', { changes, bearing, still });
}

/** `412 changes = 380 succeeded + 20 refused + 10 failed + 2 not known` */
export function balanceOf(
  { changes, byResult }: Pick<TenancyReport['totals'], 'changes' | 'byResult'>,
  { text }: Wording,
): string {
  return text('tenancy.balance', { changes, ...byResult });
}
