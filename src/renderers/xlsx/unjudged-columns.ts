import type { DailyReport, FormerResource, UnjudgedResource } from '../../model/daily-report.js';
import { outcomeLabels, type Label } from '../labels.js';
import type { CellTimes } from './cell-times.js';
import { column, type Column } from './column.js';
import { tagWords } from './tag-words.js';

/** A resource that is not judged, and on what ground: of one that has left little is known. */
export interface NotJudgedRow {
  readonly standing: Label;
  readonly identity: Pick<UnjudgedResource, 'resourceId' | 'resourceType' | 'resourceName'>;
  readonly reason: string;
  readonly unjudged: UnjudgedResource | null;
  readonly former: FormerResource | null;
}

export function notJudgedRows(report: DailyReport): readonly NotJudgedRow[] {
  const { notInInventory, excludedResources, formerResources } = report;
  return [
    ...notInInventory.map((row) => unjudgedRow(row, { words: 'Not in the inventory', tone: 'warn' })),
    ...excludedResources.map((row) => unjudgedRow(row, { words: 'Excluded', tone: 'info' })),
    ...formerResources.map((row) => formerRow(row)),
  ];
}

function unjudgedRow(resource: UnjudgedResource, standing: Label): NotJudgedRow {
  return { standing, identity: resource, reason: resource.reason, unjudged: resource, former: null };
}

function formerRow(resource: FormerResource): NotJudgedRow {
  const standing: Label = { words: 'Former', tone: 'quiet' };
  return { standing, identity: resource, reason: resource.reason, unjudged: null, former: resource };
}

export function notJudgedColumns({ zone, time, date }: CellTimes): readonly Column<NotJudgedRow>[] {
  return [
    column('Resource', 'Name of the resource', 'text', 26, (row) => row.identity.resourceName),
    column('Type', 'Kind of resource', 'text', 18, (row) => row.identity.resourceType),
    column('Compartment', 'Compartment that it lies in', 'text', 18, ({ unjudged }) =>
      unjudged === null ? null : unjudged.compartmentName,
    ),
    column(
      'Standing',
      'Not in the inventory, excluded by a rule, or former',
      'label',
      20,
      (row) => row.standing,
    ),
    column('Why', 'Why it is not judged', 'text', 40, (row) => row.reason),
    column('Outcome', 'What became of its backups of the day', 'label', 15, ({ unjudged }) =>
      unjudged === null ? null : outcomeLabels[unjudged.outcome],
    ),
    column('Attempts', 'Backup attempts of the day', 'count', 10, (row) => row.unjudged?.attempts ?? null),
    column(`Last success (${zone})`, 'End of its last successful backup', 'time', 19, ({ unjudged }) =>
      time(unjudged?.lastSuccessTime ?? null),
    ),
    column(`Last failure (${zone})`, 'End of its last failed attempt', 'time', 19, ({ unjudged }) =>
      time(unjudged?.lastFailure?.time ?? null),
    ),
    column(
      'Reason of last failure',
      'In the words of the service',
      'text',
      40,
      ({ unjudged }) => unjudged?.lastFailure?.message ?? null,
    ),
    column(`Last restore (${zone})`, 'End of its last successful restore', 'time', 19, ({ unjudged }) =>
      time(unjudged?.lastRestoreTime ?? null),
    ),
    column('Last day judged', 'Date of the last report that judged it', 'date', 14, ({ former }) =>
      date(former?.lastDay ?? null),
    ),
    column(`Terminated (${zone})`, 'When it was terminated', 'time', 19, ({ former }) =>
      time(former?.terminatedTime ?? null),
    ),
    column('Tags', 'Names and values, in order of the names', 'text', 40, ({ unjudged }) =>
      unjudged === null ? null : tagWords(unjudged.tags),
    ),
    column('Owner', 'Who is to act', 'text', 24, ({ unjudged }) => unjudged?.owner ?? null),
    column('Resource OCID', 'Identifier in lower case', 'text', 34, (row) => row.identity.resourceId),
  ];
}
