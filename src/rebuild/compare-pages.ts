import { oneLine } from '../base/one-line.js';
import type { ComparedFile } from './rebuilt-revision.js';

/** So much is shown around the first difference. */
const shownChars = 60;

/**
 * Compares two pages.
 *
 * @param isOtherwiseMade what they depend on is not the same: then words and looks may differ, and only numbers may not
 */
export function comparePages(then: Uint8Array, now: Uint8Array, isOtherwiseMade: boolean): ComparedFile {
  const [before, after] = [Buffer.from(then).toString('utf8'), Buffer.from(now).toString('utf8')];
  const [shownThen, shownNow] = [shownText(before), shownText(after)];
  const isShownAlike = shownThen === shownNow;
  const words = isShownAlike
    ? ['what it shows is the same; style, script or markup differ']
    : [firstDifference(shownThen, shownNow)];
  if (!isOtherwiseMade)
    return { outcome: 'differs', words: isShownAlike ? [firstDifference(before, after)] : words };
  const isSame = isShownAlike || numbersIn(shownThen) === numbersIn(shownNow);
  return { outcome: isSame ? 'same-content' : 'differs', words };
}

/** What a reader sees, and the data that the page lists; without markup, style and script. */
function shownText(page: string): string {
  return page
    .replaceAll(/<style\b[^>]*>.*?<\/style>/gs, '')
    .replaceAll(/<script type="module">.*?<\/script>/gs, '')
    .replaceAll(/<meta http-equiv="Content-Security-Policy"[^>]*>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

/** In any order: another version may show them elsewhere. */
function numbersIn(text: string): string {
  return (text.match(/\d+/g) ?? []).sort().join(' ');
}

/** `at character 1204: … in the archive, … made again` */
export function firstDifference(then: string, now: string): string {
  let at = 0;
  while (at < then.length && then[at] === now[at]) at += 1;
  const from = Math.max(0, at - shownChars / 3);
  const shown = (text: string): string => `«${oneLine(text.slice(from, at + shownChars), 2 * shownChars)}»`;
  return `at character ${at + 1}: ${shown(then)} in the archive, ${shown(now)} made again`;
}
