import { describe, expect, it } from 'vitest';
import { secretFreeText } from '../../src/records/secret-text.js';
import { carriesSecrets, withoutSecrets } from '../../src/records/secrets.js';

const event = {
  eventId: 'e',
  data: {
    resourceId: 'r',
    identity: { principalName: 'jane', credentials: 'S' },
    request: { path: '/x', headers: { authorization: ['S'] } },
    response: { status: '200', headers: { opc: ['S'] } },
  },
};

describe('an audit record', () => {
  it.each([
    [{ data: { identity: {} } }, true],
    [{ data: { request: {} } }, true],
    [{ data: { response: null } }, true],
    [{ data: { resourceId: 'r' } }, false],
    [{ data: 'identity' }, false],
    [{ identity: {} }, false],
  ])('%j carries secrets: %s', (value, carries) => {
    expect(carriesSecrets(value)).toBe(carries);
  });

  it('loses credentials and headers, and nothing else', () => {
    const clean = withoutSecrets(event);
    expect(clean).toEqual({
      eventId: 'e',
      data: {
        resourceId: 'r',
        identity: { principalName: 'jane', credentials: '[removed]' },
        request: { path: '/x', headers: '[removed]' },
        response: { status: '200', headers: '[removed]' },
      },
    });
    expect(event.data.identity.credentials).toBe('S');
  });

  it('gets no field that it did not have', () => {
    const plain = { data: { identity: { principalName: 'jane' }, request: null, response: 7 } };
    expect(withoutSecrets(plain)).toEqual(plain);
    expect(withoutSecrets({ data: null })).toEqual({ data: null });
  });

  it('loses them in parts that are text, too', () => {
    const texts = Object.fromEntries(
      Object.entries(event.data).map(([key, value]) => [key, JSON.stringify(value)]),
    );
    expect(withoutSecrets({ data: texts })).toEqual({
      data: {
        resourceId: '"r"',
        identity: '{"principalName":"jane","credentials":"[removed]"}',
        request: '{"path":"/x","headers":"[removed]"}',
        response: '{"status":"200","headers":"[removed]"}',
      },
    });
  });
});

describe('text', () => {
  it.each([
    ['{"credentials":"S"}', '{"credentials":"[removed]"}'],
    ['{"credentials" : "S\\"S", "a": 1}', '{"credentials" : "[removed]", "a": 1}'],
    ['{"Authorization":"S"', '{"Authorization":"[removed]"'],
    ['{"headers":{"a":["S"]},"b":2}', '{"headers":"[removed]","b":2}'],
    // Cut off in the midst of the secret.
    ['{"credentials":"S', '{"credentials":"[removed]"'],
    ['{"headers":{"a":["S"', '{"headers":"[removed]"'],
    ['{"credential":"x"}', '{"credential":"x"}'],
  ])('%s is kept as %s', (text, kept) => {
    expect(secretFreeText(text)).toBe(kept);
  });
});
