import { readFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { packageRoot } from '../../src/package-root.js';

export type Stage = 'connect' | 'auth' | 'mail' | 'rcpt' | 'data';

export interface RelayOptions {
  /** TLS from the start, instead of STARTTLS. */
  readonly secure?: boolean;
  readonly offersStarttls?: boolean;
  /** server: of localhost and 127.0.0.1. elsewhere: of mail.example.com. All of the authority `ca`. */
  readonly certificate?: 'server' | 'elsewhere' | 'expired';
  /** Wanted before mail; undefined: nobody signs in. */
  readonly user?: { readonly name: string; readonly password: string };
  /** Told in the answer to EHLO; bytes. */
  readonly size?: number;
  readonly offersUtf8?: boolean;
  readonly offersPipelining?: boolean;
}

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Whether SMTPUTF8 was asked for. */
  readonly utf8: boolean;
  readonly raw: Buffer;
  /** `TLSv1.3`, or null. */
  readonly tls: string | null;
  readonly user: string | null;
  /** What the client called itself. */
  readonly helloName: string;
}

interface PlannedRefusal {
  readonly stage: Stage;
  /** The address of MAIL or RCPT; of RCPT only when it is set. */
  readonly address: string | null;
  readonly code: number;
  readonly words: string;
  times: number;
}

const folder = new URL('test/mail/tls/', packageRoot);

function pem(name: string): string {
  return readFileSync(fileURLToPath(new URL(`${name}.pem`, folder)), 'utf8');
}

/** Where the authority of all certificates here lies. */
export const authorityPath = fileURLToPath(new URL('ca.pem', folder));

export function authority(): string {
  return pem('ca');
}

/** Where key and certificate of localhost lie, for servers that read files. */
export const serverFiles = {
  key: fileURLToPath(new URL('key.pem', folder)),
  certificate: fileURLToPath(new URL('server.pem', folder)),
};

/** A real SMTP server on loopback that refuses what it is told to, and breaks off where it is told to. */
export class Relay {
  readonly received: ReceivedMail[] = [];
  /** Envelopes in the order in which RCPT came, refused ones included. */
  readonly asked: string[] = [];
  connections = 0;
  readonly #server: SMTPServer;
  readonly #refusals: PlannedRefusal[] = [];
  #break: { at: 'during-data' | 'after-data'; times: number } | null = null;

  private constructor(options: RelayOptions) {
    const { secure = false, offersStarttls = true, certificate = 'server', user, size } = options;
    const { offersUtf8 = true, offersPipelining = true } = options;
    this.#server = new SMTPServer({
      secure,
      key: pem('key'),
      cert: pem(certificate),
      hideSTARTTLS: !offersStarttls,
      hideSMTPUTF8: !offersUtf8,
      hidePIPELINING: !offersPipelining,
      // Refusals say themselves which they have.
      hideENHANCEDSTATUSCODES: true,
      ...(size === undefined ? {} : { size }),
      disableReverseLookup: true,
      closeTimeout: 10,
      authOptional: user === undefined,
      disabledCommands: [
        ...(user === undefined ? (['AUTH'] as const) : []),
        ...(offersStarttls ? [] : (['STARTTLS'] as const)),
      ],
      onConnect: (_session, done) => {
        this.connections += 1;
        done(this.#refusal('connect', null));
      },
      onAuth: ({ username, password }, _session, done) => {
        const refusal = this.#refusal('auth', null);
        if (refusal !== null) return done(refusal);
        if (username === user?.name && password === user?.password) return done(null, { user: username });
        // As careless servers do: they repeat what they were told.
        return done(withCode(535, `5.7.8 wrong: ${username} ${password} ${base64(password ?? '')}`));
      },
      onMailFrom: ({ address }, _session, done) => done(this.#refusal('mail', address)),
      onRcptTo: ({ address }, _session, done) => {
        this.asked.push(address);
        done(this.#refusal('rcpt', address));
      },
      onData: (stream, session, done) => void this.#take(stream, session, done),
    });
    // A client that does not trust it breaks off.
    this.#server.on('error', () => undefined);
  }

  static async start(options: RelayOptions = {}): Promise<Relay> {
    const relay = new Relay(options);
    await new Promise<void>((resolve) => relay.#server.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** Refuses the next `times` times, the oldest plan first. `address`: only this one of RCPT. */
  refuse(stage: Stage, code: number, words: string, times = 1, address: string | null = null): void {
    this.#refusals.push({ stage, address, code, words, times });
  }

  /** Ends the connection in the middle of a message, or after its last dot without an answer. */
  breakOff(at: 'during-data' | 'after-data', times = 1): void {
    this.#break = { at, times };
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #refusal(stage: Stage, address: string | null): Error | null {
    const plan = this.#refusals.find(
      (each) => each.stage === stage && each.times > 0 && (each.address ?? address) === address,
    );
    if (plan === undefined) return null;
    plan.times -= 1;
    return withCode(plan.code, plan.words);
  }

  async #take(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    if (this.#break !== null && this.#break.times > 0) {
      this.#break.times -= 1;
      if (this.#break.at === 'during-data') {
        stream.once('data', () => this.#drop(session.id));
        return;
      }
      this.#keep(await buffer(stream), session);
      this.#drop(session.id);
      return;
    }
    const raw = await buffer(stream);
    const refusal = this.#refusal('data', null);
    if (refusal === null) this.#keep(raw, session);
    done(refusal);
  }

  #keep(raw: Buffer, { envelope, secure, tlsOptions, user, hostNameAppearsAs }: SMTPServerSession): void {
    const { mailFrom, rcptTo } = envelope;
    const sender = mailFrom === false ? null : mailFrom;
    this.received.push({
      from: sender?.address ?? '',
      to: rcptTo.map(({ address }) => address),
      utf8: Object.hasOwn(sender?.args || {}, 'SMTPUTF8'),
      raw,
      tls: secure ? String((tlsOptions as { readonly version?: unknown }).version) : null,
      user: typeof user === 'string' ? user : null,
      helloName: hostNameAppearsAs,
    });
  }

  #drop(id: string): void {
    const { connections } = this.#server as unknown as {
      readonly connections: Iterable<{ readonly id: string; readonly _socket: Socket }>;
    };
    for (const each of connections) if (each.id === id) each._socket.destroy();
  }
}

function withCode(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}

function base64(value: string): string {
  return Buffer.from(value).toString('base64');
}
