import { type ScimFilter, parseScimFilter } from './scim-filter.js';
import {
  type Answer,
  type WireRequest,
  errorAnswer,
  invalidParameter,
  jsonAnswer,
  notFound,
} from './wire.js';

const basePath = '/20181201/';

/** Sorting by these is documented. */
const sortFields = new Set(
  'dbUserName targetName databaseType targetClass auditEventTime timeCollected osUserName operation operationStatus eventName errorCode errorMessage objectType objectName objectOwner clientHostname clientIp isAlerted actionTaken clientProgram commandText commandParam extendedEventAttributes auditLocation osTerminal clientId auditPolicies auditType externalUserId'.split(
    ' ',
  ),
);

const eventFields = [...sortFields, 'id', 'targetId', 'compartmentId', 'databaseUniqueName', 'targetUser'];

export type StoredEvent = Readonly<Record<string, unknown>> & { readonly id: string };

export interface StoredTrail {
  readonly id: string;
  readonly targetId: string;
  readonly status: string;
  readonly trailLocation?: string;
  readonly auditCollectionStartTime?: string;
  /** Only the answer about a single trail has it. */
  readonly timeLastCollected?: string;
}

/** What Data Safe holds, and how it misbehaves. Tests look and change here without going over the wire. */
export class DataSafeStore {
  readonly events: StoredEvent[] = [];
  readonly trails: StoredTrail[] = [];
  readonly profiles: { readonly targetId: string; readonly onlineMonths: number }[] = [];
  /** Target databases that are registered: TargetDatabaseSummary of the API, of which a client needs these. */
  readonly targets: { readonly id: string; readonly displayName: string }[] = [];
  /** Whether listTargetDatabases is refused, as without the right to inspect them. */
  refusesTargets = false;
  /** Compartments below the one that is asked for; others do not exist. */
  readonly compartments = new Set(['ocid1.compartment.oc1..prod', 'ocid1.compartment.oc1..below']);
  /** Compartments whose events the principal may not read: ACCESSIBLE leaves them out, RESTRICTED refuses the whole list. */
  readonly hidden = new Set<string>();
  /** Most items of a page, whatever limit is asked for. */
  maxPage = 1000;
  /** Added to each count. */
  countsMore = 0;
  /** How the count of all records is named; null: an answer about nothing has no row. */
  countName = 'allRecord';
  /** Events of a page that come again at the beginning of the next one. */
  repeats = 0;
  /** Called before each list of events is answered: events may be collected meanwhile. */
  onList: (() => void) | null = null;

  isDataSafePath({ path }: WireRequest): boolean {
    return path.startsWith(basePath);
  }

  answer(request: WireRequest): Answer {
    if (request.method !== 'GET') return errorAnswer(405, 'MethodNotAllowed', 'Only reading is done here.');
    const [resource = '', id] = request.path.slice(basePath.length).split('/').map(decodeURIComponent);
    if (resource === 'auditTrails' && id !== undefined) return this.#trail(id);
    const refusal = this.#refuseScope(request);
    if (refusal !== null) return refusal;
    if (resource === 'auditEvents') return this.#list(request);
    if (resource === 'auditEventAnalytics') return this.#count(request);
    if (resource === 'auditTrails') {
      const items = this.trails.map((trail) => ({ ...trailOf(trail), timeLastCollected: undefined }));
      return this.#page(items, request);
    }
    if (resource === 'targetDatabases') return this.refusesTargets ? notFound() : this.#targetPage(request);
    if (resource === 'auditProfiles') return this.#page(this.profiles, request);
    return notFound();
  }

  #refuseScope({ query }: WireRequest): Answer | null {
    const compartmentId = query.get('compartmentId');
    if (compartmentId === null) return invalidParameter('compartmentId is required');
    if (!this.compartments.has(compartmentId)) return notFound();
    const isSubtree = query.get('compartmentIdInSubtree') === 'true';
    const level = query.get('accessLevel');
    if (level !== null && level !== 'RESTRICTED' && level !== 'ACCESSIBLE') {
      return invalidParameter('accessLevel is RESTRICTED or ACCESSIBLE');
    }
    if (level !== null && !isSubtree) return invalidParameter('accessLevel needs compartmentIdInSubtree');
    const isRefused = isSubtree
      ? this.hidden.size > 0 && level !== 'ACCESSIBLE'
      : this.hidden.has(compartmentId);
    return isRefused ? notFound() : null;
  }

  #list(request: WireRequest): Answer {
    this.onList?.();
    const { query } = request;
    const sortBy = query.get('sortBy') ?? 'auditEventTime';
    if (!sortFields.has(sortBy)) return invalidParameter(`sortBy ${sortBy}`);
    const order = query.get('sortOrder') ?? 'DESC';
    if (order !== 'ASC' && order !== 'DESC') return invalidParameter(`sortOrder ${order}`);
    const found = this.#select(request);
    if (!Array.isArray(found)) return found as Answer;
    const sign = order === 'ASC' ? 1 : -1;
    // Ties are in no order that anybody documents.
    const sorted = [...found].reverse().sort((a, b) => sign * compare(a[sortBy], b[sortBy]));
    return this.#page(sorted, request, this.repeats);
  }

  #count(request: WireRequest): Answer {
    const summary = request.target.match(/summaryField=([^&]*)/g) ?? [];
    if (!summary.some((each) => each.endsWith('=allRecord'))) return invalidParameter('summaryField');
    for (const time of ['timeStarted', 'timeEnded']) {
      const value = request.query.get(time);
      if (value !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/.test(value)) {
        return invalidParameter(`${time} ${value}`);
      }
    }
    const found = this.#select(request);
    if (!Array.isArray(found)) return found as Answer;
    const count = found.length + this.countsMore;
    const items = count === 0 ? [] : [{ metricName: this.countName, displayName: 'All records', count }];
    return jsonAnswer({ items });
  }

  #select({ query }: WireRequest): readonly StoredEvent[] | Answer {
    const isSubtree = query.get('compartmentIdInSubtree') === 'true';
    const asked = query.get('compartmentId');
    let filter: ScimFilter = anything;
    const scim = query.get('scimQuery');
    try {
      if (scim !== null) filter = parseScimFilter(scim, eventFields, ['auditEventTime', 'timeCollected']);
    } catch (error) {
      return invalidParameter(`scimQuery: ${error instanceof Error ? error.message : String(error)}`);
    }
    return this.events.filter(
      (event) =>
        (isSubtree || event['compartmentId'] === asked) &&
        !this.hidden.has(String(event['compartmentId'])) &&
        filter(event),
    );
  }

  /** Its answer is a list by itself, other than those of the audit (oci-datasafe, ListTargetDatabasesResponse.items). */
  #targetPage(request: WireRequest): Answer {
    const answer = this.#page(this.targets, request);
    const { items } = JSON.parse(String(answer.body)) as { readonly items?: unknown };
    return { ...answer, ...jsonAnswer(items ?? []), headers: answer.headers };
  }

  #trail(id: string): Answer {
    const trail = this.trails.find((each) => each.id === id);
    return trail === undefined ? notFound() : jsonAnswer(trailOf(trail), { etag: 'e1' });
  }

  /** Tokens have the characters that a query may change: `+`, `/` and `=`. */
  #page(items: readonly object[], request: WireRequest, repeats = 0): Answer {
    const limit = Number(request.query.get('limit') ?? this.maxPage);
    if (!Number.isInteger(limit) || limit < 1) return invalidParameter('limit');
    // By itself: a decoder of forms would make spaces of its plus signs.
    const raw = /[?&]page=([^&]*)/.exec(request.target)?.[1];
    const from = raw === undefined ? 0 : offsetOf(decodeURIComponent(raw));
    if (from === null || from > items.length) return invalidParameter('page');
    const to = from + Math.min(limit, this.maxPage);
    const page = items.slice(Math.max(0, from - (raw === undefined ? 0 : repeats)), to);
    const next: Readonly<Record<string, string>> = to < items.length ? { 'opc-next-page': tokenOf(to) } : {};
    return jsonAnswer({ items: page }, next);
  }
}

const anything: ScimFilter = () => true;

function trailOf(trail: object): object {
  return {
    displayName: 'trail',
    lifecycleState: 'ACTIVE',
    timeCreated: '2026-01-01T00:00:00.000Z',
    timeUpdated: '2026-11-01T00:00:00.000Z',
    auditProfileId: 'ocid1.datasafeauditprofile.oc1..p',
    compartmentId: 'ocid1.compartment.oc1..prod',
    trailLocation: 'UNIFIED_AUDIT_TRAIL',
    ...trail,
  };
}

function tokenOf(offset: number): string {
  return `a+b/${offset}==`;
}

function offsetOf(token: string): number | null {
  const offset = /^a\+b\/(\d+)==$/.exec(token)?.[1];
  return offset === undefined ? null : Number(offset);
}

function compare(a: unknown, b: unknown): number {
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : Number(left > right);
}
