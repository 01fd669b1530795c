import type { BackupChange } from '../../model/backup-change.js';
import type { ReportFinding, WaiverReport } from '../../model/daily-report.js';
import { changeLabels, findingLabels, verdictLabels, waiverStateLabels } from '../labels.js';
import type { CellTimes } from './cell-times.js';
import { column, type Column } from './column.js';

export function waiverColumns({ date }: CellTimes): readonly Column<WaiverReport>[] {
  return [
    column('Match', 'The resources that it is for', 'text', 36, (row) => row.match),
    column('State', 'On the report day', 'label', 16, (row) => waiverStateLabels[row.state]),
    column('Reason', 'Why it was granted', 'long-text', 44, (row) => row.reason),
    column('Ticket', 'Where it was asked for', 'text', 14, (row) => row.ticket),
    column('Approved by', 'Who granted it', 'text', 26, (row) => row.approvedBy),
    column('Expires', 'Last report day that it holds for', 'date', 12, (row) => date(row.expires)),
    column('Days left', 'From the report day; negative: expired', 'count', 10, (row) => row.daysLeft),
    column(
      'Resources',
      'How many it holds for, or would if it had not expired',
      'count',
      11,
      (row) => row.resources.length,
    ),
    column('Holds for', 'Their names and verdicts', 'long-text', 54, (row) => heldNames(row)),
  ];
}

function heldNames({ resources }: WaiverReport): string | null {
  if (resources.length === 0) return null;
  return resources
    .map(({ resourceName, compliance }) => `${resourceName} (${verdictLabels[compliance].words})`)
    .join('\n');
}

export function changeColumns({ zone, time }: CellTimes): readonly Column<BackupChange>[] {
  return [
    column('Resource', 'Name of the resource', 'text', 26, (row) => row.resourceName),
    column('Type', 'Kind of resource', 'text', 18, (row) => row.resourceType),
    column(`Time (${zone})`, 'When it was done', 'time', 19, (row) => time(row.time)),
    column('Kind', 'Kind of change', 'label', 12, (row) => changeLabels[row.kind]),
    column('What', "Oracle's name of the event", 'text', 34, (row) => row.what),
    column('State as reported', "How it ended, the source's own word", 'text', 18, (row) => row.state),
    column('Who', 'Who did it, where the event says so', 'text', 28, (row) => row.principal),
    column(
      'Detail',
      "The source's own words, and what follows for compliance",
      'long-text',
      56,
      (row) => row.detail,
    ),
    column('Subject', 'What was changed, where it is not the resource', 'text', 34, (row) => row.subjectId),
    column('Resource OCID', 'Identifier in lower case', 'text', 34, (row) => row.resourceId),
    column('Event', 'Event id; finds the record in events.ndjson.gz', 'text', 38, (row) => row.eventId),
  ];
}

export const findingColumns: readonly Column<ReportFinding>[] = [
  column('About', 'The rule or the resource', 'text', 36, (row) => row.subject),
  column('Finding', 'Kind of finding', 'label', 26, (row) => findingLabels[row.kind]),
  column('What to do', 'A sentence that a person can act on', 'long-text', 90, (row) => row.words),
];
