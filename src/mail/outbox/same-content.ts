import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Whether two files have the same bytes. */
export async function sameContent(first: string, second: string): Promise<boolean> {
  return (await digestOf(first)) === (await digestOf(second));
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
