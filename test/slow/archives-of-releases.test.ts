import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verify } from '../../src/cli/verify.js';
import { packageRoot } from '../../src/package-root.js';
import { copyFolder } from '../support/copy-folder.js';
import { captured, runHere } from '../support/run-here.js';

const fixtures = fileURLToPath(new URL('test/archives/fixtures/', packageRoot));
const script = fileURLToPath(new URL('scripts/release/make-archive.mjs', packageRoot));
/** Archives of releases: that of 0.1 is another story, with a test of its own. */
const released = readdirSync(fixtures).filter((name) => name !== 'archive-0.1');
const daysOf = ['2026-11-05', '2026-11-06', '2026-11-07'];
const nextDate = '2026-11-08';

describe('an archive that a release leaves to later versions', () => {
  it.each(['this version', ...released])('of %s is verified and continued', async (of) => {
    const folder = await mkdtemp(join(tmpdir(), 'archive-of-release-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    if (of === 'this version') await promisify(execFile)(process.execPath, [script, folder]);
    else copyFolder(join(fixtures, of), folder);
    const archive = join(folder, 'archive');
    for (const date of daysOf) {
      expect(existsSync(join(archive, 'demo-company', date.replaceAll('-', '/'), 'r1/manifest.json'))).toBe(
        true,
      );
    }
    const before = await captured((output) => verify({ archive, logLevel: 'silent' }, output));
    expect(before).toMatchObject({ code: 0 });
    expect(before.stdout).toContain('3 days, 3 revisions');

    expect(await runHere(folder, nextDate)).toMatchObject({ code: 0 });
    const { code, stdout } = await captured((output) => verify({ archive, logLevel: 'silent' }, output));
    expect(stdout).toContain('4 days, 4 revisions');
    expect(code).toBe(0);
  });
});
