import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { backupMail, backupPage } from './backup-renderers.js';
import { englishTheme } from './theme.js';

/** The page, and both parts of the mail, without markup. */
export async function backupPageText(report: DailyReport): Promise<readonly string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'face-'));
  try {
    const path = join(directory, 'report.html');
    await backupPage(englishTheme).render({ report, lines: noLines }, path);
    const place = { revision: 1, location: '/reports', attached: false };
    const { html, text } = await backupMail(englishTheme).renderMail({ report, ...place });
    return [await readFile(path, 'utf8'), html, text].map((each) =>
      each.replace(/<style>[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, '').replace(/<[^>]*>/g, ' '),
    );
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function* noLines(): AsyncGenerator<string> {}
