import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { issueWords } from '../../src/files/issue-words.js';

const words = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value, { error: issueWords }).error?.issues[0]?.message;

const union = z.discriminatedUnion('type', [
  z.object({ type: z.literal('smtp') }),
  z.object({ type: z.literal(['outbox', 'none']) }),
]);

/** All kinds of issue that zod has. */
const cases: readonly (readonly [string, z.ZodType, unknown])[] = [
  ['is required (a text)', z.string(), undefined],
  ['must be a text, not a number: quote it', z.string(), 5],
  ['must be a text, not true or false: quote it', z.string(), true],
  ['must be a text, not a list', z.string(), []],
  ['must be a text, but nothing is there (what follows # is a comment)', z.string(), null],
  ['must be a list, not a mapping', z.array(z.string()), {}],
  ['must be a list, but nothing is there', z.array(z.string()), null],
  ['must be a mapping, not a text', z.object({}), 'x'],
  ['must be a mapping, not a list', z.record(z.string(), z.string()), []],
  ['must be a number, not a text', z.number(), '5'],
  ['must be a number', z.number(), Number.NaN],
  ['must be a whole number', z.int(), 1.5],
  ['must be a number, not a text', z.int(), 'x'],
  ['must be true or false, not a number', z.boolean(), 1],
  ['must be true or false, not a text (yes, no, on and off are texts in YAML 1.2)', z.boolean(), 'Yes'],
  ['must be nothing, not a text', z.null(), 'x'],
  ['cannot be used', z.never(), 'x'],
  ['must be at least 1', z.int().min(1), 0],
  ['must be more than 0', z.number().positive(), 0],
  ['must be at most 366', z.int().max(366), 367],
  ['must be less than 5', z.number().lt(5), 5],
  ['must have at least 2 characters', z.string().min(2), 'x'],
  ['must have at most 1 character', z.string().max(1), 'xx'],
  ['must have at least 1 item', z.array(z.string()).min(1), []],
  ['must be a multiple of 5', z.number().multipleOf(5), 7],
  ['must be written as email is', z.email(), 'x'],
  ['this version knows no such key', z.strictObject({}), { x: 1 }],
  ['must be one of smtp, outbox, none', union, { type: 'fax' }],
  ['must be one of smtp, outbox, none; is it smtp?', union, { type: 'smtpp' }],
  ['is required: must be one of smtp, outbox, none', union, {}],
  ['must be a mapping, not a number', union, 5],
  ['must be one of always, trouble; is it always?', z.enum(['always', 'trouble']), 'alway'],
  ['must be 200', z.literal(200), 201],
  ['must be a text or a number, not a list', z.union([z.string(), z.number()]), []],
  ['must be at least 1', z.union([z.int().min(1), z.boolean()]), 0],
  ['has a key that cannot be one', z.record(z.string().max(1), z.string()), { xx: 'x' }],
  ['has an entry that cannot be one', z.map(z.object({}), z.string()), new Map([[{}, 5]])],
  ['cannot be used', z.string().refine(() => false), 'x'],
  ['is our own', z.string('is our own'), 5],
];

describe('what a schema demands', () => {
  it.each(cases)('%s', (expected, schema, value) => {
    expect(words(schema, value)).toBe(expected);
  });

  it('never shows the value: it may be a secret', () => {
    const told = cases.map(([, schema]) => words(schema, 'secret-7f3a') ?? '');
    expect(told.filter((each) => each.includes('secret-7f3a'))).toEqual([]);
  });
});
