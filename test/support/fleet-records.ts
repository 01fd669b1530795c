import { createRandom } from '../../src/demo/random.js';
import { familyEvents, isVolumeLike } from './family-events.js';
import type { FleetMember } from './fleet-members.js';
import { creationRecord, deletionRecord, settingRecord, terminationRecord } from './life-records.js';
import { type RawEvent, conditionEvent, rawEvent } from './raw-event.js';
import { type AttemptResult, type NoticeFact, type Told, iso } from './reference-facts.js';
import type { Fleet, FleetAttempt, FleetFacts } from './simulated-fleet.js';

const wordOf: Readonly<Record<AttemptResult, readonly [lifecycleState: string, status: string]>> = {
  SUCCEEDED: ['ACTIVE', 'operationSucceed'],
  SUCCEEDED_WITH_WARNINGS: ['CompletedWithWarnings', 'CompletedWithWarnings'],
  FAILED: ['FAILED', 'operationFailed'],
  CANCELED: ['CANCELED', 'CANCELED'],
  UNKNOWN: ['QUIESCED', 'QUIESCED'],
};

/** The records that tell of the facts, in no order; some come twice, by another route under another id. */
export function toRecords(
  { seed, members }: Pick<Fleet, 'seed' | 'members'>,
  facts: FleetFacts,
): readonly RawEvent[] {
  const memberOf = new Map(members.map((member) => [member.resourceId, member]));
  const found = (resourceId: string): FleetMember => {
    const member = memberOf.get(resourceId);
    if (member === undefined) throw new Error(`no member ${resourceId}`);
    return member;
  };
  const records: RawEvent[] = [];
  for (const attempt of facts.attempts) records.push(...attemptRecords(attempt, found(attempt.resourceId)));
  for (const notice of facts.notices) records.push(noticeRecord(notice, found(notice.resourceId)));
  for (const each of facts.creations) records.push(creationRecord(each, found(each.resourceId)));
  for (const each of facts.terminations) {
    records.push(terminationRecord(each, memberOf.get(each.resourceId)?.family));
  }
  for (const each of facts.deletions) records.push(deletionRecord(each, found(each.resourceId)));
  for (const each of facts.settings) records.push(settingRecord(each, found(each.resourceId)));
  const random = createRandom(seed);
  const again = records
    .filter(() => random() < 0.08)
    .map((record) => ({ ...record, eventID: `${String(record['eventID'])}-again` }));
  return shuffled([...records, ...again], random);
}

function attemptRecords(attempt: FleetAttempt, member: FleetMember): RawEvent[] {
  const { begin, end } = attempt;
  const records: RawEvent[] = [];
  if (begin !== null) records.push(attemptRecord(attempt, member, begin, 'begin'));
  if (end !== null)
    records.push(attemptRecord(attempt, member, end, member.family === 'file-system' ? '' : 'end'));
  return records;
}

function attemptRecord(
  attempt: FleetAttempt,
  member: FleetMember,
  { id, ms }: Told,
  phase: 'begin' | 'end' | '',
): RawEvent {
  const { subjectId, createdMs, message, recoveryWindowDays, autoBackupEnabled, isEndNameless } = attempt;
  const { parentId, expiresMs } = attempt;
  const [lifecycleState, status] = wordOf[attempt.result];
  const result = isVolumeLike(member.family) ? { status } : { lifecycleState };
  return rawEvent({
    type: `${operationOf(attempt.kind, member.family)}${phase === '' ? '' : `.${phase}`}`,
    time: iso(ms),
    id,
    // OCIDs are the same without regard to case.
    resourceId: ms % 3 === 0 ? subjectId.toUpperCase() : subjectId,
    resourceName: subjectId === member.resourceId ? member.name : 'Automatic Backup',
    details: {
      ...(isEndNameless && phase === 'end' ? {} : familyEvents[member.family].names(member)),
      ...(parentId === null ? {} : { dbSystemId: parentId }),
      ...(expiresMs === null || phase === 'begin' ? {} : { expirationTime: iso(expiresMs) }),
      ...(createdMs === null ? {} : { timeCreated: iso(createdMs) }),
      ...(recoveryWindowDays === null ? {} : { recoveryWindow: String(recoveryWindowDays) }),
      ...(autoBackupEnabled === null ? {} : { autoBackupsEnabled: String(autoBackupEnabled) }),
      ...(phase === 'begin' ? {} : { ...result, lifecycleDetails: message }),
    },
  });
}

function operationOf(kind: FleetAttempt['kind'], family: FleetMember['family']): string {
  if (kind === 'copy') return 'blockvolumes.copyvolumebackup';
  return familyEvents[family][kind];
}

function noticeRecord({ told, condition, isCleared }: NoticeFact, member: FleetMember): RawEvent {
  const eventName = isCleared ? `${condition}_CLEARED` : condition;
  const isByName = member.noticesName === 'unique-name';
  const otherCase =
    member.name === member.name.toUpperCase() ? member.name.toLowerCase() : member.name.toUpperCase();
  return conditionEvent(isCleared ? 'information' : 'critical', eventName, iso(told.ms), {
    id: told.id,
    resourceId: isByName ? 'ocid1.dbsystem.oc1.iad.host1' : member.resourceId,
    resourceName: isByName ? otherCase : member.name,
    details: { dbName: member.name.toLowerCase() },
  });
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((each) => ({ each, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each);
}
