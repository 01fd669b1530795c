import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { backupMail } from '../support/backup-renderers.js';
import { mailFleet } from '../support/mail-fleet.js';
import { makeTheme } from '../support/theme.js';

const folder = new URL('test/renderers/golden/', packageRoot);
const location = 'https://archive.example.com/daily-backup/2026/11/19/r1/report.html';

describe.each(['en', 'de'] as const)('the mail of a small fleet, language %s', (language) => {
  it.each(['html', 'txt', 'subject.txt'])('is as the golden file says: %s', async (part) => {
    const renderer = backupMail(await makeTheme(language));
    const report = mailFleet(language);
    const mail = await renderer.renderMail({ report, revision: 1, location, attached: true });
    const parts: Readonly<Record<string, string>> = {
      html: mail.html,
      txt: mail.text,
      'subject.txt': `${mail.subject}\n`,
    };
    const written = parts[part] ?? '';
    const path = new URL(`mail.${language}.${part}`, folder);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      await mkdir(folder, { recursive: true });
      await writeFile(path, written);
    }
    expect(written).toBe(await readFile(path, 'utf8'));
  });
});
