import type { Language } from '../../../../model/language.js';
import type { BackupChange } from '../../model/backup-change.js';
import type { JobStatus } from '../../model/backup-job.js';
import { saySetting } from './say-settings.js';
import type { ChangeDetail, ChangeState, ObservedChange } from '../../model/observed-change.js';

const keyOfRestore: Readonly<Record<JobStatus, string>> = {
  FAILED: 'sentences.change.restoreFailed',
  UNKNOWN: 'sentences.change.restoreUnknown',
  CANCELED: 'sentences.change.restoreCanceled',
  IN_PROGRESS: 'sentences.change.restoreInProgress',
  SUCCEEDED_WITH_WARNINGS: 'sentences.change.restoreSucceededWithWarnings',
  SUCCEEDED: 'sentences.change.restoreSucceeded',
};

/** The changes of the day as the report lists them, in the order given. */
export function sayChanges(changes: readonly ObservedChange[], language: Language): readonly BackupChange[] {
  return changes.map(({ setting, ...change }) => ({
    ...change,
    ...(setting === undefined ? {} : saySetting(setting, language)),
    state: sayState(change.state, language),
    detail: sayDetail(change.detail, language),
  }));
}

function sayState(state: ChangeState, language: Language): string | null {
  return state.code === 'quoted' ? state.state : language.text(keyOfRestore[state.status]);
}

function sayDetail(detail: ChangeDetail, language: Language): string | null {
  if (detail.code === 'begun') return language.text('sentences.change.begun');
  const { message, deletedAgeMs } = detail;
  const age =
    deletedAgeMs === null
      ? null
      : language.text('sentences.change.deletedAge', { age: language.duration(deletedAgeMs) });
  return [message, age].filter((part) => part !== null).join('; ') || null;
}
