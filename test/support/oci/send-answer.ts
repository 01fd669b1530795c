import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './wire.js';

/** Sends an answer whole. Rejects when the client has gone. */
export async function sendAnswer(response: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  if (!Buffer.isBuffer(body)) {
    response.writeHead(status, headers);
    return pipeline(Readable.from(body.pieces), response);
  }
  const isBodiless = status === 204 || status === 304 || response.req.method === 'HEAD';
  response.writeHead(status, isBodiless ? headers : withLength(headers, body));
  response.end(isBodiless ? undefined : body);
  return undefined;
}

/** Sends headers and about half of a body of two bytes or more, then ends the connection. */
export function sendTorn(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, Buffer.isBuffer(body) ? withLength(headers, body) : headers);
  const part = Buffer.isBuffer(body)
    ? body.subarray(0, Math.floor(body.length / 2))
    : firstHalf(body.pieces, body.count);
  response.write(part, () => closeConnection(response));
}

/** In chunks an answer ends without having said how long it is. */
function withLength(headers: Answer['headers'], body: Buffer): Answer['headers'] {
  if (headers['transfer-encoding'] === 'chunked') return headers;
  return { ...headers, 'content-length': String(body.length) };
}

function firstHalf(pieces: Iterable<string>, count: number): Buffer {
  const taken: string[] = [];
  for (const piece of pieces) {
    if (taken.length >= Math.floor(count / 2)) break;
    taken.push(piece);
  }
  return Buffer.from(taken.join(''));
}

export function closeConnection(response: ServerResponse): void {
  response.req.socket.destroy();
}

export function resetConnection(response: ServerResponse): void {
  response.req.socket.resetAndDestroy();
}
