import { readFile, readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { serviceProfileSchema } from '../../src/oci/service-profile.js';
import { packageRoot } from '../../src/package-root.js';

const document = readFile(new URL('docs/oci.md', packageRoot), 'utf8');

describe('docs/oci.md', () => {
  it('names a test that exists for each belief about a service', async () => {
    const rows = (await document).split('\n').filter((line) => /^\| (?!belief|-)/.test(line));
    const beliefs = rows.filter((row) => row.split(' | ').length === 4);
    expect(beliefs.length).toBeGreaterThan(15);
    const files = await readdir(new URL('test', packageRoot), { recursive: true });
    const tests = new Set(files.map((file) => basename(file)));
    for (const belief of beliefs) {
      const named = belief.match(/[\w-]+\.test\.ts/g) ?? [];
      expect([belief, named.length > 0]).toEqual([belief, true]);
      expect(named.filter((name) => !tests.has(name))).toEqual([]);
    }
  });

  it('shows a service profile with every key, as the configuration takes it', async () => {
    const [, yaml = ''] = /```yaml\n(serviceProfile:\n[^`]*)```/.exec(await document) ?? [];
    const { logAnalytics } = serviceProfileSchema.parse(parse(yaml).serviceProfile);
    const { logAnalytics: section } = serviceProfileSchema.shape;
    expect(Object.keys(logAnalytics ?? {})).toEqual(Object.keys(section.unwrap().shape));
  });
});
