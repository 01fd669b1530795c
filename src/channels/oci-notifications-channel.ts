import { Failure, explainError } from '../errors.js';
import type { OciConnection, Place } from '../oci/connection.js';
import type { HttpOptions } from '../oci/http-client.js';
import { OciCallError, isRefusal } from '../oci/oci-error.js';
import type { Channel, Notice } from '../ports/delivery.js';
import { messageLine, messageText } from './plain-text.js';

export interface OciNotificationsOptions extends Place {
  readonly name: string;
  readonly when: Channel['when'];
  readonly topicId: string;
}

/** The subject of the mails that the service sends; Oracle documents no limit, mail programs cut longer ones. */
const titleChars = 100;
/** The service accepts 64 KB of JSON, in which a character takes at most six bytes. */
const bodyChars = 8000;
const marginMs = 5000;

/**
 * Publishes to a topic of OCI Notifications, which forwards to its subscriptions. HTTPS, Slack and SMS subscriptions
 * show no title, so the body starts with it.
 * https://docs.oracle.com/iaas/Content/Notification/Tasks/publishingmessages.htm
 */
export function createOciNotificationsChannel(
  connection: OciConnection,
  options: OciNotificationsOptions,
  http: HttpOptions,
): Channel {
  const { name, when, topicId } = options;
  connection.checkPlace(options);
  return {
    name,
    type: 'oci-notifications',
    when,
    claimMs: http.deadlineMs + http.timeoutMs + marginMs,

    async notify(notice) {
      const { default: sdk } = await import('oci-ons');
      const client = connection.place(
        options,
        ({ params, configuration }) => new sdk.NotificationDataPlaneClient(params, configuration),
      );
      const title = messageLine(notice.title, titleChars);
      const messageDetails = { title, body: bodyOf(notice) };
      try {
        await connection.call(() => client.publishMessage({ topicId, messageDetails }));
      } catch (error) {
        throw deliveryFailure(name, error);
      }
    },
  };
}

function bodyOf({ title, text, location }: Notice): string {
  return messageText([title, text, location].join('\n\n'), bodyChars);
}

function deliveryFailure(name: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('delivery', `channel ${name}: ${explainError(error)}`, {
    cause: error,
    hints: isRefusal(error)
      ? [
          'OCI answers 404 for a topic that is not there and for one that may not be used: check topicId, region and the policy (use ons-topics).',
        ]
      : ['Run again when the service answers: only who has not been told is.'],
    retryable: error instanceof OciCallError && error.retryable,
  });
}
