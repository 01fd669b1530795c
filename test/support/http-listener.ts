import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HeardRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server that keeps what it hears and answers in turn; 200 when the answers are used up. */
export class HttpListener {
  readonly heard: HeardRequest[] = [];
  readonly answers: (HttpAnswer | 'silence' | 'reset' | 'echo')[] = [];
  /** What is answered when the answers are used up; echo: 410 and the request with its headers. */
  otherwise: HttpAnswer | 'echo' = { status: 200 };
  /** `127.0.0.1:PORT` */
  host = '';
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (text: string) => (body += text));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        this.heard.push({ method, url, headers, body });
        const answer = this.answers.shift() ?? this.otherwise;
        if (answer === 'silence') return;
        if (answer === 'reset') request.socket.resetAndDestroy();
        else if (answer === 'echo') response.writeHead(410).end(`${url} ${JSON.stringify(headers)}`);
        else response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
  }

  static async start(): Promise<HttpListener> {
    const listener = new HttpListener();
    await new Promise<void>((resolve) => {
      listener.#server.listen(0, '127.0.0.1', resolve);
    });
    listener.host = `127.0.0.1:${(listener.#server.address() as AddressInfo).port}`;
    return listener;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}
