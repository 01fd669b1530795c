import { unzipLines } from '../day/revisions/unzip-lines.js';
import { explainError } from '../errors.js';
import { differenceInWords, differingFields } from './compare-json.js';
import type { ComparedFile } from './rebuilt-revision.js';

/** How many fields of the first line that differs are told. */
const toldFields = 2;

/** Compares the content of two gzipped files of lines. */
export async function compareLines(then: Uint8Array, now: Uint8Array): Promise<ComparedFile> {
  const [before, after] = [then, now].map((bytes) => unzipLines(bytes)[Symbol.asyncIterator]());
  if (before === undefined || after === undefined) throw new Error('two files are compared');
  const words: string[] = [];
  let differing = 0;
  for (let number = 1; ; number += 1) {
    let line: string | null;
    try {
      line = await nextOf(before);
    } catch (error) {
      return { outcome: 'differs', words: [`it cannot be unpacked: ${explainError(error)}`] };
    }
    const again = await nextOf(after);
    if (line === null && again === null) break;
    if (line === again) continue;
    differing += 1;
    if (differing === 1) words.push(...wordsOf(number, line, again));
  }
  if (differing === 0) return { outcome: 'same-content', words: [] };
  return { outcome: 'differs', words: [...words, ...(differing > 1 ? [`${differing} lines differ`] : [])] };
}

async function nextOf(lines: AsyncIterator<string>): Promise<string | null> {
  const { done, value } = await lines.next();
  return done === true ? null : value;
}

function wordsOf(number: number, then: string | null, now: string | null): readonly string[] {
  if (then === null) return [`line ${number}: nothing in the archive, a line made again`];
  if (now === null) return [`line ${number}: a line in the archive, nothing made again`];
  const [before, after] = [parsed(then), parsed(now)];
  if (before === undefined || after === undefined) return [`line ${number}: it is not JSON`];
  const { places } = differingFields(before, after, toldFields);
  if (places.length === 0) return [`line ${number}: written otherwise`];
  return places.map((place) => `line ${number}: ${differenceInWords(place)}`);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
