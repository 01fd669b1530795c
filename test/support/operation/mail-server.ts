import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server on loopback that can be killed, also in the middle of a message, and comes back at the same port. */
export class MailServer {
  /** Messages that it took. */
  taken = 0;
  /** Whether the next message is its last: it takes the first bytes and dies. */
  diesInMessage = false;

  #port = 0;
  #server: SMTPServer | null = null;
  readonly #sockets = new Set<Socket>();

  get port(): number {
    return this.#port;
  }

  async start(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, _session, callback) => {
        stream.once('data', () => {
          if (this.diesInMessage) void this.kill();
        });
        stream.once('end', () => {
          if (this.diesInMessage) return;
          this.taken += 1;
          callback();
        });
        stream.resume();
      },
    });
    // A killed one tears its connections.
    server.on('error', () => undefined);
    server.server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server.server, 'listening');
    this.#port = (server.server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** As kill -9: whoever is connected gets no answer, and nobody listens any more. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
