import { randomUUID } from 'node:crypto';
import {
  errorAnswer,
  invalidParameter,
  jsonAnswer,
  jsonObject,
  notFound,
  type Answer,
  type WireRequest,
} from './wire.js';

const path = /^\/20181201\/topics\/([^/]+)\/messages$/;
const maxBytes = 64 * 1024;

export interface PublishedMessage {
  readonly topicId: string;
  readonly title: string | undefined;
  readonly body: string;
}

/** Topics of OCI Notifications and what was published to them. */
export class NotificationStore {
  readonly published: PublishedMessage[] = [];
  readonly #topics = new Set<string>();

  createTopic(topicId: string): void {
    this.#topics.add(topicId);
  }

  isNotificationsPath(request: WireRequest): boolean {
    return path.test(request.path);
  }

  answer(request: WireRequest): Answer {
    const topicId = decodeURIComponent(path.exec(request.path)?.[1] ?? '');
    if (request.method !== 'POST') return errorAnswer(405, 'MethodNotAllowed', 'Only POST');
    if (!this.#topics.has(topicId)) return notFound();
    // UNVERIFIED status and code.
    if (request.body.length > maxBytes) return errorAnswer(413, 'PayloadTooLarge', 'At most 64KB');
    const { title, body } = jsonObject(request.body) ?? {};
    if (typeof body !== 'string' || body === '') return invalidParameter('body is required');
    this.published.push({ topicId, title: typeof title === 'string' ? title : undefined, body });
    return jsonAnswer({ messageId: randomUUID(), timeStamp: new Date().toISOString() }, {}, 202);
  }
}
