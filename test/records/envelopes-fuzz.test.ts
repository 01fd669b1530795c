import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { unwrapRecord } from '../../src/records/envelopes/unwrap-record.js';
import { databaseEvent } from '../support/raw-event.js';

const planted = (id: string) => databaseEvent('end', '2026-11-20T02:00:00Z', { id });
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

const foreignKey = fc.constantFrom(
  '@timestamp',
  'host',
  'tags',
  'meta',
  'note',
  'id',
  'ts',
  'resources',
  'x',
);
const foreign: fc.Arbitrary<unknown> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.record({ name: fc.string(), type: fc.string() }),
  fc.array(fc.record({ a: fc.integer() }), { maxLength: 2 }),
);
const eventKeys =
  'event payload message _source body data items results records logContent value detail Records __proto__';
const eventKey = fc.constantFrom(...eventKeys.split(' '));

/** One level of wrapping, and how many of the values it holds are found below it. */
type Wrap = (inner: unknown) => unknown;
const wrap: fc.Arbitrary<Wrap> = fc.oneof(
  fc.tuple(eventKey, beside(), fc.nat()).map(
    ([key, others, order]): Wrap =>
      (inner) =>
        shuffled([...others.filter(([other]) => other !== key), [key, inner]], order),
  ),
  fc.constant<Wrap>((inner) => [inner]),
  fc.constant<Wrap>((inner) => JSON.stringify(inner)),
  fc.constant<Wrap>((inner) => ({ value: base64(inner) })),
  fc.constant<Wrap>((inner) => ({ stream: 's', partition: '0', offset: 1, key: null, value: base64(inner) })),
  fc.constant<Wrap>((inner) => ({
    topic: 't',
    partition: 0,
    offset: 1,
    ts: 1_795_143_857_102,
    payload: JSON.stringify(inner),
  })),
  fc.constant<Wrap>((inner) => ({ data: { datetime: 1, logContent: inner } })),
  fc.constant<Wrap>((inner) => ({ 'Event Type': 'x', 'Original Log Content': JSON.stringify(inner) })),
  fc.constant<Wrap>((inner) => ({ specversion: '1.0', type: 'a.b', id: '1', time: 't', data: inner })),
);

function beside(): fc.Arbitrary<[string, unknown][]> {
  return fc.uniqueArray(fc.tuple(foreignKey, foreign), { maxLength: 4, selector: ([key]) => key });
}

function shuffled(entries: [string, unknown][], order: number): object {
  const at = order % entries.length;
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)]);
}

const wraps = fc.array(wrap, { maxLength: 8 });
const wrapAll = (inner: unknown, all: readonly Wrap[]): unknown =>
  all.reduce((value, each) => each(value), inner);
const idsIn = (value: unknown): unknown[] =>
  unwrapRecord(value).found.flatMap((each) => (each.ok ? [each.event['eventID']] : []));

describe('an event in any nesting of wrappers', () => {
  it('is found, or something is rejected', () => {
    fc.assert(
      fc.property(wraps, (all) => {
        const { found } = unwrapRecord(wrapAll(planted('e'), all));
        expect(found.some((each) => !each.ok || each.event['eventID'] === 'e')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('is found where nothing beside it could be an event', () => {
    fc.assert(
      fc.property(wraps, (all) => {
        expect(idsIn(wrapAll(planted('e'), all))).toEqual(['e']);
      }),
      { numRuns: 1000 },
    );
  });

  it('is found with all others of its wrapper', () => {
    const parts = fc.array(fc.tuple(eventKey, wraps), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, wraps, (each, outer) => {
        const fields = each.map(([key, all], index) => [
          `${key}${index}`,
          wrapAll(planted(`e${index}`), all),
        ]);
        const ids = idsIn(wrapAll(Object.fromEntries(fields), outer));
        expect(ids.toSorted()).toEqual(each.map((_, index) => `e${index}`));
      }),
      { numRuns: 500 },
    );
  });
});

describe('any JSON', () => {
  it('has a disposition, unless it is an empty list or an answer that has one', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const { found } = unwrapRecord(value);
        expect(found.length > 0 || JSON.stringify(value).includes('[]')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
