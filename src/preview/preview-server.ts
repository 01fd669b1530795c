import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { Failure, explainError } from '../errors.js';
import type { ArchivedDay } from './archived-day.js';
import { indexPage, indexPolicy, indexScript, indexStyle } from './index-page.js';
import type { Preview, PreviewFile } from './render-preview.js';

/** Only this machine can reach it. */
const previewHost = '127.0.0.1';

export interface PreviewServer {
  /** `http://127.0.0.1:49152/` */
  readonly url: string;
  /** Serves this rendering from now on, and makes the browsers reload it. */
  show(preview: Preview): void;
  /** Faults that a check of the templates has found, whatever the day shows of them. */
  tell(faults: readonly string[]): void;
  /** Ends all connections. */
  close(): Promise<void>;
}

/**
 * Serves a rendering to this machine's browser.
 *
 * - Only `GET`, and only the paths of the index and of the rendering: a path is never used as a file name.
 * - A `Host` that does not name this machine is refused, because another site's name may resolve to this machine (DNS
 *   rebinding).
 *
 * @param port 0: any free one
 * @throws Failure('usage') for a port that is taken
 */
export async function startPreviewServer(
  { report, revision }: ArchivedDay,
  port: number,
  first: Preview,
  onFaults: (faults: readonly string[]) => void,
): Promise<PreviewServer> {
  const index = indexFiles(indexPage(report, revision));
  const readers = new Set<ServerResponse>();
  let preview = first;
  let number = 1;
  let told: readonly string[] = [];
  const notifyReader = (reader: ServerResponse): void => {
    const faults = preview.faults.length + unseen(told, preview).length;
    reader.write(renderedEvent({ number, faults }));
  };
  /** A fault is told when it is found: nobody looks for faults of what nobody looks at. */
  const sendRendered = async (path: string, response: ServerResponse): Promise<void> => {
    const asked = preview;
    const before = asked.faults.length;
    const file = await asked.file(path);
    if (file === null) refuseRequest(response, 404);
    else sendFile(response, file);
    if (asked !== preview || asked.faults.length === before) return;
    onFaults(asked.faults.slice(before));
    for (const reader of readers) notifyReader(reader);
  };
  const server = createServer((request, response) => {
    const path = askedPath(request, boundPort(server));
    if (typeof path === 'number') return refuseRequest(response, path);
    if (path === '/events') {
      readers.add(response);
      response.on('close', () => readers.delete(response));
      beginEvents(response);
      return notifyReader(response);
    }
    const file = index.get(path);
    return file === undefined ? void sendRendered(path, response) : sendFile(response, file);
  });
  await listenOn(server, port);
  return {
    url: `http://${previewHost}:${boundPort(server)}/`,
    tell: (faults) => {
      told = faults;
      const others = unseen(told, preview).map((fault) => `template ${fault}`);
      if (others.length === 0) return;
      onFaults(others);
      for (const reader of readers) notifyReader(reader);
    },
    show: (next) => {
      preview = next;
      told = [];
      number += 1;
      for (const reader of readers) notifyReader(reader);
    },
    close: () => closeServer(server),
  };
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function beginEvents(response: ServerResponse): void {
  response.writeHead(200, { ...safeHeaders, 'content-type': 'text/event-stream' });
  response.write('retry: 1000\n\n');
}

/** What the script of the index reads. */
function renderedEvent(told: { readonly number: number; readonly faults: number }): string {
  return `event: rendered\ndata: ${JSON.stringify(told)}\n\n`;
}

/** Those that the rendering does not show itself, where it names the whole path of the file. */
function unseen(told: readonly string[], { faults }: Preview): readonly string[] {
  return told.filter((fault) => !faults.some((words) => words.includes(fault)));
}

const safeHeaders = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** For files without a policy header. A policy in the file itself applies as well. */
const framePolicy = "frame-ancestors 'self'";

function indexFiles(page: string): ReadonlyMap<string, PreviewFile> {
  return new Map([
    ['/', { mediaType: 'text/html; charset=utf-8', body: page, policy: indexPolicy }],
    ['/preview.css', { mediaType: 'text/css; charset=utf-8', body: indexStyle, policy: null }],
    ['/preview.js', { mediaType: 'text/javascript; charset=utf-8', body: indexScript, policy: null }],
  ]);
}

/** The requested path, or the status with which the request is refused. */
function askedPath({ method, headers, url = '' }: IncomingMessage, port: number): string | number {
  const host = headers.host ?? '';
  if (host !== `${previewHost}:${port}` && host !== `localhost:${port}`) return 421;
  if (method !== 'GET') return 405;
  return url.split('?', 1)[0] ?? '';
}

function sendFile(response: ServerResponse, { mediaType, body, policy }: PreviewFile): void {
  response.writeHead(200, {
    ...safeHeaders,
    'content-security-policy': policy ?? framePolicy,
    'content-type': mediaType,
  });
  response.end(body);
}

function refuseRequest(response: ServerResponse, status: number): void {
  const words: Readonly<Record<number, string>> = {
    404: 'There is no such page here.',
    405: 'Only GET is supported.',
    421: 'This is not the host that you are looking for.',
  };
  const allow = status === 405 ? { allow: 'GET' } : {};
  response.writeHead(status, { ...safeHeaders, ...allow, 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${words[status]}\n`);
}

async function listenOn(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, previewHost);
    await once(server, 'listening');
  } catch (error) {
    throw new Failure('usage', `--port ${port}: cannot listen there: ${explainError(error)}`, {
      cause: error,
      hints: ['Leave --port out to use any free port.'],
    });
  }
}

function boundPort(server: Server): number {
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}
