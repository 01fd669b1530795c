import type { InventoryStore, ResourceKind, StoredResource } from './inventory-store.js';
import {
  errorAnswer,
  invalidParameter,
  jsonAnswer,
  jsonObject,
  notFound,
  type Answer,
  type WireRequest,
} from './wire.js';

const corePath = '/20160918/';
const searchPath = '/20180409/resources';

/** What the services allow; a page is never longer than the store says. */
const maxLimit = 1000;

/** Whether a path is one of Resource Search or of Identity, Database and Block Volume. */
export function isInventoryPath(path: string): boolean {
  return path.startsWith(corePath) || path.startsWith('/20180409/');
}

/** Answers Resource Search, Identity, Database and Block Volume, as far as an inventory asks them. */
export function answerInventory(request: WireRequest, tenancyId: string, store: InventoryStore): Answer {
  if (request.path === searchPath && request.method === 'POST') return search(request, store);
  if (!request.path.startsWith(corePath) || request.method !== 'GET') return noSuchPath(request);
  const [list = '', id, ...rest] = request.path.slice(corePath.length).split('/').map(decodeURIComponent);
  if (list === 'tenancies' && rest.join('/') === 'regionSubscriptions') {
    return id === tenancyId && !store.deniesRegions ? jsonAnswer(store.regions) : notFound();
  }
  if (rest.length > 0) return noSuchPath(request);
  if (id !== undefined) return getOne(request, list, id, tenancyId, store);
  switch (list) {
    case 'compartments':
      return listCompartments(request, tenancyId, store);
    case 'dbHomes':
      return listIn(request, store, (compartmentId) => homesOf(store, compartmentId));
    case 'databases':
      return listDatabases(request, store);
    case 'autonomousDatabases':
      return listKind(request, store, 'AutonomousDatabase');
    case 'volumes':
      return listKind(request, store, 'Volume');
    case 'bootVolumes':
      return listKind(request, store, 'BootVolume');
    case 'volumeGroups':
      return listIn(request, store, (compartmentId) => store.groupsIn(compartmentId));
    case 'volumeBackupPolicyAssignments':
      return listAssignments(request, store);
    default:
      return noSuchPath(request);
  }
}

function noSuchPath({ method, path }: WireRequest): Answer {
  return errorAnswer(404, 'NotFound', `No such path: ${method} ${path}`);
}

function getOne(
  request: WireRequest,
  list: string,
  id: string,
  tenancyId: string,
  store: InventoryStore,
): Answer {
  if (list === 'volumeBackupPolicies') {
    const policy = store.policies.get(id);
    return policy === undefined ? notFound() : jsonAnswer(policy);
  }
  if (list !== 'compartments') return noSuchPath(request);
  const compartment =
    id === tenancyId
      ? { id, compartmentId: null, name: 'standin-root', lifecycleState: 'ACTIVE' }
      : store.compartments.find((each) => each.id === id);
  return compartment === undefined || store.denied.has(id) ? notFound() : jsonAnswer(compartment);
}

/** Of a subtree only for the tenancy, as documented. */
function listCompartments(request: WireRequest, tenancyId: string, store: InventoryStore): Answer {
  const inSubtree = request.query.get('compartmentIdInSubtree') === 'true';
  if (inSubtree && request.query.get('compartmentId') !== tenancyId) {
    return invalidParameter('compartmentIdInSubtree can only be true for the tenancy');
  }
  return listIn(request, store, (parent) => {
    const all = store.compartments.filter((each) => inSubtree || each.compartmentId === parent);
    return store.isReversed ? all.toReversed() : all;
  });
}

function homesOf(store: InventoryStore, compartmentId: string): readonly object[] {
  const ids = new Set(store.listed('Database', compartmentId).map((each) => String(each['dbHomeId'])));
  return Array.from(ids, (id) => ({ id, compartmentId, displayName: id, lifecycleState: 'AVAILABLE' }));
}

function listDatabases(request: WireRequest, store: InventoryStore): Answer {
  const dbHomeId = request.query.get('dbHomeId');
  if (dbHomeId === null) return invalidParameter('dbHomeId or systemId is required');
  return listIn(request, store, (compartmentId) =>
    store.listed('Database', compartmentId).filter((each) => each['dbHomeId'] === dbHomeId),
  );
}

function listKind(request: WireRequest, store: InventoryStore, kind: ResourceKind): Answer {
  return listIn(request, store, (compartmentId) => store.listed(kind, compartmentId));
}

/** Items without paging where there is none: at most one. */
function listAssignments(request: WireRequest, store: InventoryStore): Answer {
  const assetId = request.query.get('assetId');
  if (assetId === null) return invalidParameter('assetId is required');
  if (store.isDenied(assetId)) return notFound();
  const policyId = store.assignments.get(assetId);
  const timeCreated = '2026-01-02T03:04:05.678Z';
  return jsonAnswer(policyId === undefined ? [] : [{ assetId, policyId, id: `of.${assetId}`, timeCreated }]);
}

function listIn(
  request: WireRequest,
  store: InventoryStore,
  itemsOf: (compartmentId: string) => readonly object[],
): Answer {
  const compartmentId = request.query.get('compartmentId');
  if (compartmentId === null) return invalidParameter('compartmentId is required');
  if (store.denied.has(compartmentId)) return notFound();
  return pageOf(request, store, itemsOf(compartmentId), (items) => items);
}

function search(request: WireRequest, store: InventoryStore): Answer {
  const { type, query } = jsonObject(request.body) ?? {};
  if (type !== 'Structured' || typeof query !== 'string')
    return invalidParameter('type and query are required');
  const parsed = parseQuery(query);
  if (parsed === null) return invalidParameter(`The query cannot be understood: ${query}`);
  const found = store
    .searched()
    .filter(({ kind }) => parsed.kinds.has(kind))
    .filter(({ resource }) => parsed.compartments.has(resource.compartmentId))
    .map(({ kind, resource }) => summaryOf(kind, resource));
  return pageOf(request, store, found, (items) => ({ items }));
}

function parseQuery(query: string): { kinds: ReadonlySet<string>; compartments: ReadonlySet<string> } | null {
  const match = /^query ([\w, ]+) resources where (.+)$/.exec(query);
  if (match === null) return null;
  const conditions = (match[2] ?? '')
    .split(' || ')
    .map((each) => /^compartmentId = '([^']+)'$/.exec(each)?.[1]);
  if (conditions.includes(undefined)) return null;
  return {
    kinds: new Set((match[1] ?? '').split(', ')),
    compartments: new Set(conditions.map(String)),
  };
}

/** The search calls a database by its short name, and knows no settings. */
function summaryOf(kind: ResourceKind, resource: StoredResource): object {
  const { id, compartmentId, lifecycleState, timeCreated, freeformTags, definedTags } = resource;
  const displayName = kind === 'Database' ? resource['dbName'] : resource['displayName'];
  return {
    resourceType: kind,
    identifier: id,
    displayName,
    compartmentId,
    lifecycleState,
    timeCreated,
    freeformTags,
    definedTags,
  };
}

/** A token with characters that a query must encode; one that came otherwise is refused. */
function pageOf(
  request: WireRequest,
  store: InventoryStore,
  all: readonly object[],
  wrap: (items: readonly object[]) => unknown,
): Answer {
  const limit = Number(request.query.get('limit') ?? store.pageSize);
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit)
    return invalidParameter('limit is out of range');
  const page = request.query.get('page');
  const start = page === null ? 0 : startOf(page);
  if (start === null) return invalidParameter(`page is not a token of this service: ${page}`);
  const end = start + Math.min(limit, store.pageSize);
  const headers = end < all.length ? { 'opc-next-page': `a+b&from=${end}#/=` } : {};
  return jsonAnswer(wrap(all.slice(start, end)), headers as Record<string, string>);
}

function startOf(page: string): number | null {
  const start = /^a\+b&from=(\d+)#\/=$/.exec(page)?.[1];
  return start === undefined ? null : Number(start);
}
