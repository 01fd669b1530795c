import { describe, expect, it } from 'vitest';
import { backupMail } from '../support/backup-renderers.js';
import { sampleReport } from '../support/sample-report.js';
import { englishTheme } from '../support/theme.js';

const location = 'oci://reports@tenancy/daily/report.html';
const link = {
  url: 'https://objects.example/p/token/o/report.xlsx',
  expiresMs: Date.parse('2026-11-27T12:00:00Z'),
};

const render = (over: object) =>
  backupMail(englishTheme).renderMail({
    report: sampleReport(),
    revision: 1,
    location,
    attached: false,
    ...over,
  });

describe('the workbook of a mail', () => {
  it('is a link until it expires, in both parts', async () => {
    const { html, text } = await render({ link });

    expect(text).toMatch(
      /^Workbook: report\.xlsx is not attached; whoever has this link gets it until .*2026.*: https:\/\/objects\.example\/p\/token\/o\/report\.xlsx$/m,
    );
    expect(html).toContain(`href="${link.url}"`);
    expect(html).toMatch(/whoever has this link gets it until [^<]*2026/);
  });

  it('is text where the address is none that a mail program knows', async () => {
    const { html } = await render({ link: { ...link, url: 'javascript:alert(1)//https://x' } });

    expect(html).not.toContain('href="javascript');
  });

  it('is attached, or beside the report, where there is no link', async () => {
    expect((await render({ attached: true, link })).text).toContain('Workbook: report.xlsx is attached');
    expect((await render({})).text).toContain('it lies beside the report');
  });
});
