import { scalarText } from '../../../records/json.js';
import type { EventCondition } from '../model/backup-event.js';
import type { EventType } from '../model/event-type.js';
import { type EventData, type EventDetails, maxMessage } from './event-fields.js';

const clearedSuffix = '_CLEARED';

/** The condition of a critical or information event; undefined if it is not about backups and closes nothing. */
export function readCondition(
  type: EventType,
  data: EventData,
  details: EventDetails,
): EventCondition | undefined {
  const name = scalarText(details.eventName)?.toUpperCase() ?? 'NOT NAMED';
  const cleared = name.endsWith(clearedSuffix);
  if (type.phase === 'information' && !cleared) return undefined;
  if (!type.catalogued && !name.includes('BACKUP')) return undefined;
  return {
    name: cleared ? name.slice(0, -clearedSuffix.length) : name,
    cleared,
    description: scalarText(details.description)?.slice(0, maxMessage) ?? null,
    uniqueName:
      scalarText(data.resourceName) ?? scalarText(details.dbUniqueName) ?? scalarText(details.dbName) ?? null,
  };
}
