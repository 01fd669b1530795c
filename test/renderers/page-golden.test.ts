import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { backupPage } from '../support/backup-renderers.js';
import { mailFleet } from '../support/mail-fleet.js';
import { someJobs } from '../support/page-browser.js';
import { englishTheme } from '../support/theme.js';

const golden = new URL('test/renderers/golden/report.html', packageRoot);

/** Without style and script, whose changes are seen in their own files, and without their hashes. */
function normalised(page: string): string {
  return page
    .replace(/(<style>)[\s\S]*?(<\/style>)/, '$1…$2')
    .replace(/(<script type="module">)[\s\S]*?(<\/script>)/, '$1…$2')
    .replaceAll(/sha256-[A-Za-z0-9+/]+(?:&#x3D;)*/g, 'sha256-…');
}

describe('the page of a small fleet', () => {
  it('is as the golden file says', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'page-golden-'));
    try {
      const path = join(directory, 'report.html');
      await backupPage(englishTheme).render({ report: mailFleet('en'), lines: someJobs }, path);
      const page = normalised(await readFile(path, 'utf8'));
      if (process.env['UPDATE_GOLDEN'] === '1') {
        await mkdir(new URL('.', golden), { recursive: true });
        await writeFile(golden, page);
      }
      expect(page).toBe(await readFile(golden, 'utf8'));
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
