import type { Fault } from './faults.js';
import { exportRows } from './log-export.js';
import type { LogStore } from './log-store.js';
import { answerPage, readMaxRows } from './query-page.js';
import { InvalidQuery, readCount, readQueryRequest, type QueryRequest } from './query-request.js';
import { firstRows, half, makeResult, type QueryResult } from './query-rows.js';
import {
  emptyAnswer,
  errorAnswer,
  invalidParameter,
  jsonAnswer,
  notFound,
  type Answer,
  type WireRequest,
} from './wire.js';

const basePath = '/20200601/namespaces';

interface QueryJob {
  readonly id: string;
  readonly request: QueryRequest;
  /** As of the submission. */
  readonly result: QueryResult;
  readonly timeStarted: string;
  polls: number;
  canceled: boolean;
}

type JobStatus = 'ACCEPTED' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'CANCELED';

/** Answers requests to Log Analytics (paths below /20200601), and remembers asynchronous queries. */
export class LogAnalyticsService {
  readonly #namespace: string;
  readonly #tenancyId: string;
  readonly #logs: LogStore;
  readonly #jobs = new Map<string, QueryJob>();

  constructor(namespace: string, tenancyId: string, logs: LogStore) {
    this.#namespace = namespace;
    this.#tenancyId = tenancyId;
    this.#logs = logs;
  }

  answer(request: WireRequest, fault: Fault | null): Answer {
    try {
      return this.#route(request, fault !== null && 'kind' in fault ? fault.kind : null);
    } catch (error) {
      if (error instanceof InvalidQuery) return invalidParameter(error.message);
      throw error;
    }
  }

  #route(request: WireRequest, faultKind: string | null): Answer {
    if (request.path === basePath) return this.#listNamespaces(request);
    const [namespace = '', ...rest] = request.path.slice(basePath.length + 1).split('/');
    if (!request.path.startsWith(`${basePath}/`)) return noSuchPath(request);
    if (decodeURIComponent(namespace) !== this.#namespace) return notFound();
    const [first, last] = [rest[0], rest.slice(1).join('/')];
    switch (`${request.method} ${first === 'queryWorkRequests' ? first : rest.join('/')}`) {
      case 'GET ':
        return jsonAnswer(this.#namespaceDetails());
      case 'GET sources':
        return this.#listSources(request);
      case 'POST search/actions/query':
        return this.#query(request, faultKind);
      case 'GET search/actions/query':
        return this.#queryResult(request, faultKind);
      case 'POST search/actions/export':
        return this.#export(request, faultKind);
      case 'GET queryWorkRequests':
        return this.#workRequest(decodeURIComponent(last));
      case 'DELETE queryWorkRequests':
        return this.#cancel(decodeURIComponent(last));
      default:
        return noSuchPath(request);
    }
  }

  #namespaceDetails(): Readonly<Record<string, unknown>> {
    return {
      namespaceName: this.#namespace,
      compartmentId: this.#tenancyId,
      isOnboarded: true,
      lifecycleState: 'ACTIVE',
    };
  }

  #listNamespaces(request: WireRequest): Answer {
    if (request.query.get('compartmentId') !== this.#tenancyId) return notFound();
    return jsonAnswer({ items: [this.#namespaceDetails()] });
  }

  /** As documented, `name` is matched whole and without case. */
  #listSources(request: WireRequest): Answer {
    const compartmentId = request.query.get('compartmentId');
    if (compartmentId === null) return invalidParameter('compartmentId is required');
    if (this.#logs.deniedCompartments.has(compartmentId)) return notFound();
    const wanted = request.query.get('name')?.toLowerCase();
    const items = Array.from(this.#logs.sources, ([name, displayName]) => ({ name, displayName }));
    return jsonAnswer({
      items: items.filter(({ name }) => wanted === undefined || name.toLowerCase() === wanted),
    });
  }

  #query(request: WireRequest, faultKind: string | null): Answer {
    const query = readQueryRequest(request, this.#logs);
    const maxRows = readMaxRows(query);
    if (this.#logs.deniedCompartments.has(query.scope.compartmentId)) return notFound();
    if (query.body['shouldRunAsync'] === true) return this.#submit(query, maxRows);
    const result = this.#run(query, maxRows);
    if (result.matchedCount > this.#logs.syncLimitRows) {
      // UNVERIFIED status and code; that a synchronous query may take 60 seconds is documented.
      return errorAnswer(504, 'RequestTimeout', 'The query did not complete in time');
    }
    return answerPage(request, query, result, {
      nextHeader: this.#logs.profile.pageHeader,
      faultKind: this.#nowAndThen(faultKind),
    });
  }

  #nowAndThen(faultKind: string | null): string | null {
    return faultKind ?? (this.#logs.isPartialNow() ? 'partial' : null);
  }

  #run(query: QueryRequest, maxRows: number): QueryResult {
    return makeResult(query.query, this.#logs.find(query.query, query.scope), maxRows, this.#logs);
  }

  /** UNVERIFIED status, and that the answer has no rows whatever asyncMode is. */
  #submit(request: QueryRequest, maxRows: number): Answer {
    const id = `ocid1.loganalyticsqueryjobworkrequest.oc1..${this.#jobs.size + 1}`;
    const timeStarted = new Date().toISOString();
    const result = this.#run(request, maxRows);
    this.#jobs.set(id, { id, request, result, timeStarted, polls: 0, canceled: false });
    const location = `${basePath}/${this.#namespace}/queryWorkRequests/${id}`;
    return jsonAnswer(
      { percentComplete: 0 },
      { 'opc-work-request-id': id, location },
      this.#logs.profile.asyncStatus,
    );
  }

  #status(job: QueryJob): JobStatus {
    if (job.canceled) return 'CANCELED';
    if (job.polls > this.#logs.pollsUntilDone) return this.#logs.asyncOutcome;
    return job.polls <= 1 ? 'ACCEPTED' : 'IN_PROGRESS';
  }

  #workRequest(id: string): Answer {
    const job = this.#jobs.get(id);
    if (job === undefined) return notFound();
    job.polls += 1;
    const status = this.#status(job);
    const { body } = job.request;
    return jsonAnswer({
      id,
      compartmentId: body['compartmentId'],
      timeStarted: job.timeStarted,
      timeAccepted: job.timeStarted,
      percentComplete: percentOf(status),
      status,
      operationType: 'EXECUTE_QUERY_JOB',
      mode: body['asyncMode'] ?? 'FOREGROUND',
      timeFilter: body['timeFilter'],
      subSystem: 'LOG',
      displayQueryString: body['queryString'],
      internalQueryString: body['queryString'],
    });
  }

  #cancel(id: string): Answer {
    const job = this.#jobs.get(id);
    if (job === undefined) return notFound();
    job.canceled = true;
    return emptyAnswer(202);
  }

  /** Before the end: no rows, then half of them on one page, and only percentComplete tells. */
  #queryResult(request: WireRequest, faultKind: string | null): Answer {
    const job = this.#jobs.get(request.query.get('workRequestId') ?? '');
    if (job === undefined) return notFound();
    const outputMode = request.query.get('outputMode') ?? 'JSON_ROWS';
    if (outputMode !== 'JSON_ROWS') return invalidParameter(`outputMode is not valid: ${outputMode}`);
    const status = this.#status(job);
    if (status === 'FAILED' || status === 'CANCELED') {
      // UNVERIFIED status and code.
      return errorAnswer(409, 'IncorrectState', `The query is ${status}`);
    }
    const known = status === 'ACCEPTED' ? 0 : half(job.result);
    const result = status === 'SUCCEEDED' ? job.result : firstRows(job.result, known);
    const percentComplete = percentOf(status);
    const { pageHeader } = this.#logs.profile;
    return answerPage(request, job.request, result, {
      // UNVERIFIED, as for a query: the other one of the two.
      nextHeader: pageHeader === 'opc-next-page' ? 'opc-next-page-id' : 'opc-next-page',
      faultKind,
      percentComplete,
    });
  }

  #export(request: WireRequest, faultKind: string | null): Answer {
    const query = readQueryRequest(request, this.#logs);
    const limit = query.query.countAs === null ? 1_000_000 : 10_000;
    const maxRows = Math.min(readCount(query.body, 'maxTotalCount') ?? limit, limit);
    if (this.#logs.deniedCompartments.has(query.scope.compartmentId)) return notFound();
    const result = this.#run(query, maxRows);
    return exportRows(query, faultKind === 'short' ? firstRows(result, half(result)) : result, this.#logs);
  }
}

function noSuchPath(request: WireRequest): Answer {
  return errorAnswer(404, 'NotFound', `No such path: ${request.method} ${request.path}`);
}

function percentOf(status: JobStatus): number {
  if (status === 'ACCEPTED') return 0;
  return status === 'IN_PROGRESS' ? 50 : 100;
}
