import { readFileSync } from 'node:fs';
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer as createPlain,
} from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { packageRoot } from '../../../src/package-root.js';
import { type AzureFault, AzureFaults, errorBody } from './faults.js';
import { type Query, QuerySyntaxError, parseQuery } from './query-language.js';
import { type Principal, type TokenAnswer, TokenService } from './tokens.js';
import { type Answered, UnresolvedName, Workspace } from './workspace.js';

export interface HeardQuery {
  readonly workspace: string;
  readonly query: string;
  readonly timespan: string;
  readonly headers: IncomingMessage['headers'];
  /** 0: no answer. */
  readonly status: number;
}

/** Of localhost; by an authority of its own. */
const tlsFolder = new URL('test/mail/tls/', packageRoot);

/** The authority of its certificate, in PEM. */
export const azureAuthority = readFileSync(new URL('ca.pem', tlsFolder), 'utf8');
export const azureAuthorityUrl = new URL('ca.pem', tlsFolder);

export const azurePrincipal: Principal = {
  tenantId: '00000000-0000-4000-8000-0000000000aa',
  clientId: '00000000-0000-4000-8000-0000000000bb',
  clientSecret: 'never~in.any_file-0123456789',
  assertion: 'federated.token.of-a-pod',
};

/** Azure over loopback: Microsoft Entra ID and the Logs query API over TLS, the metadata service of a machine without. */
export class AzureStandIn {
  /** `https://localhost:PORT` */
  url = '';
  /** `http://127.0.0.1:PORT`, for AZURE_POD_IDENTITY_AUTHORITY_HOST. */
  machineUrl = '';
  readonly audience = 'https://api.loganalytics.example';
  readonly tokens = new TokenService(azurePrincipal, Date.now);
  readonly faults = new AzureFaults();
  readonly queries: HeardQuery[] = [];
  /** Of tokens: what was asked, and its status. */
  readonly signIns: { readonly path: string; readonly status: number }[] = [];
  /** Most rows of an answer: beyond, it is partial. */
  maxRows = 500_000;
  /** Client id of the machine's identity; null: its own. */
  machineIdentity: string | null = null;
  /** Before each query is answered: rows may come in between. */
  onQuery: (query: Query) => void = () => undefined;
  readonly #workspaces = new Map<string, Workspace>();
  readonly #servers: Server[] = [];

  static async start(): Promise<AzureStandIn> {
    const standIn = new AzureStandIn();
    const tls = {
      key: readFileSync(new URL('key.pem', tlsFolder)),
      cert: readFileSync(new URL('server.pem', tlsFolder)),
    };
    const serve = (request: IncomingMessage, response: ServerResponse): void =>
      void standIn.#serve(request, response);
    const secure = await listening(createServer(tls, serve));
    const plain = await listening(
      createPlain((request, response) => standIn.#serveMachine(request, response)),
    );
    standIn.#servers.push(secure.server, plain.server);
    standIn.url = `https://localhost:${secure.port}`;
    standIn.machineUrl = `http://127.0.0.1:${plain.port}`;
    return standIn;
  }

  workspace(id: string): Workspace {
    const known = this.#workspaces.get(id) ?? new Workspace();
    this.#workspaces.set(id, known);
    return known;
  }

  /** As new, but for its workspaces and tokens. */
  forget(): void {
    this.faults.clear();
    this.queries.length = 0;
    this.signIns.length = 0;
    this.maxRows = 500_000;
    this.onQuery = () => undefined;
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  #serveMachine(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', this.machineUrl);
    const metadata = request.headers['metadata'];
    const answer = url.pathname.startsWith('/metadata/identity/oauth2/token')
      ? this.tokens.ofMachine(url.searchParams, String(metadata ?? ''), this.machineIdentity)
      : { status: 404, body: {} };
    this.#answerToken(url.pathname, answer, response);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const { pathname } = new URL(request.url ?? '', this.url);
    const [, tenant = ''] = /^\/([^/]+)\//.exec(pathname) ?? [];
    if (pathname.endsWith('/v2.0/.well-known/openid-configuration')) {
      return this.#answerToken(pathname, this.tokens.configuration(tenant, this.url), response);
    }
    if (pathname.endsWith('/oauth2/v2.0/token') && request.method === 'POST') {
      return this.#answerToken(pathname, this.tokens.token(tenant, new URLSearchParams(body)), response);
    }
    const [, workspace] = /^\/v1\/workspaces\/([^/]+)\/query$/.exec(pathname) ?? [];
    if (workspace === undefined || request.method !== 'POST') return sendJson(response, 404, errorBody(404));
    this.#serveQuery(workspace, request, body, response);
  }

  #answerToken(path: string, { status, body }: TokenAnswer, response: ServerResponse): void {
    this.signIns.push({ path, status });
    sendJson(response, status, body);
  }

  #serveQuery(workspace: string, request: IncomingMessage, text: string, response: ServerResponse): void {
    const { query = '', timespan = '' } = JSON.parse(text) as { query?: string; timespan?: string };
    const note = (status: number): void => {
      this.queries.push({ workspace, query, timespan, headers: request.headers, status });
    };
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    const isCount = query.includes('summarize');
    const refused = this.tokens.audiences.get(token) === this.audience ? null : ({ status: 401 } as const);
    const fault: AzureFault | null = refused ?? this.faults.take({ workspace, query, isCount });
    if (fault !== null && 'status' in fault) {
      note(fault.status);
      const { retryAfterSeconds: after } = fault;
      const headers = after === undefined ? {} : { 'retry-after': String(after) };
      return sendJson(response, fault.status, errorBody(fault.status), headers);
    }
    const { status, body } = this.#answer(workspace, query, fault);
    note(status);
    if (fault !== null && this.#spoil(fault.kind, body, response)) return;
    const packed = String(request.headers['accept-encoding'] ?? '').includes('gzip');
    sendText(response, status, body, { packed });
  }

  #answer(
    id: string,
    text: string,
    fault: Extract<AzureFault, { readonly kind: string }> | null,
  ): { readonly status: number; readonly body: string } {
    const workspace = this.#workspaces.get(id);
    if (workspace === undefined) return { status: 404, body: JSON.stringify(errorBody(404)) };
    try {
      const query = parseQuery(text);
      this.onQuery(query);
      return { status: 200, body: bodyOf(workspace.answer(query), this.maxRows, fault) };
    } catch (error) {
      if (error instanceof UnresolvedName) return { status: 400, body: JSON.stringify(unresolved(error)) };
      if (error instanceof QuerySyntaxError) return { status: 400, body: JSON.stringify(errorBody(400)) };
      throw error;
    }
  }

  /** Whether that was the answer. */
  #spoil(
    kind: Extract<AzureFault, { readonly kind: string }>['kind'],
    body: string,
    response: ServerResponse,
  ): boolean {
    if (kind === 'html') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in</html>');
      return true;
    }
    if (kind === 'empty') {
      sendText(response, 200, '{}', { packed: false });
      return true;
    }
    if (kind === 'reset') {
      response.socket?.destroy();
      return true;
    }
    if (kind === 'silence') return true;
    if (kind !== 'cut' && kind !== 'stall') return false;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(body.length) });
    response.write(body.slice(0, body.length / 2), () => {
      if (kind === 'cut') response.socket?.destroy();
    });
    return true;
  }
}

async function listening(server: Server): Promise<{ readonly server: Server; readonly port: number }> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

function unresolved({ unresolvedName: name, isTable }: UnresolvedName): unknown {
  const what = isTable ? 'table or column expression' : 'scalar expression';
  const message = `'where' operator: Failed to resolve ${what} named '${name}'`;
  return {
    error: {
      code: 'BadArgumentError',
      message: 'The request had some invalid properties',
      innererror: {
        code: 'SemanticError',
        message: 'A semantic error occurred.',
        innererror: { code: 'SEM0100', message },
      },
    },
  };
}

const limitWords = (rows: number): string =>
  `Query result set has exceeded the internal record count limit ${rows} (E_QUERY_RESULT_SET_TOO_LARGE; see https://aka.ms/kustoquerylimits)`;

function bodyOf(
  { columns, rows }: Answered,
  maxRows: number,
  fault: Extract<AzureFault, { readonly kind: string }> | null,
): string {
  const isHalf = fault?.kind === 'partial' || fault?.kind === 'short';
  const given = isHalf ? rows.slice(0, Math.floor(rows.length / 2)) : rows.slice(0, maxRows);
  const words =
    rows.length > maxRows
      ? limitWords(maxRows)
      : fault?.kind === 'partial'
        ? (fault.words ?? limitWords(given.length))
        : null;
  const value = {
    tables: [{ name: 'PrimaryResult', columns, rows: given }],
    ...(words !== null && { error: partialError(words) }),
  };
  // A bigint is a number of all its digits.
  const text = JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'bigint' ? `\u0001${each}\u0001` : each,
  );
  return text.replaceAll(/"\\u0001(-?\d+)\\u0001"/g, '$1');
}

function partialError(words: string): unknown {
  const inner = { code: '-2133196797', message: words };
  return {
    code: 'PartialError',
    message: 'There were some errors when processing your query.',
    details: [
      { code: 'EngineError', message: 'Something went wrong processing your query', innererror: inner },
    ],
  };
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function sendText(
  response: ServerResponse,
  status: number,
  body: string,
  { packed }: { readonly packed: boolean },
): void {
  const headers = { 'content-type': 'application/json', ...(packed && { 'content-encoding': 'gzip' }) };
  response.writeHead(status, headers).end(packed ? gzipSync(body) : body);
}
