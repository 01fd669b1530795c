import type { JobStatus } from '../../model/backup-job.js';
import type { Action, EventType, Phase } from '../../model/event-type.js';

interface Operation {
  readonly action: Action;
  readonly meaning: string;
}

/** Every value of JobOperation (source: the resource provider's API), in lower case. */
const operations: ReadonlyMap<string, Operation> = new Map([
  ['backup', { action: 'backup', meaning: 'Azure Backup' }],
  ['restore', { action: 'restore', meaning: 'Azure Restore' }],
  ['crossregionrestore', { action: 'restore', meaning: 'Azure Cross Region Restore' }],
  ['configurebackup', { action: 'change', meaning: 'Azure Configure Backup' }],
  ['disablebackup', { action: 'change', meaning: 'Azure Disable Backup' }],
  ['undelete', { action: 'change', meaning: 'Azure Undelete Backup Data' }],
  ['deletebackupdata', { action: 'deletion', meaning: 'Azure Delete Backup Data' }],
  ['register', { action: 'unrelated', meaning: 'Azure Register' }],
  ['unregister', { action: 'unrelated', meaning: 'Azure Unregister' }],
  ['updatecustomermanagedkey', { action: 'unrelated', meaning: 'Azure Update Customer Managed Key' }],
]);

/** Every value of JobStatus, in lower case; null: it has not ended. */
const statuses: ReadonlyMap<string, JobStatus | null> = new Map([
  ['completed', 'SUCCEEDED'],
  ['completedwithwarnings', 'SUCCEEDED_WITH_WARNINGS'],
  ['failed', 'FAILED'],
  ['cancelled', 'CANCELED'],
  ['canceled', 'CANCELED'],
  ['inprogress', null],
  ['cancelling', null],
  ['canceling', null],
]);

/** What a status means; UNKNOWN for `Invalid` and for a word that the table lacks. null: the job has not ended. */
export function statusOfJob(state: string): JobStatus | null {
  const status = statuses.get(state.toLowerCase());
  return status === undefined ? 'UNKNOWN' : status;
}

/**
 * Types of jobs, each one object: `azure.backup.end`. An operation that the table lacks may be a backup, and is judged as
 * one of which nobody knows how it ended.
 */
export function createJobTypes(): (operation: string, phase: Extract<Phase, 'begin' | 'end'>) => EventType {
  const types = new Map<string, EventType>();
  return (operation, phase) => {
    const name = `azure.${operation.toLowerCase()}.${phase}`;
    let type = types.get(name);
    if (type === undefined) {
      const known = operations.get(operation.toLowerCase());
      const { action, meaning } = known ?? { action: 'unrecognised', meaning: `Azure ${operation}` };
      const kind = { action, phase, catalogued: known !== undefined };
      types.set(
        name,
        (type = { name, family: 'azure-backup', meaning: `${meaning}${phaseWords[phase]}`, ...kind }),
      );
    }
    return type;
  };
}

/** As display names of Oracle's types end. */
const phaseWords = { begin: ' - Begin', end: ' - End' } as const;

const nameOfType = /^azure\.(.+)\.(begin|end)$/;

/** Creates the reader of names of such types, as a report keeps them; null for any other name. */
export function createJobTypeReader(): (name: string) => EventType | null {
  const typeOf = createJobTypes();
  return (name) => {
    const [, operation, phase] = nameOfType.exec(name) ?? [];
    return operation === undefined ? null : typeOf(operation, phase === 'begin' ? 'begin' : 'end');
  };
}
