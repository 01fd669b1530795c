import type { OpenIncidentReason } from '../../model/control-reason.js';
import { type ControlWords, reasonAlone } from './control-words.js';
import type { Speech } from './speech.js';

export function sayNoOpenIncident(reason: OpenIncidentReason, { language, timezone }: Speech): ControlWords {
  if (reason.code === 'incident.not-reported') {
    return reasonAlone(language.text('sentences.openIncident.notReported'));
  }
  if (reason.code === 'incident.no-alert-read') {
    return reasonAlone(language.text('sentences.openIncident.noAlertRead'));
  }
  const demanded = { threshold: language.text('sentences.openIncident.threshold'), demandedBy: null };
  if (reason.code === 'incident.none-open') {
    return {
      reason: language.text('sentences.openIncident.none'),
      measured: language.text('sentences.openIncident.measuredNone'),
      ...demanded,
    };
  }
  const { condition, sinceMs } = reason;
  const since = language.instant(sinceMs, timezone);
  return {
    reason: language.text('sentences.openIncident.open', { condition, since }),
    measured: language.text('sentences.openIncident.measuredOpen'),
    ...demanded,
  };
}
