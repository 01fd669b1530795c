import { toIso } from '../../../../base/instants.js';
import { minuteMs } from '../../../../base/time-units.js';
import { reasonWords } from '../../../../model/reasons/reason-words.js';
import { instantIn, numberIn } from '../../../../records/azure/azure-columns.js';
import type { AzureRow } from '../../../../records/azure/azure-row.js';
import type { BackupEvent } from '../../model/backup-event.js';
import type { EventType } from '../../model/event-type.js';
import { maxMessage } from '../event-fields.js';
import { itemOf, resourceOfItem } from './azure-item.js';
import { type VersionedRow, writingOf } from './versioned-row.js';

export type ReadAlert =
  | { readonly kind: 'row'; readonly row: VersionedRow }
  | { readonly kind: 'rejected'; readonly reason: string };

/** Between the id of an alert and what happened to it, in the ids of events. */
const opening = '@';

/** The alert that an event of `readAlert` is of. */
export function alertOf(eventId: string): string {
  return eventId.slice(0, Math.max(0, eventId.lastIndexOf(opening)));
}

const alertType: EventType = {
  name: 'azure.alert.critical',
  family: 'azure-backup',
  action: 'condition',
  phase: 'critical',
  meaning: 'Azure Backup Alert',
  catalogued: true,
};
const noTraits = {
  backupType: null,
  trigger: null,
  destinationType: null,
  recoveryWindowDays: null,
  autoBackupEnabled: null,
};

/**
 * A classic alert of a vault: open while its status is Active. Only these are in the tables; the alerts of Azure Monitor,
 * which Microsoft moves everyone to, are not.
 */
export function readAlert(row: AzureRow, generatedMs: number): ReadAlert {
  const { columns } = row;
  const id = columns.get('alertuniqueid')?.toLowerCase();
  if (id === undefined) {
    return { kind: 'rejected', reason: reasonWords('azureNoId', { column: 'AlertUniqueId' }) };
  }
  const openedMs =
    instantIn(columns, 'alertoccurrencedatetime') ?? instantIn(columns, 'alertraisedon') ?? generatedMs;
  const isClosed = columns.get('alertstatus')?.toLowerCase() === 'inactive';
  const minutes = numberIn(columns, 'alerttimetoresolveinminutes');
  const closedMs = minutes === null ? generatedMs : openedMs + minutes * minuteMs;
  const name = (columns.get('alerttype') ?? columns.get('alertcode') ?? 'NOT NAMED').toUpperCase();
  const told = [columns.get('alertcode'), columns.get('recommendedaction')].filter(
    (each) => each !== undefined,
  );
  const description = told.length === 0 ? null : told.join(': ').slice(0, maxMessage);
  const alert = (timeMs: number, cleared: boolean): BackupEvent => ({
    eventId: `${id}${opening}${cleared ? 'closed' : 'opened'} ${toIso(timeMs)}`,
    type: alertType,
    timeMs,
    subjectId: null,
    resource: resourceOfItem(itemOf(columns)),
    createdMs: null,
    result: { status: null, state: null },
    traits: noTraits,
    message: null,
    condition: { name, cleared, description, uniqueName: null, toldMs: generatedMs },
    principal: null,
  });
  const opened = alert(openedMs, false);
  const tells = isClosed
    ? ({ kind: 'event', event: alert(closedMs, true), before: opened } as const)
    : ({ kind: 'event', event: opened } as const);
  return { kind: 'row', row: { key: `alert ${id}`, ...writingOf(row, generatedMs), itemId: null, tells } };
}
