import { expect, it } from 'vitest';
import { nameUuid, urlNamespace } from '../../src/base/name-uuid.js';

it('gives the UUID of the example of RFC 9562', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  expect(nameUuid(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});

it('gives another one for another namespace', () => {
  expect(nameUuid(urlNamespace, 'a')).not.toBe(nameUuid(nameUuid(urlNamespace, 'a'), 'a'));
});
