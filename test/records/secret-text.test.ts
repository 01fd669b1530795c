import { describe, expect, it } from 'vitest';
import { secretFreeText } from '../../src/records/secret-text.js';
import { withoutSecrets } from '../../src/records/secrets.js';

const text = JSON.stringify;
const base64 = (value: string): string => Buffer.from(value).toString('base64');
const request = { path: '/x', headers: { a: { b: 'SECRET' }, c: ['SECRET "}] \\'] }, status: '200' };
const clean = { path: '/x', headers: '[removed]', status: '200' };

describe('text that is cut off', () => {
  it.each<[string, string, string]>([
    ['an object in an object', text(request), text(clean)],
    ['text in JSON', text(text(request)), text(text(clean))],
    ['text in text in JSON', text(text(text(request))), text(text(text(clean)))],
    ['a value that is no text', '{"password": 1234, "a": 1}', '{"password": "[removed]", "a": 1}'],
    ['a list', '{"headers":[["SECRET"],{"a":"]"}],"a":1}', '{"headers":"[removed]","a":1}'],
    ['a line of HTTP', 'Authorization: Bearer SECRET\nHost: x', 'Authorization: [removed]\nHost: x'],
    ['a form with other quotes', `{'credentials': 'SECRET', 'a': 1}`, `{'credentials': '[removed]', 'a': 1}`],
  ])('loses %s', (_words, whole, kept) => {
    expect(secretFreeText(whole)).toBe(kept);
    for (let length = 0; length < whole.length; length += 1) {
      expect(secretFreeText(whole.slice(0, length))).not.toContain('SECRET');
    }
  });

  it('loses what is in base64 within it', () => {
    const value = base64(text({ a: 'x'.repeat(40), ...request }));
    const kept = secretFreeText(`{"value":"${value.slice(0, -9)}`);
    expect(Buffer.from(kept.slice(10), 'base64').toString()).toContain('"headers":"[removed]"');
    expect(kept).not.toContain(value.slice(80, 120));
  });
});

describe('a value', () => {
  it.each<[string, unknown, unknown]>([
    [
      'at any depth',
      [{ a: [{ Authorization: 's', b: 1 }] }],
      [{ a: [{ Authorization: '[removed]', b: 1 }] }],
    ],
    ['in JSON text', { body: text(request) }, { body: text(clean) }],
    ['in base64', { value: base64(text(request)) }, { value: base64(text(clean)) }],
    [
      'in base64 in JSON text in base64',
      { value: base64(text({ value: base64(text(request)) })) },
      { value: base64(text({ value: base64(text(clean)) })) },
    ],
  ])('loses them %s', (_words, value, kept) => {
    expect(withoutSecrets(value)).toEqual(kept);
  });

  it('is the same where there are none', () => {
    const value = { a: [{ b: text({ c: 1 }), d: base64(text({ e: 'x'.repeat(60) })) }], f: null };
    expect(withoutSecrets(value)).toBe(value);
  });
});
