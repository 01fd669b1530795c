import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** openssl-ts(1), section CONFIGURATION FILE OPTIONS; x509v3_config(5) */
const configuration = `
[req]
distinguished_name = name
prompt = no
[name]
CN = unused
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[stamps]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
[lenient]
extendedKeyUsage = timeStamping
[plain]
keyUsage = critical,digitalSignature
[tsa]
default_tsa = own
[own]
serial = ./serial
signer_cert = ./tsa.pem
certs = ./ca.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
`;

const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config ts.cnf'.split(' ');

/** A root with a certificate for time stamps, in a folder of its own. */
export class StampingFolder {
  private constructor(readonly path: string) {}

  static async create(name = 'Tests'): Promise<StampingFolder> {
    const folder = new StampingFolder(await mkdtemp(join(tmpdir(), 'tsa-')));
    await writeFile(join(folder.path, 'ts.cnf'), configuration);
    await writeFile(join(folder.path, 'serial'), '01\n');
    const root = ['-subj', `/CN=Root of ${name}`, '-days', '3650', '-extensions', 'root'];
    await folder.openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', ...root);
    const own = ['-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', `/CN=Stamps of ${name}`];
    await folder.openssl('req', ...newKey, ...own);
    await folder.certify('tsa.pem');
    return folder;
  }

  /** Another certificate of the same key. */
  async certify(file: string, extensions = 'stamps', days = '3650'): Promise<void> {
    const own = ['-extfile', 'ts.cnf', '-extensions', extensions, '-out', file, '-days', days];
    const issuer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
    await this.openssl('x509', '-req', '-in', 'tsa.csr', ...issuer, ...own);
  }

  async openssl(...args: readonly string[]): Promise<string> {
    return (await execute('openssl', [...args], { cwd: this.path })).stdout;
  }

  read(file: string): Promise<Buffer> {
    return readFile(join(this.path, file));
  }

  /** What `openssl ts` answers to a request. It refuses what is none. */
  async reply(query: Uint8Array): Promise<Buffer> {
    await mkdir(join(this.path, 'asked'), { recursive: true });
    const file = join('asked', String(process.hrtime.bigint()));
    await writeFile(join(this.path, file), query);
    await this.openssl('ts', '-reply', '-config', 'ts.cnf', '-queryfile', file, '-out', `${file}.tsr`);
    return this.read(`${file}.tsr`);
  }

  /** An answer to a request of its own over these bytes. */
  async replyOver(bytes: Uint8Array): Promise<Buffer> {
    await writeFile(join(this.path, 'data'), bytes);
    await this.openssl('ts', '-query', '-data', 'data', '-sha256', '-cert', '-out', 'data.tsq');
    return this.reply(await this.read('data.tsq'));
  }

  /** What an answer says, signed again with another certificate of the same key. `more`: options of openssl-cms(1). */
  async signAgain(reply: Uint8Array, certificate: string, more: readonly string[] = []): Promise<Buffer> {
    await writeFile(join(this.path, 'reply.tsr'), reply);
    await this.openssl('ts', '-reply', '-in', 'reply.tsr', '-token_out', '-out', 'token');
    await this.openssl('cms', '-verify', '-in', 'token', '-inform', 'DER', '-noverify', '-out', 'content');
    const how = ['-binary', '-nodetach', '-md', 'sha256', '-outform', 'DER', '-out', 'token', ...more];
    const what = ['-in', 'content', '-econtent_type', '1.2.840.113549.1.9.16.1.4'];
    await this.openssl('cms', '-sign', ...what, '-signer', certificate, '-inkey', 'tsa.key', ...how);
    return granted(await this.read('token'));
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true });
  }
}

/** RFC 3161: TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken ContentInfo OPTIONAL } */
function granted(token: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from('3003020100', 'hex'), token]);
  return Buffer.concat([Buffer.from([0x30, 0x82, content.length >> 8, content.length & 0xff]), content]);
}

export type Answering = (query: Buffer, response: ServerResponse) => Promise<Buffer | null> | Buffer | null;

/** The server of an authority, on a port that is free. It answers as `openssl ts` does, or as `answers` say, in turn. */
export class StampingServer {
  readonly asked: { readonly url: string; readonly type: string; readonly query: Buffer }[] = [];
  /** null: it has answered itself, or does not. */
  readonly answers: Answering[] = [];
  host = '';
  readonly #server: Server;

  private constructor(readonly folder: StampingFolder) {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(folder: StampingFolder): Promise<StampingServer> {
    const server = new StampingServer(folder);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    server.host = `127.0.0.1:${(server.#server.address() as AddressInfo).port}`;
    return server;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const query = Buffer.concat(parts);
    this.asked.push({ url: request.url ?? '', type: request.headers['content-type'] ?? '', query });
    const answer = this.answers.shift() ?? ((asked) => this.folder.reply(asked));
    const body = await answer(query, response);
    if (body === null) return;
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(body);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}
