import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { OciConnection } from '../../../src/oci/connection.js';
import type { HttpOptions } from '../../../src/oci/http-client.js';
import { connectTo } from '../oci-connection.js';
import { sharedCredentials, writeConfigFile } from './credentials.js';
import { faultKind, Faults } from './faults.js';
import { closeConnection, resetConnection, sendAnswer } from './send-answer.js';
import type { StandIn } from './stand-in.js';
import { verifySignature } from './verify-signature.js';
import {
  errorAnswer,
  invalidParameter,
  jsonAnswer,
  notFound,
  type Answer,
  type WireRequest,
} from './wire.js';

export interface SubmittedMail {
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly contentType: string;
  readonly raw: Buffer;
}

/** As documented: recipients of one message. */
const mostRecipients = 50;

/**
 * Email Delivery over loopback: submitRawEmail, as strict as documentation allows. UNVERIFIED: the status and the code
 * of each refusal, and that a message without recipients is refused before its sender is looked at.
 */
export class EmailDelivery {
  readonly compartmentId = 'ocid1.compartment.oc1..mail';
  readonly approvedSenders = new Set(['backup-reports@example.com']);
  readonly suppressed = new Set<string>();
  /** Of a message, as it comes. */
  maxBytes = 2 * 1024 * 1024;
  readonly faults = new Faults();
  readonly submitted: SubmittedMail[] = [];
  /** Requests with a right signature. */
  requests = 0;
  readonly #credentials = sharedCredentials();
  readonly #server = createServer((message, response) => void this.#serve(message, response));

  static async start(): Promise<EmailDelivery> {
    const service = new EmailDelivery();
    await new Promise<void>((resolve) => service.#server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** With its own credentials, or with those of a user whom nobody knows. */
  connect(http: HttpOptions, user?: string): Promise<OciConnection> {
    const overrides = user === undefined ? {} : { user };
    const place: Pick<StandIn, 'writeConfigFile'> = {
      writeConfigFile: (directory) => writeConfigFile(this.#credentials, directory, overrides),
    };
    return connectTo(place as StandIn, http);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(message);
      const refusal = this.#refuse(request);
      const fault = refusal === null ? this.faults.take(request) : null;
      if (refusal === null) this.requests += 1;
      if (faultKind(fault) === 'reset') return resetConnection(response);
      const answer =
        refusal ??
        (fault !== null && 'status' in fault
          ? errorAnswer(fault.status, fault.code ?? 'Planned', 'A planned fault')
          : this.#submit(request));
      if (faultKind(fault) === 'torn-after-effect') return closeConnection(response);
      const headers = { 'opc-request-id': randomUUID(), ...answer.headers };
      return await sendAnswer(response, { ...answer, headers });
    } catch {
      // The client has gone.
      return closeConnection(response);
    }
  }

  #refuse(request: WireRequest): Answer | null {
    const { tenancyId, userId, fingerprint, publicKey } = this.#credentials;
    const keyId = `${tenancyId}/${userId}/${fingerprint}`;
    const message = verifySignature(request, { keyId, publicKey }, Date.now());
    return message === null ? null : errorAnswer(401, 'NotAuthenticated', message);
  }

  #submit({ method, path, headers, body }: WireRequest): Answer {
    if (method !== 'POST' || path !== '/20220926/actions/submitRawEmail') return notFound();
    const contentType = headers['content-type'] ?? '';
    if (!['message/rfc822', 'message/global'].includes(contentType)) {
      return errorAnswer(415, 'UnsupportedMediaType', `content-type is not valid: ${contentType}`);
    }
    const recipients = (headers['recipients'] ?? '').split(',').map((each) => each.trim());
    if (recipients.includes('')) return invalidParameter('recipients is required');
    if (recipients.length > mostRecipients) return invalidParameter('too many recipients');
    const sender = headers['sender'] ?? '';
    if (headers['compartment-id'] !== this.compartmentId || !this.approvedSenders.has(sender))
      return notFound();
    if (body.length > this.maxBytes) {
      return errorAnswer(413, 'PayloadTooLarge', `The message exceeds the limit of ${this.maxBytes} bytes`);
    }
    const suppressedRecipients = recipients.filter((each) => this.suppressed.has(each));
    this.submitted.push({
      sender,
      recipients: recipients.filter((each) => !this.suppressed.has(each)),
      contentType,
      raw: body,
    });
    const messageId = /^Message-ID:\s*<(.*)>/im.exec(body.toString('latin1'))?.[1];
    return jsonAnswer({ messageId, envelopeId: randomUUID(), suppressedRecipients });
  }
}

async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const target = message.url ?? '';
  const [path = '', ...query] = target.split('?');
  const headers = Object.entries(message.headersDistinct).map(([name, values]) => [name, values?.join(', ')]);
  return {
    method: message.method ?? '',
    target,
    path,
    query: new URLSearchParams(query.join('?')),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: await buffer(message),
  };
}
