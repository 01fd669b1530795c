import { createWordTable } from '../../../../base/word-table.js';
import { shortText, timeWords } from '../../../../renderers/view/view-parts.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { Change } from '../../model/change.js';
import { actionLabel, principalWords, resourceWords, resultLabel } from '../tenancy-words.js';

/**
 * All changes as the page's script reads them. Words that many rows share stand once in `words`; a row has their places:
 * `[time, operation, action, resource, compartment, who, from, result]`.
 */
export interface ChangeData {
  readonly total: number;
  readonly words: readonly string[];
  readonly rows: readonly (readonly number[])[];
  /** Changes that touch backups, by their rows. */
  readonly backups: readonly number[];
}

/**
 * @param lines of the day, as JSON texts with their newlines, some at a time
 * @param show.listed most changes that the page has; the lines and the workbook have all of them
 */
export async function changeData(
  lines: AsyncIterable<string>,
  { timezone, listed }: { readonly timezone: string; readonly listed: number },
  wording: Wording,
): Promise<ChangeData> {
  const table = createWordTable<string>();
  const place = (text: string): number => table.place(text, () => text);
  const rows: (readonly number[])[] = [];
  const backups: number[] = [];
  let total = 0;
  for await (const batch of lines) {
    for (const line of batch.split('\n')) {
      if (line === '') continue;
      total += 1;
      if (total > listed) continue;
      // A line that this program wrote.
      const change = JSON.parse(line) as Change;
      if (change.backupRelevant) backups.push(rows.length);
      rows.push(
        [
          timeWords(change.endTime ?? change.time, timezone, '', wording),
          shortText(`${change.eventName} · ${change.service}`, 120),
          actionLabel(change, wording).words,
          resourceWords(change, wording),
          shortText(change.compartmentName ?? change.compartmentId ?? '', 120),
          principalWords(change, wording),
          shortText(change.ipAddress ?? '', 60),
          resultLabel(change, wording).words,
        ].map(place),
      );
    }
  }
  return { total, words: table.words, rows, backups };
}
