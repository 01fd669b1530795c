import { open } from 'node:fs/promises';
import { explainError, Failure } from '../errors.js';
import type { MailMessage } from '../ports/delivery.js';

/** Done before anything is composed: an error in the middle of the stream would not name the file. */
export async function checkAttachments({ attachments }: Pick<MailMessage, 'attachments'>): Promise<void> {
  for (const { path } of attachments) {
    try {
      const handle = await open(path, 'r');
      await handle.close();
    } catch (cause) {
      throw new Failure('delivery', `cannot attach ${path}: ${explainError(cause)}`, { cause });
    }
  }
}
