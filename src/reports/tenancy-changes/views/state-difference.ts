import { shortText } from '../../../renderers/view/view-parts.js';
import type { Change } from '../model/change.js';

/** Most fields that are shown of one change; changes.ndjson.gz has all of them. */
const mostFields = 8;
const maxValue = 80;

/** One field, as it was and as it is; null: that side does not have it. */
export interface FieldDifference {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The fields that differ. Text that was cut, and is no JSON any more, is shown as it is. */
export function stateDifference({
  before,
  after,
}: Pick<Change, 'before' | 'after'>): readonly FieldDifference[] {
  const [one, other] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names
    .filter((name) => valueWords(one[name]) !== valueWords(other[name]))
    .slice(0, mostFields)
    .map((name) => ({
      field: shortText(name, 60),
      before: valueWords(one[name]),
      after: valueWords(other[name]),
    }));
}

function fieldsOf(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { '…': text };
  } catch {
    return { '…': text };
  }
}

function valueWords(value: unknown): string | null {
  if (value === undefined) return null;
  return shortText(typeof value === 'string' ? value : JSON.stringify(value), maxValue);
}
