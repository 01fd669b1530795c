import { oneLine } from '../base/one-line.js';

/** One place where two JSON documents differ. */
export interface JsonDifference {
  /** `resources[3] (ERPPRD).outcome` */
  readonly path: string;
  /** JSON text; null: there is nothing. */
  readonly archived: string | null;
  readonly again: string | null;
}

const shownChars = 80;

/** Where two documents differ, in the order of the fields; at most `limit` places and the number of all. */
export function differingFields(
  then: unknown,
  now: unknown,
  limit: number,
): { readonly places: readonly JsonDifference[]; readonly total: number } {
  const places: JsonDifference[] = [];
  let total = 0;
  for (const place of differences(then, now, '')) {
    total += 1;
    if (places.length < limit) places.push(place);
  }
  return { places, total };
}

/** `outcome: "SUCCEEDED" in the archive, "FAILED" made again` */
export function differenceInWords({ path, archived, again }: JsonDifference): string {
  const shown = (text: string | null): string => (text === null ? 'nothing' : oneLine(text, shownChars));
  return `${oneLine(path, 2 * shownChars)}: ${shown(archived)} in the archive, ${shown(again)} made again`;
}

function* differences(then: unknown, now: unknown, path: string): Generator<JsonDifference> {
  if (Object.is(then, now)) return;
  if (Array.isArray(then) && Array.isArray(now)) {
    const [before, after]: [readonly unknown[], readonly unknown[]] = [then, now];
    for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
      const name = nameOf(before[index] ?? after[index]);
      yield* differences(before[index], after[index], `${path}[${index}]${name}`);
    }
    return;
  }
  if (isObject(then) && isObject(now)) {
    for (const key of new Set([...Object.keys(then), ...Object.keys(now)])) {
      yield* differences(then[key], now[key], path === '' ? key : `${path}.${key}`);
    }
    return;
  }
  yield { path, archived: textOf(then), again: textOf(now) };
}

/** What a person calls an element of a list; empty where it has no name. */
function nameOf(element: unknown): string {
  if (!isObject(element)) return '';
  const name = ['resourceName', 'name', 'subject', 'date'].map((key) => element[key]).find(isText);
  return name === undefined ? '' : ` (${name})`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
