import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Project } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { leftBehind } from '../support/left-behind.js';
import { PreviewProjects } from '../support/preview-projects.js';
import type { RunningPreview } from '../support/running-preview.js';

/* While templates are edited, of the demo, and ended by Ctrl+C: in slow/preview. */

const date = '2026-11-19';
let projects: PreviewProjects;
/** One for all: to start it takes longer than all that it shows. */
let made: Project;
let shown: RunningPreview;

beforeAll(async () => {
  projects = await PreviewProjects.create(date);
  made = await projects.copy();
  // As `run --date` of earlier versions left it: no newest day.
  copyFolder(
    join(made.directory, 'reports/daily/2026/11/19'),
    join(made.directory, 'reports/daily/2099/01/01'),
  );
  shown = await projects.preview(made);
});

afterAll(() => projects.remove());

describe('preview of the newest day', () => {
  it('shows page, mail and workbook, the page byte for byte as archived', async () => {
    expect(shown.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const archived = (await made.revision(date)).get('report.html');
    expect((await shown.get('/report.html')).text).toBe(String(archived));
    expect((await shown.get('/mail.html')).text).toContain('[COMPLIANT] Backup report 2026-11-19');
    expect((await shown.get('/mail/body.html')).text).toContain('<table');
    expect((await shown.get('/mail/body.html')).text).not.toContain('cid:');
    expect((await shown.get('/mail/body.txt')).headers.get('content-type')).toMatch(/^text\/plain/);
    const workbook = await shown.get('/workbook.html');
    expect(workbook.text).toMatch(/<h2 id="sheet-1">Summary/);
    expect(workbook.text).toContain('2026-11-19');
    const index = await shown.get('/');
    for (const path of ['/report.html', '/mail.html', '/workbook.html']) {
      expect(index.text).toContain(`data-path="${path}"`);
    }
  });

  it('keeps the policy of each page strict: only the index runs the script that reloads', async () => {
    const policy = async (path: string) => (await shown.get(path)).headers.get('content-security-policy');
    expect(await policy('/')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(await policy('/mail.html')).not.toContain('script-src');
    expect(await policy('/mail/body.html')).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; img-src/,
    );
    for (const path of ['/report.html', '/mail.html', '/mail/body.html', '/workbook.html']) {
      const { text, headers } = await shown.get(path);
      expect(text).not.toContain('preview.js');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    }
    expect((await shown.get('/workbook.html')).text).toMatch(
      /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/,
    );
  });

  it('ends on SIGTERM, and nothing is left', async () => {
    expect(await leftBehind(made, shown, 'SIGTERM')).toEqual({
      code: 0,
      added: [],
      removed: [],
      temporary: [],
    });
  });
});
