import fc from 'fast-check';
import { type Layout, type Packer, anyPacking, isBetweenRecords, layouts, packAll } from './any-packing.js';
import { type Wrap, anyEventKey, anyWrap, wrapAll } from './any-wrapping.js';
import { type RawEvent, databaseEvent } from './raw-event.js';

/** A file below the folder of a source, with planted events in it. */
export interface PlantedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Numbers of the events that were written into it. */
  readonly planted: readonly number[];
  /** Something was done to its bytes that cannot be without a trace. */
  readonly isDamaged: boolean;
  /** Something may be missing without a trace: its text was cut off between two records. */
  readonly isCutBetween: boolean;
}

/** Of each planted event, by its number. */
export const plantedName = (n: number): string => `PLANTED${n}`;
export const isPlantedFailed = (n: number): boolean => n % 3 === 0;

const names = [
  'a.ndjson',
  'B.JSON',
  'export',
  'messages.1',
  '20261119T031000Z_20261119T031500Z.0.log.gz',
  'ü é.log',
  '-x',
  '[a]*.json',
  '{b,c}.gz',
  '#1#',
  '_part.zip',
  'e.zst',
  'f.csv',
];
const folders = ['', '2026/11/19/', 'sub folder/', '[x]/', 'a.json.d/', 'ä/ö/'];

type Damage = {
  readonly kind: 'none' | 'cut' | 'flip' | 'cut text' | 'nul';
  readonly at: number;
  readonly bits: number;
};

const anyDamage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Damage>({ kind: 'none', at: 0, bits: 1 }) },
  {
    weight: 2,
    arbitrary: fc.record<Damage>({
      kind: fc.constantFrom('cut', 'flip', 'cut text', 'nul'),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      bits: fc.integer({ min: 1, max: 255 }),
    }),
  },
);

/** One record: an event, or several under keys of one object. */
const anyRecord = fc.record({
  parts: fc.array(
    fc.tuple(fc.integer({ min: 1, max: 12 }), anyEventKey, fc.array(anyWrap, { maxLength: 3 })),
    { minLength: 1, maxLength: 2 },
  ),
  outer: fc.array(anyWrap, { maxLength: 2 }),
});

const anyFile = fc.record({
  name: fc.constantFrom(...names),
  folder: fc.constantFrom(...folders),
  texts: fc.array(
    fc.tuple(fc.constantFrom(...layouts), fc.array(anyRecord, { minLength: 1, maxLength: 3 })),
    { minLength: 1, maxLength: 2 },
  ),
  packing: anyPacking,
  damage: anyDamage,
});

/** A tree of files with planted events, in any wrappers, formats and packings; some are damaged. */
export const anyTree: fc.Arbitrary<readonly PlantedFile[]> = fc
  .uniqueArray(anyFile, { minLength: 1, maxLength: 4, selector: ({ folder, name }) => folder + name })
  .map((files) =>
    files.map(({ name, folder, texts, packing, damage }) =>
      fileOf(`${folder}${name}`, contentOf(texts), packing, damage),
    ),
  );

/** The same number is the same event, wherever it is written. */
function plantedEvent(n: number): RawEvent {
  return databaseEvent('end', '2026-11-19T02:00:00Z', {
    id: `planted-${n}`,
    resourceId: `ocid1.dbbackup.oc1.iad.planted${n}`,
    details: {
      databaseId: `ocid1.database.oc1.iad.planted${n}`,
      dbUniqueName: plantedName(n),
      lifecycleState: isPlantedFailed(n) ? 'FAILED' : 'ACTIVE',
    },
  });
}

interface RecordParts {
  readonly parts: readonly (readonly [number, string, readonly Wrap[]])[];
  readonly outer: readonly Wrap[];
}

function recordOf({ parts, outer }: RecordParts): object {
  const fields = parts.map(([n, key, wraps], index): [string, unknown] => [
    `${key}${index}`,
    wrapAll(plantedEvent(n), wraps),
  ]);
  const [only] = fields;
  const value = wrapAll(fields.length === 1 ? only?.[1] : Object.fromEntries(fields), outer);
  // A line of text that is no object is words.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { event: value };
}

interface Content {
  readonly text: Buffer;
  readonly planted: readonly number[];
}

function contentOf(texts: readonly (readonly [Layout, readonly RecordParts[]])[]): Content {
  const planted = texts.flatMap(([, records]) => records.flatMap(({ parts }) => parts.map(([n]) => n)));
  const text = texts.map(([layout, records]) => layout(records.map(recordOf))).join('');
  return { text: Buffer.from(text), planted };
}

function fileOf(
  name: string,
  { text, planted }: Content,
  packing: readonly Packer[],
  damage: Damage,
): PlantedFile {
  const file = { name, planted, isDamaged: true, isCutBetween: false };
  const inText = Math.max(1, Math.floor(text.length * damage.at));
  const [before, after] = [text.subarray(0, inText), text.subarray(inText)];
  if (damage.kind === 'nul')
    return { ...file, bytes: packAll(Buffer.concat([before, Buffer.from([0]), after]), packing) };
  if (damage.kind === 'cut text')
    return { ...file, bytes: packAll(before, packing), isCutBetween: isBetweenRecords(text, inText) };
  const packed = packAll(text, packing);
  const at = Math.max(1, Math.floor(packed.length * damage.at));
  if (damage.kind === 'cut') {
    const isCutBetween = packed.equals(text) && isBetweenRecords(text, at);
    return { ...file, bytes: packed.subarray(0, at), isCutBetween };
  }
  // Only these have checksums, on the outside.
  if (damage.kind === 'flip' && ['1f8b', '504b'].includes(packed.toString('hex', 0, 2))) {
    const bytes = Buffer.from(packed);
    bytes.writeUInt8((bytes[at] ?? 0) ^ damage.bits, at);
    return { ...file, bytes };
  }
  return { ...file, bytes: packed, isDamaged: false };
}
