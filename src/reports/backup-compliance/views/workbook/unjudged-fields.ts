import type { DailyReport, FormerResource, UnjudgedResource } from '../../model/daily-report.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import { tagWords } from './tag-words.js';
import { type Fields, date, number, text, time } from '../../../../renderers/xlsx/binding/field.js';

type Standing = 'notInInventory' | 'excluded' | 'former';

/** A resource that is not judged, and on what ground: of one that has left little is known. */
export interface NotJudgedRow {
  readonly standing: Standing;
  readonly identity: Pick<UnjudgedResource, 'resourceId' | 'resourceType' | 'resourceName'>;
  readonly reason: string;
  readonly unjudged: UnjudgedResource | null;
  readonly former: FormerResource | null;
}

export function notJudgedRows(report: DailyReport, wording: Wording): readonly NotJudgedRow[] {
  const { notInInventory, excludedResources, formerResources } = report;
  return [
    ...notInInventory.map((row) => unjudgedRow(row, 'notInInventory')),
    ...excludedResources.map((row) => unjudgedRow(row, 'excluded')),
    ...formerResources.map((row) => formerRow(row, wording)),
  ];
}

function unjudgedRow(resource: UnjudgedResource, standing: Standing): NotJudgedRow {
  return { standing, identity: resource, reason: resource.reason, unjudged: resource, former: null };
}

function formerRow(resource: FormerResource, { text: message }: Wording): NotJudgedRow {
  const reason = message(resource.reason === 'terminated' ? 'workbook.terminated' : 'workbook.leftInventory');
  return { standing: 'former', identity: resource, reason, unjudged: null, former: resource };
}

export function notJudgedFields(wording: Wording): Fields<NotJudgedRow> {
  return {
    name: text((row) => row.identity.resourceName),
    type: text((row) => row.identity.resourceType),
    compartment: text((row) => row.unjudged?.compartmentName ?? null),
    standing: text((row) => wording.text(`workbook.standing.${row.standing}`)),
    why: text((row) => row.reason),
    outcome: text(({ unjudged }) => (unjudged === null ? null : wording.outcome(unjudged.outcome).words)),
    attempts: number((row) => row.unjudged?.attempts ?? null),
    lastSuccess: time((row) => row.unjudged?.lastSuccessTime ?? null),
    lastFailure: time((row) => row.unjudged?.lastFailure?.time ?? null),
    failureReason: text((row) => row.unjudged?.lastFailure?.message ?? null),
    lastRestore: time((row) => row.unjudged?.lastRestoreTime ?? null),
    lastDay: date((row) => row.former?.lastDay ?? null),
    terminated: time((row) => row.former?.terminatedTime ?? null),
    tags: text(({ unjudged }) => (unjudged === null ? null : tagWords(unjudged.tags))),
    owner: text((row) => row.unjudged?.owner ?? null),
    id: text((row) => row.identity.resourceId),
  };
}
