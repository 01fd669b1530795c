import { reasonWords } from '../../model/reasons/reason-words.js';
import type { DataSafePage } from './data-safe-calls.js';

/** No answer has so many; a service that never ends must not keep a run going forever. */
const maxPages = 100_000;

/** Every page of a list; one may be empty, and the next not. @throws Error where a token comes again */
export async function* allPages(
  read: (page: string | undefined) => Promise<DataSafePage>,
): AsyncGenerator<DataSafePage> {
  const tokens = new Set<string>();
  let token: string | undefined;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await read(token);
    yield page;
    if (page.next === undefined) return;
    if (tokens.has(page.next)) throw new Error(reasonWords('dataSafeSamePage'));
    tokens.add(page.next);
    token = page.next;
  }
  throw new Error(reasonWords('endNotReached', { pages: maxPages }));
}
