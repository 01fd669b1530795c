import { shortText, timeWords } from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { Incident } from '../../model/incident.js';
import type { BackupWording } from '../backup-wording.js';

export interface IncidentView {
  readonly name: string;
  readonly kind: string;
  readonly condition: string;
  readonly state: Label;
  readonly bearing: string;
  readonly opened: string;
  readonly lastSeen: string;
  readonly cleared: string;
  readonly description: string | null;
}

export function incidentView(incident: Incident, timezone: string, wording: BackupWording): IncidentView {
  const { text } = wording;
  const { openedAt, lastSeenAt, clearedAt, description } = incident;
  return {
    name: shortText(incident.resourceName),
    kind: shortText(wording.resourceType(incident.resourceType)),
    condition: shortText(incident.condition),
    state: incidentState(incident, wording),
    bearing: text(incident.bearsOnBackups ? 'page.incidents.backupFailure' : 'page.incidents.contextOnly'),
    opened: timeWords(openedAt, timezone, text('page.incidents.openingNotSeen'), wording),
    lastSeen: timeWords(lastSeenAt, timezone, '', wording),
    cleared: timeWords(clearedAt, timezone, text('page.incidents.notCleared'), wording),
    description: description === null ? null : shortText(description),
  };
}

function incidentState(incident: Incident, { text }: BackupWording): Label {
  if (incident.state === 'cleared') return { words: text('page.incidents.isCleared'), tone: 'quiet' };
  return { words: text('page.incidents.isOpen'), tone: incident.bearsOnBackups ? 'bad' : 'warn' };
}
