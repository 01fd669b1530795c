import { addDays } from '../../base/civil-dates.js';
import type { Language } from '../../model/language.js';
import type { ReportHead } from '../../model/report-head.js';
import type { Notice } from '../../ports/delivery.js';
import type { DeliveryContext } from './delivery-context.js';
import { type Telling, readTellings } from './read-tellings.js';

/** A report of trouble that a channel was told of, and that stands no more. */
export type Revoked = NonNullable<Notice['revokes']>;

/** How many reports before the day are looked at, and at most how many days back. */
const reportsBack = 7;
const daysBack = 35;
/** Days after it, for a revision of a day whose successors were told of already. */
const daysAhead = 7;

/**
 * What a good report revokes for a channel that is only told of trouble: the newest trouble, of this day or one before it,
 * that the channel was told of and that no good report has revoked since. null: it was never told, or has had its all
 * clear.
 *
 * The ledgers decide. An attempt that was claimed and has no record may have been heard, so it counts as heard where it was
 * of trouble, and as unheard where it was an all clear: twice is better than never.
 */
export async function findRevoked<R extends ReportHead>(
  context: DeliveryContext<R>,
  route: string,
): Promise<Revoked | null> {
  const { plan, date, revision } = context.fields;
  const { kind, ports } = context;
  const span = { from: addDays(date, -daysBack), date, to: addDays(date, daysAhead), reportsBack };
  const all = await readTellings({ archive: ports.archive, log: ports.log, kind, plan }, span, route);
  const others = all.filter((each) => each.date !== date || each.revision !== revision);
  const troubles = others.filter((each) => each.isTrouble && each.date <= date);
  const standing = troubles.filter((trouble) => !others.some((other) => revokes(other, trouble)));
  const newest = standing.sort(byDayAndRevision).at(-1);
  return newest === undefined ? null : { date: newest.date, revision: newest.revision };
}

/** The notice of a good report, as an all clear. */
export function allClearText(
  { title, text }: Pick<Notice, 'title' | 'text'>,
  { date, revision }: Revoked,
  language: Language,
): Pick<Notice, 'title' | 'text'> {
  const values = { date: language.date(date), revision };
  return {
    title: language.text('sentences.allClear.title', { title }),
    text: `${language.text('sentences.allClear.text', values)}\n\n${text}`,
  };
}

/** A good report says something of its own day and of all days before it. */
function revokes(good: Telling, trouble: Telling): boolean {
  if (good.isTrouble || !good.isHeard || good.date < trouble.date) return false;
  return good.date === trouble.date ? good.revision > trouble.revision : good.timeMs >= trouble.timeMs;
}

function byDayAndRevision(a: Telling, b: Telling): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.revision - b.revision;
}
