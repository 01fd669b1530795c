import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { AuditService } from './audit-service.js';
import { AuditStore } from './audit-store.js';
import { CustomLogStore } from './custom-logs.js';
import { sharedCredentials, writeConfigFile, type Credentials } from './credentials.js';
import { DataSafeStore } from './data-safe.js';
import { faultKind, Faults, type Fault } from './faults.js';
import { answerInventory, isInventoryPath } from './inventory-services.js';
import { InventoryStore } from './inventory-store.js';
import { LogAnalyticsService } from './log-analytics.js';
import { LogStore } from './log-store.js';
import { NotificationStore } from './notifications.js';
import { answerObjectStorage } from './object-storage.js';
import { ObjectStore } from './object-store.js';
import { LoggingSearchService, LoggingSearchStore } from './logging-search.js';
import { openKeysOnce } from './opened-keys.js';
import { PreAuthenticatedService } from './pre-authenticated.js';
import { SecretStore } from './secrets.js';
import type { StandInProfile } from './service-profiles.js';
import { closeConnection, resetConnection, sendAnswer, sendTorn } from './send-answer.js';
import { StreamingService, StreamStore } from './streaming.js';
import { unknownKey, verifySignature } from './verify-signature.js';
import { errorAnswer, jsonObject, type Answer, type WireRequest } from './wire.js';

export interface StandInOptions {
  /** Of Object Storage and Log Analytics alike. */
  readonly namespace?: string;
  /** The stand-in's clock before `faults.clockOffsetMs`. Clients sign with their own. */
  readonly nowMs?: () => number;
  /** How it behaves where documentation leaves it open: `service-profiles.ts`. */
  readonly profile?: StandInProfile;
}

export interface RecordedRequest {
  readonly method: string;
  /** With the query, as on the request line. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBytes: number;
  /** The body of a POST, when it is a JSON object. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
  /** 0 when the connection ended without an answer. */
  readonly status: number;
  /** The fault that was applied: its kind, or its status as text. */
  readonly fault: string | null;
}

export interface StandIn {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly namespace: string;
  readonly credentials: Credentials;
  /** In the order in which they were answered. */
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
  /** Tokens of sessions and principals that are valid with the key of `credentials`. */
  readonly sessionTokens: Set<string>;
  readonly objects: ObjectStore;
  readonly logs: LogStore;
  readonly streams: StreamStore;
  readonly inventory: InventoryStore;
  readonly audit: AuditStore;
  readonly search: LoggingSearchStore;
  readonly notifications: NotificationStore;
  readonly secrets: SecretStore;
  readonly dataSafe: DataSafeStore;
  readonly customLogs: CustomLogStore;
  readonly preAuthenticated: PreAuthenticatedService;
  /** Writes a configuration file of profile DEFAULT and its key, and gives its path. */
  writeConfigFile(directory: string, overrides?: Readonly<Record<string, string>>): Promise<string>;
  /** Ends every connection, also those that wait for an answer. May be called again. */
  close(): Promise<void>;
}

/** Oracle Cloud over loopback: Object Storage and Log Analytics, as strict as documentation allows. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  openKeysOnce();
  const core = new StandInCore(options);
  const url = await core.listen();
  const { credentials, namespace, requests, faults, objects, logs, streams, inventory } = core;
  return {
    url,
    namespace,
    credentials,
    requests,
    faults,
    sessionTokens: core.sessionTokens,
    objects,
    logs,
    streams,
    inventory,
    audit: core.audit,
    search: core.search,
    notifications: core.notifications,
    secrets: core.secrets,
    dataSafe: core.dataSafe,
    customLogs: core.customLogs,
    preAuthenticated: core.preAuthenticated,
    writeConfigFile: (directory, overrides) => writeConfigFile(credentials, directory, overrides),
    close: () => core.close(),
  };
}

class StandInCore {
  readonly namespace: string;
  readonly credentials = sharedCredentials();
  readonly requests: RecordedRequest[] = [];
  readonly faults = new Faults();
  readonly sessionTokens = new Set<string>();
  readonly objects: ObjectStore;
  readonly logs: LogStore;
  readonly streams = new StreamStore(Date.now);
  readonly inventory = new InventoryStore();
  readonly audit = new AuditStore();
  readonly search = new LoggingSearchStore();
  readonly notifications = new NotificationStore();
  readonly secrets = new SecretStore();
  readonly dataSafe = new DataSafeStore();
  readonly customLogs: CustomLogStore;
  readonly preAuthenticated: PreAuthenticatedService;

  readonly #nowMs: () => number;
  readonly #logAnalytics: LogAnalyticsService;
  readonly #auditService = new AuditService(this.credentials.tenancyId, this.audit);
  readonly #searchService = new LoggingSearchService(this.search);
  readonly #streaming = new StreamingService(this.streams);
  readonly #closing = new AbortController();
  readonly #server = createServer((message, response) => void this.#serve(message, response));
  #closed: Promise<void> | undefined;

  constructor({ namespace = 'standin', nowMs = Date.now, profile }: StandInOptions) {
    const { tenancyId } = this.credentials;
    this.namespace = namespace;
    this.#nowMs = () => nowMs() + this.faults.clockOffsetMs;
    this.objects = new ObjectStore(this.#nowMs);
    this.customLogs = new CustomLogStore(this.#nowMs);
    this.preAuthenticated = new PreAuthenticatedService(namespace, this.objects, this.#nowMs);
    this.logs = new LogStore(tenancyId, profile);
    this.#logAnalytics = new LogAnalyticsService(namespace, tenancyId, this.logs);
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      this.#closing.abort();
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
    return this.#closed;
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(message);
      const refusal = this.#refuse(request);
      const fault = refusal === null ? this.faults.take(request) : null;
      await this.#respond(request, refusal, fault, response);
    } catch {
      // The client has gone, or the stand-in is closing.
      closeConnection(response);
    }
  }

  #refuse(request: WireRequest): Answer | null {
    if (this.preAuthenticated.isUse(request)) return null;
    const { tenancyId, userId, fingerprint, publicKey } = this.credentials;
    const keyId = `${tenancyId}/${userId}/${fingerprint}`;
    const signer = { keyId, publicKey, sessionTokens: this.sessionTokens };
    const message = this.faults.isKeyRevoked(request)
      ? unknownKey
      : verifySignature(request, signer, this.#nowMs());
    return message === null ? null : errorAnswer(401, 'NotAuthenticated', message);
  }

  async #respond(
    request: WireRequest,
    refusal: Answer | null,
    fault: Fault | null,
    response: ServerResponse,
  ): Promise<void> {
    const kind = faultKind(fault);
    if (kind === 'reset') {
      this.#record(request, 0, kind);
      return resetConnection(response);
    }
    const answer = this.#stamp(refusal ?? this.#answer(request, fault));
    const unanswered = kind === 'torn-after-effect' || (kind === 'torn' && !canTear(request, answer));
    this.#record(request, unanswered ? 0 : answer.status, kind);
    if (unanswered) return closeConnection(response);
    if (kind === 'torn') return sendTorn(response, answer);
    if (fault !== null && 'kind' in fault && fault.kind === 'slow') {
      await sleep(fault.ms, undefined, { signal: this.#closing.signal });
    }
    return sendAnswer(response, answer);
  }

  #answer(request: WireRequest, fault: Fault | null): Answer {
    if (fault !== null && 'status' in fault) return faultAnswer(fault);
    try {
      const answer = this.#route(request, fault);
      if (faultKind(fault) === 'no-json') return noJson(answer);
      return faultKind(fault) === 'wrong-body' ? flipped(answer) : answer;
    } catch (error) {
      return errorAnswer(500, 'InternalServerError', `The stand-in failed: ${String(error)}`);
    }
  }

  #route(request: WireRequest, fault: Fault | null): Answer {
    if (request.path.startsWith('/20200601/')) return this.#logAnalytics.answer(request, fault);
    if (request.path.startsWith('/20180418/')) return this.#streaming.answer(request);
    if (this.customLogs.isLogPath(request)) return this.customLogs.answer(request);
    if (this.#auditService.isAuditPath(request)) return this.#auditService.answer(request);
    if (this.#searchService.isSearchPath(request)) return this.#searchService.answer(request);
    if (this.notifications.isNotificationsPath(request)) return this.notifications.answer(request);
    if (this.dataSafe.isDataSafePath(request)) return this.dataSafe.answer(request);
    if (this.secrets.isSecretsPath(request)) return this.secrets.answer(request);
    if (this.preAuthenticated.isUse(request)) return this.preAuthenticated.use(request);
    if (this.preAuthenticated.isCreation(request)) return this.preAuthenticated.create(request);
    const { namespace, objects, credentials } = this;
    if (isInventoryPath(request.path)) {
      return answerInventory(request, credentials.tenancyId, this.inventory);
    }
    return answerObjectStorage(request, { namespace, tenancyId: credentials.tenancyId, store: objects });
  }

  #stamp(answer: Answer): Answer {
    const headers = {
      date: new Date(this.#nowMs()).toUTCString(),
      'opc-request-id': randomUUID().replaceAll('-', '').toUpperCase(),
    };
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }

  #record({ method, target, headers, body }: WireRequest, status: number, fault: string | null): void {
    const json = method === 'POST' ? jsonObject(body) : undefined;
    this.requests.push({ method, path: target, headers, bodyBytes: body.length, json, status, fault });
  }
}

async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const target = message.url ?? '';
  const [path = '', ...query] = target.split('?');
  const headers = Object.entries(message.headersDistinct).map(([name, values]) => [name, values?.join(', ')]);
  return {
    method: message.method ?? '',
    target,
    path,
    query: new URLSearchParams(query.join('?')),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks),
  };
}

function canTear(request: WireRequest, { body }: Answer): boolean {
  return request.method !== 'HEAD' && (!Buffer.isBuffer(body) || body.length > 1);
}

const faultCodes: Readonly<Record<number, string>> = {
  401: 'NotAuthenticated',
  404: 'NotAuthorizedOrNotFound',
  408: 'RequestTimeout',
  409: 'IncorrectState',
  412: 'IfNoneMatchFailed',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

function faultAnswer(fault: Extract<Fault, { readonly status: number }>): Answer {
  const { status, code, retryAfterSeconds } = fault;
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return errorAnswer(status, code ?? faultCodes[status] ?? 'Unknown', 'A planned fault', headers);
}

/** As a proxy answers that knows better. */
function noJson(answer: Answer): Answer {
  if (answer.status >= 300 || !Buffer.isBuffer(answer.body) || answer.body.length === 0) return answer;
  const headers = { 'content-type': 'text/html' };
  return { status: 200, headers, body: Buffer.from('<html>Please sign in</html>') };
}

/** The same length, other bytes; an error stays as it is. */
function flipped(answer: Answer): Answer {
  if (answer.status >= 300 || !Buffer.isBuffer(answer.body)) return answer;
  const body = Buffer.from(answer.body);
  for (let index = 0; index < body.length; index += 97) body[index] = (body[index] ?? 0) ^ 0xff;
  return { ...answer, body };
}
