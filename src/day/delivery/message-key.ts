import { domainToASCII } from 'node:url';

/** What one message of a revision is known by: its text, and the way by which it goes. */
export interface MessageKey {
  readonly messageId: string;
  /** `mail`, or `channel:` and its name. */
  readonly route: string;
}

export const mailRoute = 'mail';

export function channelRoute(name: string): string {
  return `channel:${name}`;
}

/**
 * The same for every attempt, so that a resend is recognisable.
 *
 * @param slug of the part; null: the whole report
 * @param from the sender, whose domain it has; null: there is no mail
 */
export function messageIdOf(
  { plan, date, revision }: { readonly plan: string; readonly date: string; readonly revision: number },
  slug: string | null,
  from: string | null,
): string {
  const part = slug === null ? '' : `.${slug}`;
  return `<${plan}.${date}.r${revision}${part}@${from === null ? 'localhost' : domainOf(from)}>`;
}

/**
 * Whether a claim or a record is of this message. The domain is not compared: another sender makes no other message of
 * an old report. Records written before there were channels have no route: they are of the mail.
 */
export function isOfMessage(
  { messageId, route = mailRoute }: Pick<MessageKey, 'messageId'> & Partial<MessageKey>,
  message: MessageKey,
): boolean {
  return route === message.route && localPart(messageId) === localPart(message.messageId);
}

function localPart(messageId: string): string {
  return messageId.slice(0, messageId.lastIndexOf('@'));
}

/** `Name <a@example.com>` -> `example.com`. */
function domainOf(from: string): string {
  const domain = /@([^@<>\s]+)>?\s*$/.exec(from)?.[1] ?? '';
  return domainToASCII(domain) || 'localhost';
}
