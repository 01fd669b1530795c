import { Failure } from '../errors.js';
import type { Archive } from '../ports/archive.js';
import { type BatchFile, journalFileOf } from './journal-files.js';

/** The files of a journal. */
export interface ListedJournal {
  /** By number, ascending. */
  readonly batches: ReadonlyMap<number, ReadonlySet<BatchFile>>;
  /** Numbers, ascending. */
  readonly readings: readonly number[];
}

/**
 * @throws Failure('storage') where a batch lies there without its claim, or a number is missing: nobody knows what the log has
 *   then
 */
export async function listJournal(archive: Archive, prefix: string): Promise<ListedJournal> {
  const batches = new Map<number, Set<BatchFile>>();
  const readings: number[] = [];
  // Keys are sorted, and numbers have the same number of digits.
  for (const { key } of await archive.list(prefix)) {
    const file = journalFileOf(key.slice(prefix.length));
    if (file?.kind === 'reading') readings.push(file.number);
    if (file?.kind !== 'batch') continue;
    const files = batches.get(file.number) ?? new Set();
    batches.set(file.number, files.add(file.file));
  }
  const holes = [...holesIn([...batches.keys()], 'batch'), ...holesIn(readings, 'reading')];
  const unclaimed = [...batches].flatMap(([number, files]) =>
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
