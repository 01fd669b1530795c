import {
  type Fields,
  dateField,
  numberField,
  textField,
  timeField,
} from '../../../../renderers/xlsx/binding/field.js';
import type { DailyReport, FormerResource, UnjudgedResource } from '../../model/daily-report.js';
import type { BackupWording } from '../backup-wording.js';
import { tagWords } from './tag-words.js';

type NotJudgedStanding = 'notInInventory' | 'excluded' | 'former';

/** A resource that is not judged, and why; little is known of one that has left. */
export interface NotJudgedRow {
  readonly standing: NotJudgedStanding;
  readonly identity: Pick<UnjudgedResource, 'resourceId' | 'resourceType' | 'resourceName'>;
  readonly reason: string;
  readonly unjudged: UnjudgedResource | null;
  readonly former: FormerResource | null;
}

export function notJudgedRows(report: DailyReport, wording: BackupWording): readonly NotJudgedRow[] {
  const { notInInventory, excludedResources, formerResources } = report;
  return [
    ...notInInventory.map((row) => notJudgedRow(row, 'notInInventory')),
    ...excludedResources.map((row) => notJudgedRow(row, 'excluded')),
    ...formerResources.map((row) => formerNotJudgedRow(row, wording)),
  ];
}

function notJudgedRow(resource: UnjudgedResource, standing: NotJudgedStanding): NotJudgedRow {
  return { standing, identity: resource, reason: resource.reason, unjudged: resource, former: null };
}

function formerNotJudgedRow(resource: FormerResource, { text: message }: BackupWording): NotJudgedRow {
  return {
    standing: 'former',
    identity: resource,
    reason: reasonOf(resource, message),
    unjudged: null,
    former: resource,
  };
}

/** Terminated, perhaps with its parent, in the report's words; the shortest of them, and the other reason, in the workbook's. */
function reasonOf({ reason, terminatedTime }: FormerResource, message: BackupWording['text']): string {
  if (terminatedTime === null) return message('workbook.leftInventory');
  return reason === 'terminated' ? message('workbook.terminated') : reason;
}

export function notJudgedFields(wording: BackupWording): Fields<NotJudgedRow> {
  return {
    name: textField((row) => row.identity.resourceName),
    type: textField((row) => wording.resourceType(row.identity.resourceType)),
    compartment: textField((row) => row.unjudged?.compartmentName ?? null),
    standing: textField((row) => wording.text(`workbook.standing.${row.standing}`)),
    why: textField((row) => row.reason),
    outcome: textField(({ unjudged }) =>
      unjudged === null ? null : wording.outcome(unjudged.outcome).words,
    ),
    attempts: numberField((row) => row.unjudged?.attempts ?? null),
    lastSuccess: timeField((row) => row.unjudged?.lastSuccessTime ?? null),
    lastFailure: timeField((row) => row.unjudged?.lastFailure?.time ?? null),
    failureReason: textField((row) => row.unjudged?.lastFailure?.message ?? null),
    lastRestore: timeField((row) => row.unjudged?.lastRestoreTime ?? null),
    lastDay: dateField((row) => row.former?.lastDay ?? null),
    terminated: timeField((row) => row.former?.terminatedTime ?? null),
    tags: textField(({ unjudged }) => (unjudged === null ? null : tagWords(unjudged.tags))),
    owner: textField((row) => row.unjudged?.owner ?? null),
    id: textField((row) => row.identity.resourceId),
  };
}
