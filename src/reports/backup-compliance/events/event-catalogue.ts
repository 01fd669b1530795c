import type { JsonObject } from '../../../records/json.js';
import type { Action, EventType, Phase } from '../model/event-type.js';
import { isBeginningOf, isNamedWhole, operationBeyond } from './cut-off-types.js';
import { auditSpellings, eventCatalogueRows } from './event-catalogue-rows.js';
import { reasonWords } from '../../../model/reasons/reason-words.js';

const prefix = 'com.oraclecloud.';
const aboutBackups = /backup|snapshot|recoverypoint|restorepoint|restore/;
const readOnlyVerb = /^(get|list|head|summarize|search|preview|validate|download|export)/;
/** How texts end that were shortened on the way: `com.oraclecloud.databaseservice.autom…` */
const shortened = /(?:\u2026|\.\.)$/;
const anyName = /^[\w.:/-]+$/;
const changeWords =
  /^(delete|terminate|update|change|modify|move|cancel|mount|unmount)|policy|destination|config|assignment/;

export type EventTypeLookup =
  { readonly known: true; readonly type: EventType } | { readonly known: false; readonly reason: string };

/**
 * Maps an event type, in any case, to its catalogue row. Rows of unknown types are derived once and cached. A type that
 * was cut off on the way cannot be judged, and is not known.
 *
 * @param data of the event: Audit names the operation there, which tells a short type from one that was cut off
 */
export type EventCatalogue = (eventType: string, data?: JsonObject) => EventTypeLookup;

const cutOff: EventTypeLookup = { known: false, reason: reasonWords('typeCutOff') };
const damaged: EventTypeLookup = {
  known: false,
  reason: reasonWords('typeOddCharacters'),
};

/** Builds the look-up from the catalogue's rows. */
export function createEventCatalogue(): EventCatalogue {
  const rows = new Map<string, EventTypeLookup>();
  for (const [family, action, phase, suffix, meaning] of eventCatalogueRows) {
    const name = prefix + suffix;
    rows.set(name, { known: true, type: { name, family, action, phase, meaning, catalogued: true } });
  }
  for (const [spelling, suffix] of auditSpellings) {
    for (const phase of ['.begin', '.end']) {
      const row = rows.get(prefix + suffix + phase);
      if (row !== undefined) rows.set(prefix + spelling + phase, row);
    }
  }
  const isCutOff = isBeginningOf(rows.keys());
  const rowOf = (name: string): EventTypeLookup =>
    otherPhase(rows, name) ?? (isCutOff(name) ? cutOff : deriveRow(name));
  // `createvolume` may be what is left of `createvolumebackup`.
  const isDoubtful = (name: string): boolean =>
    isCreation(rows.get(`${name}.end`)) && [...rows.keys()].some((each) => isLonger(each, name));
  // As written -> row, so that a common spelling costs one look-up.
  const spellings = new Map<string, EventTypeLookup>(rows);
  const byType = (eventType: string): EventTypeLookup => {
    const seen = spellings.get(eventType);
    if (seen !== undefined) return seen;
    const name = eventType.trim().toLowerCase();
    const lookup = spellings.get(name) ?? (isDoubtful(name) ? cutOff : rowOf(name));
    // Bounded: hostile input must not grow memory with ever new types.
    if (spellings.size < 10_000) spellings.set(name, lookup).set(eventType, lookup);
    return lookup;
  };
  return (eventType, data) => {
    const lookup = byType(eventType);
    if (data === undefined) return lookup;
    if (!lookup.known) {
      const name = eventType.trim().toLowerCase();
      return isNamedWhole(name, data) ? deriveRow(name) : lookup;
    }
    const whole = operationBeyond(eventType, data);
    if (whole === undefined || (isUnrelated(lookup) && isUnrelated(byType(whole)))) return lookup;
    return cutOff;
  };
}

function isUnrelated(lookup: EventTypeLookup): boolean {
  return lookup.known && lookup.type.action === 'unrelated';
}

/**
 * Audit records a begin and an end for long operations and neither for short ones, and Oracle does not document which
 * is which: each type is recognised in all forms. A call that starts an attempt says that it began, not how it ended.
 */
function otherPhase(rows: ReadonlyMap<string, EventTypeLookup>, name: string): EventTypeLookup | undefined {
  const phase = phaseOf(name.slice(name.lastIndexOf('.') + 1));
  if (phase === 'critical' || phase === 'information') return undefined;
  const isSingle = phase === 'single';
  const row = rows.get(isSingle ? `${name}.begin` : name.slice(0, name.lastIndexOf('.')));
  if (row === undefined || !row.known || row.type.action === 'unrelated') return row;
  const { type } = row;
  if (haveAnyPhase.has(type.action)) {
    const operation = isSingle ? type.name.slice(0, type.name.lastIndexOf('.')) : type.name;
    const asReported = isSingle ? operation : `${operation}.${phase}`;
    return { known: true, type: { ...type, name: asReported, phase, meaning: withoutPhase(type.meaning) } };
  }
  return isSingle ? row : undefined;
}

/** Operations that Audit may record in one piece. */
const haveAnyPhase: ReadonlySet<Action> = new Set<Action>([
  'change',
  'creation',
  'deletion',
  'deletion-canceled',
  'termination',
]);

function isCreation(lookup: EventTypeLookup | undefined): boolean {
  return lookup?.known === true && lookup.type.action === 'creation';
}

/** Whether the name goes on within its last segment. */
function isLonger(type: string, name: string): boolean {
  return type.startsWith(name) && type.length > name.length && type[name.length] !== '.';
}

/** `Backup Destination - Update` of `Backup Destination - Update Begin` */
export function withoutPhase(meaning: string): string {
  return meaning.replace(/[\s.-]{0,3}\b(?:begin|end)$/i, '');
}

/** A type that the catalogue lacks. Backups of a service that we do not know yet must be reported, not dropped. */
function deriveRow(name: string): EventTypeLookup {
  const segments = name.split('.');
  const last = segments.at(-1) ?? '';
  // "com.or" and the like were seen in real audit exports.
  if (name === '' || (name.startsWith(prefix) && segments.length < 4) || shortened.test(name)) return cutOff;
  if (!anyName.test(name) && aboutBackups.test(name)) return damaged;

  const phase = phaseOf(last);
  const operation = phase === 'single' ? last : (segments.at(-2) ?? '');
  const action = actionOf(name, operation, phase);
  const isPhaseCutOff = segments.length > 4 && ['begin', 'end'].some((each) => each.startsWith(last));
  if (phase === 'single' && isPhaseCutOff && actionOf(name, segments.at(-2) ?? '', 'end') !== 'unrelated') {
    return cutOff;
  }
  return { known: true, type: { name, family: 'unknown', action, phase, meaning: name, catalogued: false } };
}

function isAttempt(segment: string): boolean {
  return /backup|snapshot/.test(segment) && !changeWords.test(segment);
}

/** Whether the operation is said before: `newservice.backup.failed`, `newservice.backups.create`. */
function saysHowItEnded(described: string, operation: string): boolean {
  const segments = described.split('.');
  const before = segments.slice(1, segments.lastIndexOf(operation));
  const isOther = /restore|recoverypoint/.test(operation) || before.some((each) => changeWords.test(each));
  return !isOther && before.some(isAttempt);
}

function phaseOf(lastSegment: string): Phase {
  if (lastSegment === 'begin' || lastSegment === 'end') return lastSegment;
  if (lastSegment === 'critical' || lastSegment === 'information') return lastSegment;
  return 'single';
}

function actionOf(name: string, operation: string, phase: Phase): Action {
  if (phase === 'critical' || phase === 'information') return 'condition';
  const described = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  if (!aboutBackups.test(described) || readOnlyVerb.test(operation)) return 'unrelated';
  if (changeWords.test(operation)) return 'change';
  return isAttempt(operation) || saysHowItEnded(described, operation) ? 'unrecognised' : 'change';
}
