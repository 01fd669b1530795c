import { toIso } from '../../../base/instants.js';
import type { TimeWindow } from '../../../model/report-day.js';
import type { ExplainedRecord } from '../../explanation.js';
import type { RecordExplanation } from '../../report-kind.js';
import { type ClassifiedActivity, createActivityClassifier } from '../events/classify-record.js';
import { HeldActivity } from '../events/held-activity.js';
import { HeldTrails } from '../events/held-trails.js';
import { activityName, classifyActivity } from '../facts/classify-activity.js';

/** Interprets records as a report of the window does, and says what each became. */
export function openActivityExplanation(window: TimeWindow, cutOffMs = window.toMs): RecordExplanation {
  const classify = createActivityClassifier(window, cutOffMs);
  const held = new HeldActivity();
  const trails = new HeldTrails();
  return {
    take: (value) => classify(value).map((found) => explained(found, held, trails)),
    finish: () => [],
  };
}

const nothing = {
  reason: null,
  eventType: null,
  time: null,
  eventId: null,
  subject: null,
  became: null,
} as const;

function explained(found: ClassifiedActivity, held: HeldActivity, trails: HeldTrails): ExplainedRecord {
  switch (found.kind) {
    case 'rejected':
      return { ...nothing, disposition: 'rejected', reason: found.reason };
    case 'other':
      return {
        ...nothing,
        disposition: 'ignored',
        eventType: found.eventType,
        reason: 'no audit event of Data Safe',
      };
    case 'outside': {
      const became = found.isLate ? 'an event of an earlier day that was collected on this one' : null;
      return { ...nothing, disposition: 'outside', time: toIso(found.event.timeMs), became };
    }
    case 'trail': {
      const { targetId, status, location } = found.trail;
      const became = `the state of the audit trail ${location}: ${status}`;
      const disposition = trails.add(found.trail);
      return { ...nothing, disposition, subject: { id: targetId, name: targetId }, became };
    }
    case 'event': {
      const { id, timeMs, targetId, targetName, dbUserName, fields } = found.event;
      const { result, list } = classifyActivity(fields);
      const who = dbUserName === null ? '' : ` by ${dbUserName}`;
      const listed = list === null ? '' : `, listed under ${list}`;
      return {
        ...nothing,
        disposition: held.add(found.event),
        time: toIso(timeMs),
        eventId: id,
        subject: { id: targetId, name: targetName ?? targetId },
        became: `${activityName(fields)}${who}: ${result}${listed}`,
      };
    }
  }
}
