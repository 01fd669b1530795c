import { domainToASCII } from 'node:url';

/** Identifies one message of a revision: what is sent, and by which route. */
export interface MessageKey {
  readonly messageId: string;
  /** `mail`, or `channel:` and its name. */
  readonly route: string;
}

export const mailRoute = 'mail';

export function channelRoute(name: string): string {
  return `channel:${name}`;
}

/** All routes that a plan delivers by. */
export function routesOf(
  mail: object | null,
  channels: readonly { readonly name: string }[],
): readonly string[] {
  return [...(mail === null ? [] : [mailRoute]), ...channels.map(({ name }) => channelRoute(name))];
}

/**
 * The Message-ID, the same for every attempt, so that a resend is recognisable.
 *
 * @param slug of the part; null: the whole report
 * @param from the sender, whose domain is used; null: the plan sends no mail
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
 * Whether a claim or a record belongs to this message. The domain is not compared, so that a new sender does not turn an
 * old report into a new message. Records from before there were channels have no route: they are of the mail.
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
