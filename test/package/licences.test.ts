import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';

interface LockedPackage {
  readonly dev?: true;
  readonly optional?: true;
  readonly license?: string;
}

interface Rules {
  isPermitted(expression: string): boolean;
  readonly withoutLicence: Readonly<Record<string, { readonly licence: string; readonly why: string }>>;
}

const { isPermitted, withoutLicence } = (await import(
  new URL('scripts/package/licence-rules.mjs', packageRoot).href
)) as Rules;
const lock = JSON.parse(readFileSync(new URL('package-lock.json', packageRoot), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const all = Object.entries(lock.packages).filter(([path]) => path !== '');
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);

/** What the package says itself; of one for another platform, which is not here, what the lock says. */
function licenceOf(path: string, locked: LockedPackage): string | undefined {
  const file = new URL(`${path}/package.json`, packageRoot);
  if (!existsSync(file)) return locked.optional === true ? locked.license : undefined;
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }: { type: string }) => type).join(' OR ');
}

describe('licences', () => {
  it('of all dependencies are permitted, or the exception has its reason', () => {
    expect(all.length).toBeGreaterThan(400);
    const others = all.filter(([path, locked]) => !isPermitted(licenceOf(path, locked) ?? 'none'));
    expect([...new Set(others.map(([path]) => nameOf(path)))].sort()).toEqual(
      Object.keys(withoutLicence).sort(),
    );
  });

  it.each([
    ['MIT', true],
    ['GPL-3.0-only', false],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['(MIT AND Zlib)', true],
    ['(MIT AND GPL-2.0)', false],
    ['SEE LICENSE IN file', false],
    ['none', false],
  ])('%s: %s', (expression, permitted) => {
    expect(isPermitted(expression)).toBe(permitted);
  });
});
