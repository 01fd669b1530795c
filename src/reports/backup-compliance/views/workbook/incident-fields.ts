import { type Fields, booleanField, textField, timeField } from '../../../../renderers/xlsx/binding/field.js';
import type { Incident } from '../../model/incident.js';
import type { BackupWording } from '../backup-wording.js';

export function incidentFields(wording: BackupWording): Fields<Incident> {
  const { text: message } = wording;
  const yes = message('workbook.yes');
  const no = message('workbook.no');
  const states = { open: message('workbook.incident.open'), cleared: message('workbook.incident.cleared') };
  return {
    name: textField((row) => row.resourceName),
    type: textField((row) => wording.resourceType(row.resourceType)),
    condition: textField((row) => row.condition),
    state: textField((row) => states[row.state]),
    bearsOnBackups: textField((row) => (row.bearsOnBackups ? yes : no)),
    isBackupFailure: booleanField((row) => row.bearsOnBackups),
    opened: timeField((row) => row.openedAt),
    lastSeen: timeField((row) => row.lastSeenAt),
    cleared: timeField((row) => row.clearedAt),
    description: textField((row) => row.description),
    id: textField((row) => row.resourceId),
    events: textField((row) => row.eventIds.join('; ')),
  };
}
