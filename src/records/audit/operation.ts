/** Which part of an operation a record tells of. `single`: the whole of it, or a call whose begin and end are told apart. */
export type OperationPhase = 'begin' | 'end' | 'single';

/** What a record is about, by its type. */
export interface AuditOperation {
  /** As the type writes it: `DatabaseService`. */
  readonly service: string;
  /** The operation of the API: `DeleteBackup`. */
  readonly eventName: string;
  readonly phase: OperationPhase;
}

const prefix = /^com\.oraclecloud\./i;
const phaseAtEnd = /\.(begin|end)$/i;

/**
 * `com.oraclecloud.DatabaseService.DeleteBackup.end` in parts. Audit also gives the operation by itself; the type may be cut
 * off, so that one comes first.
 *
 * @param eventType as the record has it
 * @param eventName of its data; undefined: there is none
 */
export function operationOf(eventType: string, eventName: string | undefined): AuditOperation {
  const type = eventType.trim();
  const phase = (phaseAtEnd.exec(type) ?? phaseAtEnd.exec(eventName ?? ''))?.[1]?.toLowerCase();
  const parts = type.replace(phaseAtEnd, '').replace(prefix, '').split('.');
  const last = parts.at(-1) ?? '';
  return {
    service: parts.length > 1 ? parts.slice(0, -1).join('.') : '',
    eventName: eventName?.replace(phaseAtEnd, '') ?? last,
    phase: phase === 'begin' || phase === 'end' ? phase : 'single',
  };
}
