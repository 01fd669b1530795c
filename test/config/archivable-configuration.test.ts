import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { kindsOfPlans } from '../../src/config/kinds-of-plans.js';
import { type KindKeys, configurationSchemaOf } from '../../src/config/schema.js';
import {
  archivedKeys,
  removedValue,
  archivableConfiguration,
} from '../../src/config/archivable-configuration.js';

/** Keys of the configuration that hold secrets, or who signs in by one. They are never archived. */
const secretKeys = [
  'clientSecret',
  'fingerprint',
  'key',
  'passphrase',
  'password',
  'privateKey',
  'redactKey',
  'settings',
  'url',
  'username',
];

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly [keyword: string]: unknown;
}

/** The names of all keys that have a value of their own, at any depth. */
function keysOf(schema: JsonSchema, key: string | null = null): readonly string[] {
  const { properties, items, anyOf, oneOf, allOf } = schema as Record<string, unknown>;
  const inner = [items, anyOf, oneOf, allOf]
    .flat()
    .filter((each) => typeof each === 'object' && each !== null);
  if (properties !== undefined) {
    const entries = Object.entries(properties as Record<string, JsonSchema>);
    return entries.flatMap(([name, each]) => keysOf(each, name));
  }
  if (inner.length > 0) return inner.flatMap((each) => keysOf(each as JsonSchema, key));
  return key === null ? [] : [key];
}

function keysOfKind(kind: KindKeys): readonly string[] {
  return keysOf(z.toJSONSchema(configurationSchemaOf(kind), { io: 'input' }) as JsonSchema);
}

describe('the configuration for the archive', () => {
  it('has decided for each key of the schema whether its value is archived', () => {
    const keys = [...new Set(kindsOfPlans.flatMap(keysOfKind))].sort();
    expect(keys.length).toBeGreaterThan(80);
    expect(keys.filter((key) => !archivedKeys.has(key))).toEqual(secretKeys);
  });

  it('keeps what rules and readers of the report need', () => {
    const written = {
      plan: 'daily',
      tolerateRejected: 2,
      policies: [{ name: 'p', match: { tags: { env: 'prod', password: 'rotated' } }, maxAge: '26h' }],
      waivers: [
        { match: { name: 'LEGACY_*' }, reason: 'the token: service is retired', expires: '2026-12-31' },
      ],
      inventory: { type: 'file', path: './inventory.csv' },
      branding: { accent: '#c74634' },
      mail: null,
    };
    expect(archivableConfiguration(written)).toEqual({
      ...written,
      waivers: [{ match: { name: 'LEGACY_*' }, reason: removedValue, expires: '2026-12-31' }],
    });
  });

  it.each([
    ['a key that nobody has decided about', { pin: 'hunter2' }],
    ['a number there', { pin: 4711 }],
    ['a list there', { pins: ['hunter2'] }],
    ['a reference', { reason: '${TOKEN}' }],
    ['text around a reference', { reason: 'hunter2${TOKEN}' }],
    ['the content of a file', { footer: '${file:./key.pem}' }],
    ['a key in a wrong place', { footer: '-----BEGIN PRIVATE KEY-----\nhunter2' }],
    ['a token in a wrong place', { reason: 'eyJhbGciOi.eyJzdWIiOi.hunter2' }],
    ['a header in a wrong place', { reason: 'Authorization: Basic hunter2' }],
    ['a password in words', { reason: 'password=hunter2' }],
    ['a tag that is a reference', { tags: { env: '${ENV}' } }],
  ])('has no %s', (_what, written) => {
    expect(JSON.stringify(archivableConfiguration(written))).not.toMatch(/hunter2|4711|\$\{/);
    expect(JSON.stringify(archivableConfiguration(written))).toContain(removedValue);
  });

  it.each([
    [
      'https://objectstorage.us-ashburn-1.oraclecloud.com',
      'https://objectstorage.us-ashburn-1.oraclecloud.com',
    ],
    ['http://127.0.0.1:9000/', 'http://127.0.0.1:9000'],
    ['https://me:hunter2@example.com', 'https://example.com'],
    ['https://example.com/hooks/hunter2', `https://example.com/${removedValue}`],
    ['https://example.com?token2=hunter2', `https://example.com/${removedValue}`],
  ])('of the URL %s has only scheme and host', (endpoint, kept) => {
    expect(archivableConfiguration({ endpoint })).toEqual({ endpoint: kept });
  });
});
