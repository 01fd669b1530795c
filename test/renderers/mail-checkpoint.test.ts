import { describe, expect, it } from 'vitest';
import { backupMail } from '../support/backup-renderers.js';
import { reportOf, sampleResource } from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';

const germanTheme = await makeTheme('de');
const root = Buffer.alloc(32, 7).toString('base64');
const signed = `oci-backup-reporter/daily\n12\n${root}\n\n— example.com/daily AAAAAAAA+/==\n`;
const input = {
  report: reportOf([sampleResource()]),
  revision: 1,
  location: 'reports/daily/2026/11/19/r1/report.html',
  attached: true,
};

/** The text of HTML, a line for each break. */
function textOf(html: string): string {
  const broken = html.replace(/<br>/g, '\n').replace(/<[^>]+>/g, '');
  return broken.replaceAll('&#x3D;', '=').replaceAll('&#x2B;', '+').replace(/\n+/g, '\n');
}

describe('the checkpoint in a mail', () => {
  it.each([
    ['English', englishTheme, 'Keep this mail: the command verify --checkpoint FILE'],
    ['German', germanTheme, 'Diese Nachricht aufbewahren: Der Befehl verify --checkpoint DATEI'],
  ])(
    'is printed word for word at the end of both parts, with what it is for: %s',
    async (_language, theme, words) => {
      const { html, text } = await backupMail(theme).renderMail({ ...input, checkpoint: signed });
      expect(text).toContain(`\n${signed}-- \n`);
      const last = text.split('\n\n').findIndex((part) => part.includes(words));
      expect(last).toBe(text.split('\n\n').length - 2);
      const shown = textOf(html);
      expect(shown.trimEnd().endsWith(signed.replace('\n\n', '\n').trimEnd())).toBe(true);
      expect(shown).toContain(words);
    },
  );

  it.each([
    [
      'English',
      englishTheme,
      'This mail has no checkpoint, because the log of the archive could not be continued.',
    ],
    ['German', germanTheme, 'Diese Nachricht hat keinen Prüfpunkt'],
  ])('that could not be made is said to be missing: %s', async (_language, theme, words) => {
    const { html, text } = await backupMail(theme).renderMail({ ...input, checkpoint: null });
    expect([text.includes(words), textOf(html).includes(words)]).toEqual([true, true]);
  });

  it('is nothing that a preview speaks of', async () => {
    const { html, text } = await backupMail(englishTheme).renderMail(input);
    expect(`${html}${text}`).not.toContain('heckpoint');
  });
});
