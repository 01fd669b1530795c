import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import MailComposer from 'nodemailer/lib/mail-composer';
import { Failure } from '../errors.js';
import type { MailMessage } from '../ports/delivery.js';
import { checkAttachments } from './check-attachments.js';
import { toMailOptions } from './mail-options.js';

/** What a message is signed with. */
export interface SigningKey {
  readonly domain: string;
  readonly selector: string;
  /** RSA, in PEM: with any other key the library silently omits the signature. */
  readonly privateKey: string;
}

/** RFC 5321 section 4.5.3.1.6, without CR LF. */
const longestLine = 998;

/**
 * The message as sent over the wire; same message and key, same bytes.
 *
 * @throws Failure('delivery') if an attachment cannot be read
 */
export async function composeMessage(message: MailMessage, key: SigningKey | null): Promise<Buffer> {
  await checkAttachments(message);
  const composed = new MailComposer(toMailOptions(message)).compile();
  const plain = await buffer(composed.createReadStream());
  const bytes = key === null ? plain : await sign(plain, key);
  const length = longestLineOf(bytes);
  if (length > longestLine) {
    throw new Failure(
      'delivery',
      `the message has a line of ${length} bytes, and mail allows no more than ${longestLine}`,
    );
  }
  return bytes;
}

async function sign(plain: Buffer, { domain, selector, privateKey }: SigningKey): Promise<Buffer> {
  const signer = new DKIM({ domainName: domain, keySelector: selector, privateKey });
  const signed = await buffer(signer.sign(plain));
  if (signed.toString('latin1', 0, 15).toLowerCase() === 'dkim-signature:') return signed;
  throw new Failure('delivery', `the message could not be signed for ${domain}`, {
    hints: ['mail.dkim needs an RSA key in PEM.'],
  });
}

function longestLineOf(bytes: Buffer): number {
  let longest = 0;
  let from = 0;
  while (from < bytes.length) {
    const end = bytes.indexOf('\r\n', from);
    const to = end === -1 ? bytes.length : end;
    longest = Math.max(longest, to - from);
    from = to + 2;
  }
  return longest;
}
