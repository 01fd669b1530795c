import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { anyPacking, isBetweenRecords, layouts, packAll, packers } from './any-packing.js';
import { inShort, readBytes } from './read-bytes.js';

/** Pieces of JSON and of what is none, in any order. */
const anyPieces = fc
  .array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '\n',
      '\r\n',
      '\r',
      ' ',
      '  ',
      '\t',
      '\u001E',
      '\uFEFF',
      '\0',
      '{"n":1}',
      '{"n":1}\n',
      '{"n":{"m":1}',
      '"a"',
      '7',
      'word',
      '{"a":"}{"}\n',
      '{"b":[{}]}\n',
      'é',
      '\u00ff',
    ),
    { maxLength: 25 },
  )
  // The last one stands for a byte that is not UTF-8.
  .map((pieces) =>
    Buffer.concat(pieces.map((piece) => Buffer.from(piece, piece === '\u00ff' ? 'latin1' : 'utf8'))),
  );

/** An event is found by its number. */
const eventOf = (n: number): object => ({ planted: n, text: '} {"é\n', list: [{ n }, [n]] });

interface Planted {
  readonly bytes: Buffer;
  /** Number of the first event that is not there from the first byte to the last of the text, for each of them. */
  readonly ends: readonly number[];
}

/** Events in any mix of layouts. */
const anyPlanted = fc
  .array(fc.record({ layout: fc.constantFrom(...layouts), events: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts): Planted => {
    let count = 0;
    const ends: number[] = [];
    let text = '';
    for (const { layout, events } of parts) {
      const numbers = Array.from({ length: events }, (_, index) => count + index);
      text += layout(numbers.map(eventOf));
      count += events;
      // A part is found as a whole where all of it is before the damage.
      for (const n of numbers) ends[n] = Buffer.byteLength(text);
    }
    return { bytes: Buffer.from(text), ends };
  });

/** The numbers of the events in what was read. */
function found(records: Awaited<ReturnType<typeof readBytes>>['records']): Set<number> {
  const numbers = new Set<number>();
  for (const record of records) {
    if (record.kind !== 'text') continue;
    // By either mark, for the damage may be in the other.
    for (const [, digits] of record.text.matchAll(/(?:"planted": ?|"list": ?\[\{"n": ?)(\d+)/g))
      numbers.add(Number(digits));
  }
  return numbers;
}

function isReadWhole({ records, result }: Awaited<ReturnType<typeof readBytes>>): boolean {
  const isJson = records.every((record) => {
    if (record.kind !== 'text') return false;
    try {
      JSON.parse(record.text);
      return true;
    } catch {
      return false;
    }
  });
  return isJson && result.readable === 'all' && result.fault === null;
}

/** @param share of the random cases, in per cent */
export function describeAnyContainer(share: number): void {
  describe('any container', () => {
    it('gives every event, in any mix of layouts and packings', async () => {
      await fc.assert(
        fc.asyncProperty(
          anyPlanted,
          anyPacking,
          fc.integer({ min: 1, max: 300 }),
          async (planted, packing, chunk) => {
            const read = await readBytes('e', packAll(planted.bytes, packing), chunk);
            expect(read.result.fault).toBeNull();
            expect(isReadWhole(read)).toBe(true);
            expect([...found(read.records)].sort((a, b) => a - b)).toEqual(planted.ends.map((_, n) => n));
          },
        ),
        { numRuns: 300 * (share / 100) },
      );
    });

    it('with a damaged text gives every event before it, and loses none in silence', async () => {
      const anyDamage = fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.constantFrom(0, 0, 1, 5, 60),
        put: fc.constantFrom('', '{', '}', '[', ']', '"', '\n', ',', '\u001E', '\0', 'word'),
      });
      await fc.assert(
        fc.asyncProperty(
          anyPlanted,
          anyPacking,
          anyDamage,
          async ({ bytes, ends }, packing, { at, cut, put }) => {
            const from = Math.floor(bytes.length * at);
            const damaged = Buffer.concat([
              bytes.subarray(0, from),
              Buffer.from(put),
              bytes.subarray(from + cut),
            ]);
            const read = await readBytes('e', packAll(damaged, packing));
            const numbers = found(read.records);
            const lost = ends.filter((_, n) => !numbers.has(n));
            // What follows a line may make it the beginning of a longer, damaged record: so the last part before may go.
            const last = Math.max(...ends.filter((end) => end <= from));
            expect(lost.filter((end) => end < last)).toEqual([]);
            // What was cut out from one record to another leaves no trace.
            expect(cut === 0 && lost.length > 0 && isReadWhole(read)).toBe(false);
          },
        ),
        { numRuns: 1000 * (share / 100) },
      );
    });

    it('that was cut off gives every event before the end, or says so', async () => {
      await fc.assert(
        fc.asyncProperty(
          anyPlanted,
          fc.double({ min: 0, max: 1, noNaN: true }),
          async ({ bytes, ends }, at) => {
            const length = Math.floor(bytes.length * at);
            const read = await readBytes('e', bytes.subarray(0, length));
            const numbers = found(read.records);
            expect(ends.filter((end, n) => end <= length && !numbers.has(n))).toEqual([]);
            // A text that is read whole ends between two events.
            expect(isReadWhole(read) && !isBetweenRecords(bytes, length)).toBe(false);
          },
        ),
        { numRuns: 500 * (share / 100) },
      );
    });

    it('with damaged packing gives every event before it, or says so', async () => {
      const anyFlip = fc.record({
        at: fc.double({ min: 0, max: 0.999, noNaN: true }),
        bits: fc.integer({ min: 1, max: 255 }),
        isCutOff: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(
          anyPlanted,
          fc.constantFrom(...packers.slice(1)),
          anyFlip,
          async (planted, pack, { at, bits, isCutOff }) => {
            const packed = pack(planted.bytes);
            const place = Math.floor(packed.length * at);
            const damaged: Buffer = isCutOff ? packed.subarray(0, place) : Buffer.from(packed);
            if (!isCutOff) damaged.writeUInt8((damaged[place] ?? 0) ^ bits, place);
            const read = await readBytes('e', damaged);
            const isLost = found(read.records).size < planted.ends.length;
            // Of a packing that is none any more, the bytes are words: rejected records.
            expect(isLost && isReadWhole(read) && damaged.length > 0).toBe(false);
          },
        ),
        { numRuns: 500 * (share / 100) },
      );
    });

    it('never throws, gives the same wherever its chunks end, and puts every record on one line', async () => {
      await fc.assert(
        fc.asyncProperty(anyPieces, fc.integer({ min: 1, max: 30 }), async (bytes, chunkBytes) => {
          const whole = await readBytes('e', bytes);
          const pieces = await readBytes('e', bytes, chunkBytes);
          expect({ records: pieces.records, result: pieces.result }).toEqual({
            records: whole.records,
            result: whole.result,
          });
          expect(inShort(whole.records).join('')).not.toContain('\n');
        }),
        { numRuns: 5000 * (share / 100) },
      );
    });

    it('that holds one JSON text gives all of it', async () => {
      await fc.assert(
        fc.asyncProperty(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 1, '\t'), async (json, indent) => {
          const value: unknown = JSON.parse(json);
          // A list gives its elements; one of scalars on a line, and a scalar, is a line.
          const { records, result } = await readBytes(
            'e',
            Buffer.from(JSON.stringify(value, null, indent)),
            5,
          );
          const read = records.map((record): unknown =>
            record.kind === 'text' ? JSON.parse(record.text) : record,
          );
          expect(result.fault).toBeNull();
          expect([[value], value]).toContainEqual(read);
        }),
        { numRuns: 1000 * (share / 100) },
      );
    });
  });
}
