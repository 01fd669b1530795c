import type { Incident } from '../../model/incident.js';
import type { Label } from '../labels.js';
import { shortText, timeWords } from './view-parts.js';

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

export function incidentView(incident: Incident, timezone: string): IncidentView {
  return {
    name: shortText(incident.resourceName),
    kind: shortText(incident.resourceType),
    condition: shortText(incident.condition),
    state: incidentState(incident),
    bearing: incident.bearsOnBackups ? 'Backup failure' : 'Context only',
    opened: timeWords(incident.openedAt, timezone, 'opening not seen'),
    lastSeen: timeWords(incident.lastSeenAt, timezone, ''),
    cleared: timeWords(incident.clearedAt, timezone, 'not cleared'),
    description: incident.description === null ? null : shortText(incident.description),
  };
}

function incidentState(incident: Incident): Label {
  if (incident.state === 'cleared') return { words: 'Cleared', tone: 'quiet' };
  return { words: 'Open', tone: incident.bearsOnBackups ? 'bad' : 'warn' };
}
