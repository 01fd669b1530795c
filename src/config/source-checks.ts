import type { z } from 'zod';
import type { Configuration, PlanCheck } from './schema.js';

/** The log source of backup events, as its public parser is called. */
export const backupLogSource = 'OCI_Backup_Event_Source';

type SourceOfPlan = Configuration['sources'][number];

/** What is wrong with a source for a kind of report: the key, and words for it. */
interface SourceFault {
  readonly key: string;
  readonly words: string;
}

/** What a kind of report cannot read its records by. */
export interface UnfitSources {
  /** Types of sources that have none of its records, and why. */
  readonly without: Partial<Record<SourceOfPlan['type'], string>>;
  /** Why the default of logging-search, the records of Audit, is wrong; absent: it is right. */
  readonly notAudit?: string;
}

/**
 * Tells sources that have no record of a kind, or only a part of them by what they were made for: the report would look complete.
 */
export function sourcesFit(unfit: UnfitSources): PlanCheck {
  return ({ sources }, context) => {
    sources.forEach((source, index) => {
      for (const { key, words } of faultsOf(source, unfit)) addFault(context, [index, key], words);
    });
  };
}

function faultsOf(source: SourceOfPlan, { without, notAudit }: UnfitSources): readonly SourceFault[] {
  const why = without[source.type];
  if (why !== undefined) return [{ key: 'type', words: why }];
  if (source.type === 'logging-search' && notAudit !== undefined) {
    const isDefault = source.logs === undefined && source.search === undefined;
    return isDefault ? [{ key: 'logs', words: notAudit }] : [];
  }
  if (source.type !== 'log-analytics') return [];
  const faults: SourceFault[] = [];
  if (source.logSource.toLowerCase() === backupLogSource.toLowerCase()) {
    const words = 'has the events of backups alone: name the log source that has the records of this report';
    faults.push({ key: 'logSource', words });
  }
  if (source.aggregate !== 'none') {
    const words = 'pairs the events of backups, which only report: backup-compliance reads';
    faults.push({ key: 'aggregate', words });
  }
  return faults;
}

function addFault(context: z.RefinementCtx, path: readonly PropertyKey[], message: string): void {
  context.addIssue({ code: 'custom', path: ['sources', ...path], message });
}
