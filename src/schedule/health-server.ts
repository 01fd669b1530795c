import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { hourMs, minuteMs } from '../base/time-units.js';
import { Failure, explainError } from '../errors.js';
import { isAllowedHost } from './allowed-hosts.js';
import type { ScheduleMetrics } from './metrics.js';
import { localTime } from './schedule-gaps.js';
import type { PlanStatus, ScheduleStatus } from './schedule-status.js';

export interface HealthServer {
  /** `http://127.0.0.1:9464` */
  readonly url: string;
  /** Ends all connections. */
  close(): Promise<void>;
}

export interface HealthAddress {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts?: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** A pass that was to be given up then, and was not. */
const marginMs = 5 * minuteMs;
const longestPassMs = 6 * hourMs;
/** As many hanging passes as a process should bear: each holds memory, and perhaps a thread. */
const mostLeftBehind = 3;
const longestSilenceMs = 5 * minuteMs;
const maxConnections = 50;

/**
 * For orchestrators: `/healthz` says whether to restart the process, `/readyz` whether it can do its work, and
 * `/metrics` is for Prometheus. There is nothing else, and nothing can be changed through it.
 *
 * A request whose `Host` is another name is refused (421).
 *
 * @param port 0: any free one
 * @param allowedHosts further names of this server
 * @throws Failure('usage') for an address that it cannot listen on
 */
export async function startHealthServer(
  { host, port, allowedHosts = [] }: HealthAddress,
  statusOf: () => ScheduleStatus,
  metrics: ScheduleMetrics,
): Promise<HealthServer> {
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5000, keepAliveTimeout: 5000, maxHeaderSize: 8192 },
    (request, response) => {
      const names = { host, address: addressOf(server), others: allowedHosts };
      if (isAllowedHost(hostOfRequest(request), names)) void answer(request, response, statusOf, metrics);
      else send(response, request.method, wrongHost);
    },
  );
  server.maxConnections = maxConnections;
  server.maxRequestsPerSocket = 100;
  await listen(server, host, port);
  return {
    url: urlOf(server),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const wrongHost = plainText(
  421,
  'This server has another name. Call it by its address, or allow the name: --health-allow-host NAME.',
);

/** Its `Host`; one that comes twice is none. */
function hostOfRequest({ headers, headersDistinct }: IncomingMessage): string | undefined {
  return (headersDistinct['host']?.length ?? 0) > 1 ? '' : headers.host;
}

async function answer(
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  statusOf: () => ScheduleStatus,
  metrics: ScheduleMetrics,
): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD') {
    return send(response, method, plainText(405, 'Only GET and HEAD are supported.'), {
      allow: 'GET, HEAD',
    });
  }
  try {
    send(response, method, await answerTo(url.split('?', 1)[0] ?? '', statusOf(), metrics));
  } catch {
    send(response, method, plainText(500, 'Internal error.'));
  }
}

async function answerTo(path: string, status: ScheduleStatus, metrics: ScheduleMetrics): Promise<Answer> {
  if (path === '/healthz') return healthOf(status);
  if (path === '/readyz') return readinessOf(status);
  if (path !== '/metrics') return plainText(404, 'Try /healthz, /readyz or /metrics.');
  return { status: 200, contentType: metrics.contentType, body: await metrics.text(status.plans) };
}

/** Whether the loop is alive. */
function healthOf({ pass, sinceLookMs, plans }: ScheduleStatus): Answer {
  if (pass !== null && pass.forMs > limitOf(pass))
    return plainText(503, `A pass of ${pass.plan} does not end.`);
  const hanging = plans.reduce((sum, { leftBehind = 0 }) => sum + leftBehind, 0);
  if (hanging >= mostLeftBehind) {
    return plainText(503, `${hanging} passes were given up and hang still: only a restart ends them.`);
  }
  if (sinceLookMs > longestSilenceMs) return plainText(503, 'The schedule has stopped checking its clocks.');
  return plainText(200, 'ok');
}

function limitOf({ longestMs }: NonNullable<ScheduleStatus['pass']>): number {
  return longestMs === undefined ? longestPassMs : longestMs + marginMs;
}

/** Whether it could make a report. Separate from health, because a restart does not help an unreachable archive. */
function readinessOf({ isStopping, plans, pass }: ScheduleStatus): Answer {
  const isReady =
    !isStopping &&
    plans.every(({ isArchiveReached, givenUp = null }) => isArchiveReached !== false && givenUp === null);
  const body = {
    ready: isReady,
    stopping: isStopping,
    plans: Object.fromEntries(plans.map((plan) => [plan.name, planInWords(plan, pass?.plan ?? null)])),
  };
  return {
    status: isReady ? 200 : 503,
    contentType: 'application/json; charset=utf-8',
    body: `${JSON.stringify(body)}\n`,
  };
}

function planInWords(plan: PlanStatus, atWork: string | null): object {
  const { name, timezone, isArchiveReached, newestDate, failures, nextMs } = plan;
  const { givenUp = null, leftBehind = 0, missingDays = null } = plan;
  return {
    archive: isArchiveReached === null ? 'not asked yet' : isArchiveReached ? 'reached' : 'not reached',
    newestReport: newestDate,
    failedPasses: failures,
    ...(givenUp === null ? {} : { givenUp }),
    ...(leftBehind === 0 ? {} : { hangingPasses: leftBehind }),
    ...(missingDays === null ? {} : { missingDays }),
    atWork: name === atWork,
    next: Number.isFinite(nextMs) ? `${localTime(nextMs, timezone)} ${timezone}` : null,
  };
}

function plainText(status: number, text: string): Answer {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${text}\n` };
}

function send(
  response: ServerResponse,
  method: string | undefined,
  { status, contentType, body }: Answer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'cache-control': 'no-store',
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(method === 'HEAD' ? undefined : body);
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw new Failure('usage', `--health-port ${port}: cannot listen on ${host}: ${explainError(error)}`, {
      cause: error,
      hints: ['Choose another port, or 0 for any free one: the log says which.'],
    });
  }
}

/** The address that it listens on; empty before that. */
function addressOf(server: Server): string {
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.address : '';
}

function urlOf(server: Server): string {
  const bound = server.address();
  if (typeof bound !== 'object' || bound === null) return '';
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return `http://${host}:${bound.port}`;
}
