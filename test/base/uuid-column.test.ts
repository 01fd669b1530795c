import { describe, expect, it } from 'vitest';
import { UuidColumn } from '../../src/base/uuid-column.js';

const uuid = '9e3779b1-85eb-4a77-a2b2-ae3d27d4eb2f';

/** What is nearly a UUID: it must come back as it is. */
const others = [
  '',
  'event-1',
  uuid.toUpperCase(),
  uuid.slice(1),
  `${uuid}0`,
  uuid.replaceAll('-', '_'),
  uuid.replaceAll('-', ''),
  `{${uuid.slice(1, -1)}}`,
  // On either side of the digits and of the letters.
  ...['/', ':', '`', 'g', 'A', '@', ' ', '\u0660', '\uff11', '\u{1f600}'].flatMap((each) => [
    each + uuid.slice(each.length),
    uuid.slice(0, 24) + each + uuid.slice(24 + each.length),
    uuid.slice(0, -each.length) + each,
  ]),
  ...[8, 13, 18, 23].map((at) => `${uuid.slice(0, at)}0${uuid.slice(at + 1)}`),
];

const uuids = [
  uuid,
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '7fffffff-8000-0000-7fff-ffff80000000',
  '01234567-89ab-cdef-0123-456789abcdef',
];

describe('a column of UUIDs', () => {
  it.each([...uuids, ...others])('gives back %j as it is', (text) => {
    const column = new UuidColumn();
    column.push('first');
    column.push(text);
    expect(column.get(1)).toBe(text);
    expect([column.get(0), column.length]).toEqual(['first', 2]);
  });

  it.each([
    [uuid, 'other', uuids[2] ?? ''],
    ['other', uuid, 'another'],
  ])('holds the last of several texts in one place: %s, %s, %s', (first, second, third) => {
    const column = new UuidColumn();
    column.push(first);
    column.push(first);
    column.set(0, second);
    expect([column.get(0), column.get(1)]).toEqual([second, first]);
    column.set(0, third);
    expect([column.get(0), column.get(1), column.length]).toEqual([third, first, 2]);
  });

  it('grows', () => {
    const column = new UuidColumn();
    const texts = Array.from({ length: 5000 }, (_, index) =>
      index % 7 === 0 ? `id ${index}` : index.toString(16).padStart(8, '0') + uuid.slice(8),
    );
    for (const text of texts) column.push(text);
    expect(texts.map((_, index) => column.get(index))).toEqual(texts);
    expect(() => column.get(5000)).toThrow(RangeError);
    expect(() => column.get(-1)).toThrow(RangeError);
  });
});
