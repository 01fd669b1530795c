import { createWordTable } from '../../../../base/word-table.js';
import { textIn } from '../../../../records/json.js';
import { shortText, timeWords } from '../../../../renderers/view/view-parts.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import { activityName, classifyActivity } from '../../facts/classify-activity.js';
import { listedEvent } from '../../facts/list-event.js';
import type { ActivityLine } from '../../model/activity.js';
import { activityResultLabel, targetWords, userWords } from '../activity-words.js';

/**
 * All events as the page's script reads them. Words that many rows share stand once in `words`; a row has their places:
 * `[time, target, action, user, object, from, program, result]`.
 */
export interface ActivityData {
  readonly total: number;
  readonly words: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/**
 * @param lines of the day, as JSON texts with their newlines, some at a time
 * @param show.listed most events that the page has; the lines and the workbook have all of them
 */
export async function activityData(
  lines: AsyncIterable<string>,
  { timezone, listed }: { readonly timezone: string; readonly listed: number },
  wording: Wording,
): Promise<ActivityData> {
  const table = createWordTable<string>();
  const place = (text: string): number => table.place(text, () => text);
  const rows: (readonly number[])[] = [];
  let total = 0;
  for await (const batch of lines) {
    for (const text of batch.split('\n')) {
      if (text === '') continue;
      total += 1;
      if (total > listed) continue;
      // A line that this program wrote.
      const line = JSON.parse(text) as ActivityLine;
      const event = listedEvent(line, classifyActivity(line));
      rows.push(
        [
          timeWords(event.time, timezone, '', wording),
          targetWords(event, wording),
          shortText(activityName(line), 80),
          userWords(textIn(line['dbUserName']) ?? null, wording),
          shortText(event.object ?? '', 120),
          shortText(event.from ?? '', 80),
          shortText(event.program ?? '', 80),
          activityResultLabel(event.result, wording).words,
        ].map(place),
      );
    }
  }
  return { total, words: table.words, rows };
}
