import { type JsonObject, textIn } from '../json.js';

/**
 * Columns that Log Analytics has of a record of Audit, each by its internal name, and by its display name. The internal names are
 * proven by content that Oracle publishes; the display names, and that the log source 'OCI Audit Logs' fills these columns, are
 * UNVERIFIED: what is not there is not known, and the report says so.
 */
const auditColumns = {
  method: ['method', 'Method'],
  userName: ['usrname', 'User Name'],
  principal: ['principal', 'Principal'],
  address: ['srcip', 'Source IP'],
  status: ['status', 'Status'],
  operation: ['event', 'Event'],
  resourceId: ['rsrcid', 'Resource ID'],
  requestId: ['reqid', 'Request ID'],
  message: ['msg', 'Message'],
} as const;

type AuditColumn = keyof typeof auditColumns;

/** Display names of the columns, for a query. */
export const auditColumnNames: readonly string[] = Object.values(auditColumns).map(([, name]) => name);

/**
 * Whether the columns of a row are those of a record of Audit: they name the call's verb, its caller or an HTTP status, which no event of
 * the Events service has.
 */
export function isAuditRow(row: JsonObject): boolean {
  const { method, userName, address, status } = columnsOf(row);
  return [method, userName, address].some((each) => each !== undefined) || /^[1-5]\d\d$/.test(status ?? '');
}

/** What the columns tell of the call, as a record of Audit has it below `data`. Texts only; what is empty is not there. */
export function auditDataOf(row: JsonObject): JsonObject {
  const { method, userName, principal, address, status, operation, resourceId, requestId, message } =
    columnsOf(row);
  const isId = principal !== undefined && /^ocid1\./i.test(principal);
  return {
    ...(operation !== undefined && { eventName: operation.split('.').at(-1) }),
    ...(resourceId !== undefined && { resourceId }),
    identity: {
      principalName: userName ?? (isId ? undefined : principal),
      principalId: isId ? principal : undefined,
      ipAddress: address,
    },
    request: { action: method, id: requestId },
    response: { status, message },
  };
}

function columnsOf(row: JsonObject): Readonly<Record<AuditColumn, string | undefined>> {
  const entries = Object.entries(auditColumns).map(([column, names]) => [
    column,
    names.map((name) => textIn(row[name])).find((text) => text !== undefined),
  ]);
  return Object.fromEntries(entries) as Record<AuditColumn, string | undefined>;
}
