import fc from 'fast-check';

/** One level of wrapping. */
export type Wrap = (inner: unknown) => unknown;

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

/** Keys under which forwarders and services put events. */
export const anyEventKey = fc.constantFrom(...eventKeys.split(' '));

/** Any wrapper, with scalars, empty lists and lists of others beside what it holds. */
export const anyWrap: fc.Arbitrary<Wrap> = fc.oneof(
  fc.tuple(anyEventKey, beside(), fc.nat()).map(
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

export function wrapAll(inner: unknown, all: readonly Wrap[]): unknown {
  return all.reduce((value, each) => each(value), inner);
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}

function beside(): fc.Arbitrary<[string, unknown][]> {
  return fc.uniqueArray(fc.tuple(foreignKey, foreign), { maxLength: 4, selector: ([key]) => key });
}

function shuffled(entries: [string, unknown][], order: number): object {
  const at = order % entries.length;
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)]);
}
