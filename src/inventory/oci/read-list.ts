import type { z } from 'zod';
import type { OciConnection } from '../../oci/connection.js';
import { type Page, type PageParameter, listPages } from '../../oci/list-pages.js';
import { type OciCall, OciCallError } from '../../oci/oci-error.js';
import type { Findings, Spot } from './findings.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** What every reader of a region works with. */
export interface Surroundings {
  readonly connection: OciConnection;
  readonly findings: Findings;
}

/** A list to read, page by page. */
export interface ListRequest<T> {
  /** What the calls are about. */
  readonly spot: Spot;
  readonly call: OciCall;
  /** Schema of one item. */
  readonly schema: z.ZodType<T>;
  readonly getPage: (parameter: PageParameter) => Promise<Page>;
}

/** The longest page that these services allow. */
export const pageLimit = 1000;

/** How many calls about single resources run at a time. */
const batchSize = 8;

/**
 * All pages of a list. If a page fails, that is recorded and the earlier pages are returned; so is an item that cannot
 * be parsed. Throws only Failure('usage').
 */
export async function readList<T>(surroundings: Surroundings, request: ListRequest<T>): Promise<T[]> {
  return (await readListAsFarAsPossible(surroundings, request)).items;
}

/** As readList; `isWhole` is false if a page failed or an item could not be parsed. */
export async function readListAsFarAsPossible<T>(
  { connection, findings }: Surroundings,
  { spot, call, schema, getPage }: ListRequest<T>,
): Promise<{ readonly items: T[]; readonly isWhole: boolean }> {
  const items: T[] = [];
  const isWhole = await findings.attempt(spot, async () => {
    let areAllParsed = true;
    for await (const page of listPages(connection, call, getPage)) {
      for (const item of page.items) {
        const parsed = schema.safeParse(item);
        if (parsed.success) {
          items.push(parsed.data);
          continue;
        }
        areAllParsed = false;
        const words = reasonWords('itemNotUnderstood', { issues: issuesInWords(parsed.error) });
        findings.fault(spot, `${call.service} ${call.operation}: ${words}`);
      }
    }
    return areAllParsed;
  });
  return { items, isWhole: isWhole === true };
}

/** Results in the order of the items, whichever call ends first. */
export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += batchSize) {
    results.push(...(await Promise.all(items.slice(start, start + batchSize).map((item) => work(item)))));
  }
  return results;
}

/** A single answer. Throws OciCallError if it cannot be parsed. */
export function parseAnswer<T>(call: OciCall, schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new OciCallError(call, {
    reason: reasonWords('answerNotUnderstood', { issues: issuesInWords(parsed.error) }),
  });
}

function issuesInWords({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()).join(', ');
}
