import { resolve } from 'node:path';
import { sha256Hex } from '../base/digest.js';
import type { MailMessage } from '../ports/delivery.js';

/**
 * The message as nodemailer options, for every transport. Same message, same bytes: nothing is left to nodemailer's
 * random values.
 */
export function toMailOptions(message: MailMessage) {
  return {
    from: headerLine(message.from),
    to: message.to.map(headerLine),
    subject: foldable(headerLine(message.subject)),
    messageId: headerLine(message.messageId),
    headers: message.resent === null ? {} : { 'X-Resent': headerLine(message.resent) },
    date: new Date(message.date),
    text: message.text,
    html: message.html,
    attachments: [
      // A content id makes them related to the HTML, and keeps them out of attachment lists.
      ...message.inline.map(({ cid, filename, contentType, bytes }) => ({
        cid: headerLine(cid),
        filename: headerLine(filename),
        content: Buffer.from(bytes),
        contentType: headerLine(contentType),
        contentDisposition: 'inline' as const,
      })),
      ...message.attachments.map(({ filename, path, contentType }) => ({
        filename: headerLine(filename),
        // Absolute, so that no file name is ever taken for a URL.
        path: resolve(path),
        contentType: headerLine(contentType),
      })),
    ],
    baseBoundary: boundaryOf(message),
    newline: 'windows',
    disableUrlAccess: true,
  };
}

/**
 * Derived from the content as well as the id: the id can be guessed, and anybody who gets text into an event could
 * otherwise write the boundary into it and add parts.
 */
function boundaryOf({ messageId, date, subject, text, html }: MailMessage): string {
  const content = JSON.stringify([messageId, date, subject, text, html]);
  return sha256Hex(content).slice(0, 32);
}

/** Lines are folded at spaces only, and none may exceed 998 bytes. */
function foldable(value: string): string {
  return value.replaceAll(/\S{400}(?=\S)/g, '$& ');
}

/**
 * Resource names end up in headers, where a line break would start another header. All else stays as written, unlike a
 * server's text in an error (oneLine): addresses and subjects are for people.
 */
function headerLine(value: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what we look for
  return value.replaceAll(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();
}
