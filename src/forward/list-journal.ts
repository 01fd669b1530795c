import { Failure } from '../errors.js';
import type { Archive } from '../ports/archive.js';
import { type BatchFile, type BatchTime, journalFileOf } from './journal-files.js';

/** The files of a batch. */
export interface ListedBatch {
  readonly files: ReadonlySet<BatchFile>;
  /** Files of the times that it was sent, by what they say. */
  readonly times: Readonly<Record<BatchTime, ReadonlySet<number>>>;
}

/** The files of a journal. */
export interface ListedJournal {
  /** By number, ascending. */
  readonly batches: ReadonlyMap<number, ListedBatch>;
  /** Numbers, ascending. */
  readonly readings: readonly number[];
}

/**
 * @throws Failure('storage') where a batch lies there without its claim, or a number is missing: nobody knows what the log has
 *   then
 */
export async function listJournal(archive: Archive, prefix: string): Promise<ListedJournal> {
  const batches = new Map<number, { files: Set<BatchFile>; times: Record<BatchTime, Set<number>> }>();
  const readings: number[] = [];
  // Keys are sorted, and numbers have the same number of digits.
  for (const { key } of await archive.list(prefix)) {
    const file = journalFileOf(key.slice(prefix.length));
    if (file?.kind === 'reading') readings.push(file.number);
    if (file === null || file.kind === 'reading') continue;
    const batch = batches.get(file.number) ?? {
      files: new Set(),
      times: { again: new Set(), untaken: new Set() },
    };
    batches.set(file.number, batch);
    if (file.kind === 'batch') batch.files.add(file.file);
    else batch.times[file.what].add(file.time);
  }
  const holes = [...holesIn([...batches.keys()], 'batch'), ...holesIn(readings, 'reading')];
  const unclaimed = [...batches].flatMap(([number, { files }]) =>
    files.has('claim.json') ? [] : [`the claim of batch ${number}`],
  );
  const [first] = [...holes, ...unclaimed];
  if (first === undefined) return { batches, readings };
  throw new Failure(
    'storage',
    `the journal of forward is damaged: ${first} is missing in ${archive.locate(prefix)}`,
    {
      hints: [
        'Without it nobody knows what the log has. Put the files back from a copy of the archive, and run again.',
        'Or begin another journal with forward.journal in the configuration: what was sent before is sent again then.',
      ],
    },
  );
}

function holesIn(numbers: readonly number[], word: string): readonly string[] {
  return numbers
    .flatMap((number, index) => (number === index + 1 ? [] : [`${word} ${index + 1}`]))
    .slice(0, 1);
}

/**
 * How often a batch was sent of which the log certainly has nothing: each time has its answer. null: it may have some, because a run
 * was stopped before it could write what came of it.
 */
export function timesUntaken({ times: { again, untaken } }: ListedBatch): number | null {
  const sent = 1 + again.size;
  for (let time = 1; time <= sent; time += 1) {
    if (!untaken.has(time) || (time > 1 && !again.has(time))) return null;
  }
  return sent;
}
