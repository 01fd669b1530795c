import { reasonWords } from '../model/reasons/reason-words.js';
import type { OciConnection } from './connection.js';
import { type OciCall, OciCallError } from './oci-error.js';

/** The page parameter of a request; encoded, because the SDK does not encode parameters. */
export interface PageParameter {
  readonly page?: string;
}

/** One answer of a list. */
export interface Page {
  readonly items: readonly unknown[];
  /** Token of the next page; none: this is the last one, also where `items` is empty. */
  readonly next: string | null | undefined;
  readonly requestId?: string | null | undefined;
}

/**
 * The pages of a list, until one names no next page. An empty page with a token is not the end.
 *
 * @throws OciCallError, also if a page is named as the next one that was read already; whatever `connection.call` throws
 */
export async function* listPages(
  connection: OciConnection,
  call: OciCall,
  getPage: (parameter: PageParameter) => Promise<Page>,
): AsyncGenerator<Page> {
  const seen = new Set<string>();
  let parameter: PageParameter = {};
  for (;;) {
    const current = parameter;
    const page = await connection.call(() => getPage(current));
    yield page;
    const { next } = page;
    if (next === undefined || next === null || next === '') return;
    if (seen.has(next)) throw new OciCallError(call, { reason: reasonWords('pageAgain') });
    seen.add(next);
    parameter = { page: encodeURIComponent(next) };
  }
}
