import { domainToASCII } from 'node:url';
import { oneLine } from '../base/one-line.js';
import { Failure } from '../errors.js';
import type { MailMessage, SendResult } from '../ports/delivery.js';

/** Sender and recipients of a message, in the form that servers accept. */
export interface Envelope {
  readonly from: string;
  /** Bare addresses, each once. */
  readonly addresses: readonly string[];
  /** How the message writes each address: `Name <a@example.com>`. */
  readonly namesOf: ReadonlyMap<string, readonly string[]>;
  /** Recipients that are not mail addresses. */
  readonly refused: SendResult['refused'];
}

/** @throws Failure('delivery') if the sender is not an address */
export function envelopeOf({ from, recipients }: Pick<MailMessage, 'from' | 'recipients'>): Envelope {
  const namesOf = new Map<string, string[]>();
  const refused: SendResult['refused'][number][] = [];
  for (const recipient of recipients) {
    const address = addressOf(recipient);
    if (address === null) refused.push({ recipient, reason: 'this is not a mail address' });
    else namesOf.set(address, [...(namesOf.get(address) ?? []), recipient]);
  }
  const sender = addressOf(from);
  if (sender === null) throw new Failure('delivery', `the sender is not a mail address: ${oneLine(from)}`);
  return { from: sender, addresses: [...namesOf.keys()], namesOf, refused };
}

/**
 * `Name <a@example.com>` -> `a@example.com`. null if it could not be part of a command: spaces, brackets, line breaks.
 */
export function addressOf(text: string): string | null {
  if (/[^\P{Cc}\t]/u.test(text)) return null;
  const address = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text.trim();
  const at = address.lastIndexOf('@');
  const isAddress = at > 0 && at < address.length - 1 && !/[\p{Z}<>]/u.test(address);
  if (!isAddress) return null;
  const user = address.slice(0, at);
  const domain = address.slice(at + 1);
  // If the local part needs SMTPUTF8 anyway, the domain may stay as it is (RFC 6531).
  return isAscii(user) ? `${user}@${domainToASCII(domain) || domain}` : address;
}

/** In groups of at most `most`, in order. */
export function chunksOf<T>(items: readonly T[], most: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, index) => items.slice(index * most, (index + 1) * most));
}

export function isAscii(text: string): boolean {
  return !/[^\p{ASCII}]/u.test(text);
}
