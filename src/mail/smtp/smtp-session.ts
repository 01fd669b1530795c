import { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { isAscii } from '../envelope.js';
import { openSocket, tooLong } from './open-socket.js';
import { smtpError } from './smtp-fault.js';
import { type SmtpOptions, portOf } from './smtp-options.js';

/** What a server did with a message. */
export interface Submission {
  readonly accepted: readonly string[];
  readonly refused: readonly { readonly address: string; readonly error: unknown }[];
  /** Why nobody has it, unless each recipient was refused for a reason of its own; null otherwise. */
  readonly error: unknown;
}

type Done<T> = (error?: Error | null, result?: T) => void;

const pieceBytes = 64 * 1024;
/** How long a server that has accepted everything may take to close. */
const farewellMs = 1000;

/** A connection to a server that is ready to accept mail. Failures throw an error for `faultOf`. */
export class SmtpSession {
  readonly #connection: SMTPConnection;
  readonly #signal: AbortSignal;
  #greeting = '';
  #body: Readable | undefined;

  private constructor(connection: SMTPConnection, signal: AbortSignal) {
    this.#connection = connection;
    this.#signal = signal;
    // It emits errors at any time; each step has its own listener.
    connection.on('error', () => undefined);
  }

  /** Connects, encrypts and signs in. `signal` aborts whatever is in progress. */
  static async open(options: SmtpOptions, signal: AbortSignal): Promise<SmtpSession> {
    const socket = await openSocket(options, signal);
    const { host, security, username, password, name, greetingTimeoutMs, socketTimeoutMs } = options;
    const connection = new SMTPConnection({
      host,
      port: portOf(options),
      // nodemailer's own connection bypasses the machine's hosts file, and caches names globally.
      connection: socket,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      tls: {
        // Explicit, so that no environment variable can turn it off.
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ...(options.ca === null ? {} : { ca: options.ca }),
      },
      name,
      connectionTimeout: options.connectionTimeoutMs,
      greetingTimeout: greetingTimeoutMs,
      socketTimeout: socketTimeoutMs,
      socketCloseTimeout: farewellMs,
    });
    const session = new SmtpSession(connection, signal);
    try {
      await session.#step<void>((done) => connection.connect(done));
      session.#greeting = String(connection.lastServerResponse || '');
      if (username !== undefined) await session.#signIn(username, password ?? '');
      return session;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** `TLSv1.3`; null if nothing is encrypted. */
  get protocol(): string | null {
    const socket = this.#connection._socket;
    return socket instanceof TLSSocket ? socket.getProtocol() : null;
  }

  /** Whether the message was sent to its last byte, or will be once the buffers are flushed. */
  get isHandedOver(): boolean {
    return this.#body?.readableEnded === true;
  }

  /** Largest message in bytes; null if the server does not say. */
  get maxBytes(): number | null {
    return Number(/^\d{3}[ -]SIZE[ \t]+(\d+)/im.exec(this.#greeting)?.[1] ?? 0) || null;
  }

  /** Never rejects: the answer says which recipients were refused, and why the message as a whole was not accepted. */
  async submit(from: string, to: readonly string[], bytes: Buffer): Promise<Submission> {
    const canUtf8 = /^\d{3}[ -]SMTPUTF8\b/im.test(this.#greeting);
    const isPossible = (address: string): boolean => canUtf8 || isAscii(address);
    const possible = isPossible(from) ? to.filter(isPossible) : [];
    const impossible = to.filter((address) => !possible.includes(address));
    const refused = impossible.map((address) => ({ address, error: noUtf8() }));
    if (possible.length === 0) return { accepted: [], refused, error: null };

    const body = Readable.from(piecesOf(bytes));
    this.#body = body;
    // The library records the answer to each recipient in it, even if the message fails in the end.
    const envelope = { from, to: possible, size: bytes.length, use8BitMime: !isPlain(bytes) };
    try {
      const { accepted } = await this.#step<{ readonly accepted: readonly string[] }>((done) =>
        this.#connection.send(envelope, body, done as Parameters<SMTPConnection['send']>[2]),
      );
      return { accepted, refused: [...refused, ...refusalsIn(envelope)], error: null };
    } catch (error) {
      const own = new Map(refusalsIn(envelope).map((each) => [each.address, each.error]));
      const rest = possible.map((address) => ({ address, error: own.get(address) ?? error }));
      return { accepted: [], refused: [...refused, ...rest], error };
    }
  }

  /** Sends QUIT and does not wait for the answer. */
  end(): void {
    const connection = this.#connection;
    if (connection.destroyed) return;
    // The message was refused before its end: a command now would be taken for a line of it.
    if (this.#body?.readableDidRead === true && !this.isHandedOver) return connection.close();
    const timer = setTimeout(() => connection.close(), farewellMs);
    connection.once('end', () => clearTimeout(timer));
    connection.quit();
  }

  async #signIn(user: string, pass: string): Promise<void> {
    const connection = this.#connection;
    if (!connection.allowsAuth) throw smtpError('ENOAUTH', 'offers no sign-in (AUTH)');
    await this.#step<boolean>((done) => connection.login({ user, pass, credentials: { user, pass } }, done));
  }

  #step<T>(begin: (done: Done<T>) => void): Promise<T> {
    const connection = this.#connection;
    const signal = this.#signal;
    return new Promise((resolve, reject) => {
      const settle: Done<T> = (error, result) => {
        connection.off('error', settle);
        connection.off('end', onEnd);
        signal.removeEventListener('abort', onAbort);
        if (error) reject(error);
        else resolve(result as T);
      };
      // A reply that comes with the end, such as a 421, is more informative than the end itself.
      const onEnd = (): void => void setImmediate(() => settle(new Error('it was closed')));
      const onAbort = (): void => {
        settle(tooLong());
        connection.close();
      };
      connection.once('error', settle);
      connection.once('end', onEnd);
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      else begin(settle);
    });
  }
}

function refusalsIn(envelope: object): Submission['refused'] {
  const { rejectedErrors, mailError } = envelope as Readonly<Record<string, unknown>>;
  // If the sender was refused, recipients pipelined with it are refused for that reason alone.
  if (!Array.isArray(rejectedErrors) || mailError !== undefined) return [];
  return rejectedErrors.map((error: { readonly recipient?: unknown }) => ({
    address: String(error.recipient),
    error,
  }));
}

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
}

function isPlain(bytes: Buffer): boolean {
  return bytes.every((byte) => byte < 0x80);
}

function noUtf8(): Error {
  return smtpError('ENOUTF8', 'takes no addresses with other characters than ASCII (SMTPUTF8)');
}
