import { cloudOf } from '../../../../model/resource-types.js';
import { azurePlaceOf } from '../../model/azure-place.js';
import type { JudgedResource, ResourceNote } from '../../model/judged-resource.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { sayControls } from './say-controls.js';
import { addDays, timeOfDay } from '../../../../base/civil-dates.js';
import type { Speech } from './speech.js';

/** The judged resources as the report lists them, in the order given. */
export function sayResources(
  resources: readonly JudgedResource[],
  speech: Speech,
): readonly ResourceCompliance[] {
  // Reports of OCI alone are as they were before there was another cloud.
  const hasClouds = resources.some((judged) => cloudOf(judged) !== 'oci');
  return resources.map((judged) => sayResource(judged, hasClouds, speech));
}

/** Fields are copied by name because a spread is slow for tens of thousands of resources. */
function sayResource(judged: JudgedResource, hasClouds: boolean, speech: Speech): ResourceCompliance {
  const said = {
    resourceId: judged.resourceId,
    resourceType: judged.resourceType,
    resourceName: judged.resourceName,
    compartmentId: judged.compartmentId,
    compartmentName: judged.compartmentName,
    owner: judged.owner,
    tags: judged.tags,
    ...(hasClouds ? cloudFields(judged) : {}),
    ...(judged.storedBytes === undefined ? {} : { storedBytes: judged.storedBytes }),
    policy: judged.policy,
    severity: judged.severity,
    outcome: judged.outcome,
    compliance: judged.compliance,
    controls: sayControls(judged.controls, speech),
    lastSuccessTime: judged.lastSuccessTime,
    recoveryPointAgeSeconds: judged.recoveryPointAgeSeconds,
    recoveryPoints: judged.recoveryPoints,
    byBackupType: judged.byBackupType,
    attempts: judged.attempts,
    lastFailure: judged.lastFailure,
    lastRestoreTime: judged.lastRestoreTime,
    openIncident: judged.openIncident,
    consecutiveBadDays: judged.consecutiveBadDays,
    badSince: judged.badSince,
    recentOutcomes: judged.recentOutcomes,
    firstReported: judged.firstReported,
    waiver: judged.waiver,
    findings: judged.findings.map((note) => sayNote(note, speech)),
    lastKnown: judged.lastKnown,
  };
  return judged.volumeGroup === undefined ? said : { ...said, volumeGroup: judged.volumeGroup };
}

function cloudFields(resource: JudgedResource): Pick<ResourceCompliance, 'cloud' | 'azure'> {
  const azure = azurePlaceOf(resource);
  return { cloud: cloudOf(resource), ...(azure === null ? {} : { azure }) };
}

function sayNote(note: ResourceNote, speech: Speech): string {
  const { language } = speech;
  switch (note.code) {
    case 'copy.failed':
    case 'copy.without-end':
      return sayCopy(note, speech);
    case 'backups.deleted':
      return language.text('sentences.resource.deleted', {
        number: note.deletions,
        date: language.date(speech.date),
      });
    case 'incident.cleared':
      return language.text('sentences.resource.incidentCleared', { condition: note.condition });
    case 'incident.open':
      return language.text('sentences.resource.incidentOpen', { condition: note.condition });
    case 'same-name':
      return saySameName(note, speech);
    case 'backup.made-up-for':
      return language.text('sentences.resource.madeUp', { date: language.date(note.dueDate) });
    case 'backup.ended-after-cut-off':
      return sayEndedLater(note, speech);
  }
}

type SameNameNote = Extract<ResourceNote, { readonly code: 'same-name' }>;

/** The rule is YAML on one line, to be pasted into the configuration. */
function saySameName(note: SameNameNote, { language, timezone }: Speech): string {
  const { resourceId, otherId: id, otherSuccessMs } = note;
  const reason = language.text('sentences.resource.replacedBy', { id });
  const rule = `exclude: [{ match: { resourceId: ${JSON.stringify(resourceId)} }, reason: ${JSON.stringify(reason)} }]`;
  if (otherSuccessMs === null) return language.text('sentences.resource.sameNameUnseen', { id, rule });
  const when = language.instant(otherSuccessMs, timezone);
  return language.text('sentences.resource.sameName', { id, when, rule });
}

type EndedLater = Extract<ResourceNote, { readonly code: 'backup.ended-after-cut-off' }>;

/** `ended after the cut-off: FAILED 00:20, in the report of 2026-11-20` */
function sayEndedLater({ endMs, status, isNextDay }: EndedLater, speech: Speech): string {
  const { language, timezone } = speech;
  const date = language.date(addDays(speech.date, 1));
  return isNextDay
    ? language.text('sentences.resource.endedNextDay', { status, when: timeOfDay(endMs, timezone), date })
    : language.text('sentences.resource.endedLater', { status, when: language.instant(endMs, timezone) });
}

type CopyNote = Extract<ResourceNote, { readonly code: 'copy.failed' | 'copy.without-end' }>;

function sayCopy({ code, endMs, reason: own }: CopyNote, { language, timezone }: Speech): string {
  const isFailed = code === 'copy.failed';
  const reason = own ?? language.text('sentences.resource.noReason');
  if (endMs === null) {
    const key = isFailed ? 'sentences.resource.copyFailed' : 'sentences.resource.copyUnended';
    return language.text(key, { reason });
  }
  const key = isFailed ? 'sentences.resource.copyFailedAt' : 'sentences.resource.copyUnendedAt';
  return language.text(key, { when: language.instant(endMs, timezone), reason });
}
