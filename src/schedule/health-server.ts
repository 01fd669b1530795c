import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { hourMs, minuteMs } from '../base/time-units.js';
import { Failure, explainError } from '../errors.js';
import type { ScheduleMetrics } from './metrics.js';
import { localTime } from './schedule-gaps.js';
import type { PlanStatus, ScheduleStatus } from './schedule-status.js';

export interface HealthServer {
  /** `http://127.0.0.1:9464` */
  readonly url: string;
  /** Ends all connections. */
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const longestPassMs = 6 * hourMs;
const longestSilenceMs = 5 * minuteMs;
const maxConnections = 50;

/**
 * For orchestrators: `/healthz` says whether to restart the process, `/readyz` whether it can do its work, and
 * `/metrics` is for Prometheus. There is nothing else, and nothing can be changed through it.
 *
 * @param port 0: any free one
 * @throws Failure('usage') for an address that it cannot listen on
 */
export async function startHealthServer(
  { host, port }: { readonly host: string; readonly port: number },
  statusOf: () => ScheduleStatus,
  metrics: ScheduleMetrics,
): Promise<HealthServer> {
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5000, keepAliveTimeout: 5000, maxHeaderSize: 8192 },
    (request, response) => void answer(request, response, statusOf, metrics),
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
function healthOf({ pass, sinceLookMs }: ScheduleStatus): Answer {
  if (pass !== null && pass.forMs > longestPassMs)
    return plainText(503, `A pass of ${pass.plan} does not end.`);
  if (sinceLookMs > longestSilenceMs) return plainText(503, 'The schedule has stopped checking its clocks.');
  return plainText(200, 'ok');
}

/** Whether it could make a report. Separate from health, because a restart does not help an unreachable archive. */
function readinessOf({ isStopping, plans, pass }: ScheduleStatus): Answer {
  const isReady = !isStopping && plans.every(({ isArchiveReached }) => isArchiveReached !== false);
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
  return {
    archive: isArchiveReached === null ? 'not asked yet' : isArchiveReached ? 'reached' : 'not reached',
    newestReport: newestDate,
    failedPasses: failures,
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

function urlOf(server: Server): string {
  const bound = server.address();
  if (typeof bound !== 'object' || bound === null) return '';
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return `http://${host}:${bound.port}`;
}
