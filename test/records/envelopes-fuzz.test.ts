import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { unwrapRecord } from '../../src/records/envelopes/unwrap-record.js';
import { anyEventKey, anyWrap, wrapAll } from '../support/any-wrapping.js';
import { databaseEvent } from '../support/raw-event.js';

const planted = (id: string) => databaseEvent('end', '2026-11-20T02:00:00Z', { id });
const wraps = fc.array(anyWrap, { maxLength: 8 });
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
    const parts = fc.array(fc.tuple(anyEventKey, wraps), { minLength: 1, maxLength: 4 });
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
