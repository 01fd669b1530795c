import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';

interface Versions {
  nextVersion(current: string, what: string | undefined): string;
  developmentVersion(released: string): string;
}

interface Changelog {
  releasedChangelog(text: string, version: string, date: string): string;
}

const script = (name: string): Promise<unknown> =>
  import(new URL(`scripts/release/${name}`, packageRoot).href);
const { nextVersion, developmentVersion } = (await script('next-version.mjs')) as Versions;
const { releasedChangelog } = (await script('changelog.mjs')) as Changelog;

describe('the version of a release', () => {
  it.each([
    ['0.2.0-dev', 'minor', '0.2.0'],
    ['0.2.0-dev', 'major', '1.0.0'],
    ['1.0.0-dev', 'major', '1.0.0'],
    ['0.2.0', 'minor', '0.3.0'],
    ['0.2.0', 'patch', '0.2.1'],
    ['0.2.0-dev', '0.2.0', '0.2.0'],
    ['0.2.0-dev', '1.0.0', '1.0.0'],
  ])('after %s by %s is %s', (current, what, next) => {
    expect(nextVersion(current, what)).toBe(next);
  });

  it.each([
    ['0.2.0-dev', 'patch'],
    ['0.2.0-dev', '0.1.9'],
    ['0.2.0', '0.2.0'],
    ['0.2.0', '0.3.0-dev'],
    ['0.2.0', 'big'],
    ['0.2.0', undefined],
  ])('after %s is not %s', (current, what) => {
    expect(() => nextVersion(current, what)).toThrow(/0\.|major, minor/);
  });

  it('is followed by that of the work on the next one', () => {
    expect(developmentVersion('0.2.1')).toBe('0.3.0-dev');
  });

  it('is that of the lock, too', () => {
    const [{ version }, lock] = ['package.json', 'package-lock.json'].map((name) =>
      JSON.parse(readFileSync(new URL(name, packageRoot), 'utf8')),
    );
    expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
  });
});

describe('the changes of a release', () => {
  const text = '# Changes\n\n## Unreleased\n\n### Added\n\n- A.\n\n## 0.1.0 - 2026-11-01\n\n- B.\n';

  it('get its version and date, and nothing stays unreleased', () => {
    expect(releasedChangelog(text, '0.2.0', '2026-12-01')).toBe(
      '# Changes\n\n## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n### Added\n\n- A.\n\n## 0.1.0 - 2026-11-01\n\n- B.\n',
    );
  });

  it('must be there, and not be released already', () => {
    const done = releasedChangelog(text, '0.2.0', '2026-12-01');
    expect(() => releasedChangelog(done, '0.3.0', '2026-12-02')).toThrow('no change');
    expect(() => releasedChangelog(text, '0.1.0', '2026-12-02')).toThrow('already');
  });

  it('can be made of the changes as they are', () => {
    const changes = readFileSync(new URL('CHANGELOG.md', packageRoot), 'utf8');
    expect(releasedChangelog(changes, '99.0.0', '2026-12-01')).toContain('## 99.0.0 - 2026-12-01\n');
  });
});
