import { link, open, rename, stat, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { explainError, Failure, systemErrorCode } from '../../errors.js';
import { makeFolder } from '../../files/make-folder.js';
import { removeLeftFiles, temporaryPath } from '../../files/temporary-files.js';
import type { Mailer, MailMessage, SendResult } from '../../ports/delivery.js';
import { checkAttachments } from '../check-attachments.js';
import { toMailOptions } from '../mail-options.js';
import { sameContent } from './same-content.js';

const maxSameNames = 1000;

/**
 * Writes every message as an .eml file, for trying things out and for hosts whose mail is collected by another program.
 * An existing file with the same bytes is not written again.
 */
export function createOutboxMailer(directory: string): Mailer {
  const root = resolve(directory);
  return {
    type: 'outbox',
    claimMs: 0,
    diagnose: async () => [{ check: 'mail', state: 'ok', words: `goes to the folder ${root}`, advice: null }],
    async send(message: MailMessage): Promise<SendResult> {
      await checkAttachments(message);
      // Loaded on demand, because most commands never send mail.
      const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
      const composed = new MailComposer(toMailOptions(message)).compile();
      try {
        const location = await keep(root, fileName(message.messageId), () => composed.createReadStream());
        return { accepted: [...message.recipients], refused: [], location };
      } catch (cause) {
        throw new Failure('delivery', `cannot write a mail to ${root}: ${explainError(cause)}`, {
          hints: [`Make sure that ${root} is a directory with free space that this user may write to.`],
          cause,
        });
      }
    },
  };
}

function fileName(messageId: string): string {
  const safe = messageId
    .replaceAll(/[<>]/g, '')
    .replaceAll(/[^A-Za-z0-9@._-]/g, '_')
    .replace(/^\.+/, '_');
  return safe.slice(0, 200) || 'message';
}

/** Temporary file, sync, then the name: a program that collects *.eml never finds a partial message. */
async function keep(root: string, name: string, content: () => Readable): Promise<string> {
  await makeFolder(root);
  await removeLeftFiles(root);
  const temporary = temporaryPath(root);
  const handle = await open(temporary, 'wx');
  try {
    try {
      for await (const chunk of content()) await handle.writeFile(chunk as Buffer);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await giveName(temporary, root, name);
  } finally {
    // A leftover temporary file is never collected, and the original error matters more than this one.
    await unlink(temporary).catch(() => undefined);
  }
}

async function giveName(temporary: string, root: string, name: string): Promise<string> {
  for (let number = 1; number <= maxSameNames; number += 1) {
    const target = join(root, number === 1 ? `${name}.eml` : `${name}-${number}.eml`);
    if (await tookName(temporary, target)) {
      await syncDirectory(root);
      return target;
    }
    if (await sameContent(temporary, target)) return target;
  }
  throw new Error(`there are ${maxSameNames} other messages with the name ${name}`);
}

async function tookName(temporary: string, target: string): Promise<boolean> {
  try {
    await link(temporary, target);
    return true;
  } catch (error) {
    const code = systemErrorCode(error) ?? '';
    if (code === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code)) throw error;
  }
  // No hard links here. Two processes with one message id at the same moment would write the same message.
  if (await exists(target)) return false;
  await rename(temporary, target);
  return true;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r');
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (['EIO', 'ENOSPC'].includes(systemErrorCode(error) ?? '')) throw error;
  }
}
