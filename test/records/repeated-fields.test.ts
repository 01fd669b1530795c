import { describe, expect, it } from 'vitest';
import { objectIn, parseJson, readJsonText, valueIn } from '../../src/records/json.js';

const says = (field: string) => `the field ${field} stands twice, with different values`;
const long = 'x'.repeat(65);

const nested = (inner: string) => `${'['.repeat(100_000)}${inner}${']'.repeat(100_000)}`;

describe('a field that stands twice in one object, with different values', () => {
  it.each([
    ['a result', '{"status":"FAILED","status":"ACTIVE"}', 'status'],
    ['a result, three times', '{"status":"A","status":"A","status":"B"}', 'status'],
    ['with white space', '{ "status" : "FAILED" ,\n "status"\t:\r\n "ACTIVE" }', 'status'],
    ['written with an escape', '{"status":"FAILED","\\u0073tatus":"ACTIVE"}', 'status'],
    ['as text and as a number', '{"status":"1","status":1}', 'status'],
    ['in hyphens', '{"lifecycle-state":"FAILED","lifecycle-state":"ACTIVE"}', 'lifecycle-state'],
    ['far within', '{"a":[{"data":{"b":[1,{"eventType":"x","eventType":"y"}]}}]}', 'eventType'],
    ['in a list of objects', '[{"status":"A"},{"status":"A","status":"B"}]', 'status'],
    ['behind a text with brackets', '{"a":"}{][,:\\"","status":"A","status":"B"}', 'status'],
    ['behind a key that ends in a backslash', '{"a\\\\":1,"status":"A","status":"B"}', 'status'],
    ['behind a text that begins with a colon', '{"a":":b","status":"A","status":"B"}', 'status'],
    ['that is an object', '{"data":{"a":1},"data":{"a":2}}', 'data'],
    // Whatever they are called, these could hold events.
    ['that is a list', '{"rows":[1],"rows":[2]}', 'rows'],
    ['that is an object of any name', '{"x":{"a":1},"x":null}', 'x'],
    ['that is a long text', `{"x":"${long}","x":1}`, 'x'],
    ['in another order', '{"status":"ACTIVE","a":1,"status":"FAILED"}', 'status'],
    ['with a long name', `{"${'status-'.repeat(30)}":[1],"${'status-'.repeat(30)}":[2]}`, 'status-'],
  ])('%s, is a fault', (_words, text, field) => {
    const read = readJsonText(text);
    expect(read).toEqual({ ok: false, repeated: expect.stringContaining(`the field ${field}`) });
    expect(() => parseJson(text)).toThrow('stands twice, with different values');
    expect(() => valueIn(text)).toThrow('stands twice, with different values');
    expect(() => objectIn(text)).toThrow('stands twice, with different values');
  });

  it.each([
    ['with the same value', '{"status":"FAILED","status":"FAILED"}'],
    ['with the same value, written otherwise', '{"data":{"a": 1.0,"b":"\\u0041"},"data":{"b":"A","a":1}}'],
    ['in two objects', '{"a":{"status":"A"},"b":{"status":"B"},"status":"C"}'],
    ['of a forwarder', '{"host":"a","host":"b","n":1,"n":2,"@timestamp":1,"@timestamp":null}'],
    ['as a value', '{"a":"status","b":"status","c":["status","status"]}'],
    ['within a text', JSON.stringify({ text: '{"status":"A","status":"B"}' })],
    ['in a text with colons', '{"a":"\\":\\":","b":": : :","c":":"}'],
    ['nowhere', '{"__proto__":{"a":1},"1":2,"":3,"a\\\\":4}'],
  ])('%s, is none', (_words, text) => {
    expect(readJsonText(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  it('is named in words for a report', () => {
    expect(readJsonText('{"status":1,"status":2}')).toEqual({ ok: false, repeated: says('status') });
  });

  it('is looked for in any depth', () => {
    expect(readJsonText(nested('{"status":1,"status":2}'))).toEqual({ ok: false, repeated: says('status') });
    expect(readJsonText(nested('{"status":1}')).ok).toBe(true);
    const deep = `{"data":${nested('1')},"data":${nested('2')}}`;
    expect(readJsonText(deep)).toEqual({ ok: false, repeated: says('data') });
  });

  it('is not meant by text that is not JSON', () => {
    expect(readJsonText('{"status":1,"status":2')).toEqual({ ok: false, repeated: null });
    expect(parseJson('{')).toBeUndefined();
  });
});
