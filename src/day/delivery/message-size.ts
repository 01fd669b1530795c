import type { MailContent } from '../../ports/mail-renderer.js';

/** Headers and boundaries of one part; generous, because servers add their own. */
const frameBytes = 2048;

/** An upper bound of the message's size in bytes, with its parts encoded for transport. */
export function estimateMessageBytes(
  { text, html, inline }: MailContent,
  to: readonly string[],
  attachments: readonly { readonly bytes: number }[],
): number {
  const sizes = [...attachments.map(({ bytes }) => bytes), ...inline.map(({ bytes }) => bytes.length)];
  const files = sizes.reduce((sum, bytes) => sum + base64Bytes(bytes) + frameBytes, 0);
  const recipients = to.reduce((sum, recipient) => sum + 2 * Buffer.byteLength(recipient), 0);
  return frameBytes + recipients + textBytes(text) + textBytes(html) + files;
}

/** Four characters for three bytes, and a line end after 76 characters. */
function base64Bytes(bytes: number): number {
  const characters = Math.ceil(bytes / 3) * 4;
  return characters + 2 * Math.ceil(characters / 76);
}

/** Text is sent as quoted-printable (three characters for a byte that is not plain) or as base64. */
function textBytes(text: string): number {
  const plain = text.match(/[\u0020-\u003c\u003e-\u007e]/g)?.length ?? 0;
  const quoted = 3 * Buffer.byteLength(text) - 2 * plain;
  return Math.max(base64Bytes(Buffer.byteLength(text)), Math.ceil(quoted * 1.05)) + frameBytes;
}
