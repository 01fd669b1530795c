import { describe, expect, it } from 'vitest';
import type { MailContent } from '../../src/ports/mail-renderer.js';
import { mailExceptionCap } from '../../src/renderers/email/mail-renderer.js';
import { backupMail } from '../support/backup-renderers.js';
import { mailFleet } from '../support/mail-fleet.js';
import { failedResource, reportOf, sampleReport, sampleResource } from '../support/sample-report.js';
import { makeTheme } from '../support/theme.js';

const languages = ['en', 'de'] as const;

async function mail(language: 'en' | 'de', report = mailFleet(language)): Promise<MailContent> {
  const renderer = backupMail(await makeTheme(language));
  return renderer.renderMail({ report, revision: 1, location: '/srv/x', attached: false });
}

describe.each(languages)('the exceptions, language %s', (language) => {
  it('are the same in both parts, in one order', async () => {
    const { html, text } = await mail(language);
    const names = ['ORDERS', 'vol-archive', 'HR'];
    expect([...html.matchAll(/class="name"[^>]*>([^<]*)</g)].map(([, name]) => name)).toEqual(names);
    expect([...text.matchAll(/^\* (\S+)$/gm)].map(([, name]) => name)).toEqual(names);
  });
});

describe.each(languages)('a mail of 5,000 exceptions, language %s', (language) => {
  it('has less than 90 KB and says how many are not listed', async () => {
    const bad = Array.from({ length: 5_000 }, (_, index) =>
      failedResource({
        resourceName: `DB-${index}.`,
        consecutiveBadDays: 3,
        badSince: '2026-11-17',
        // Each for a reason of its own, so that they are not told together.
        lastFailure: { time: '2026-11-19T09:15:00.000Z', message: `ORA-${60_000 + index}: reason ${index}` },
      }),
    );
    const { html, text, subject } = await mail(language, reportOf([...bad, sampleResource()]));
    const shown = html.slice(html.indexOf('<table'));
    const listed = shown.match(/DB-\d+\./g)?.length ?? 0;
    const rest = (5_000 - listed).toLocaleString(language === 'de' ? 'de-DE' : 'en-US');
    expect(Buffer.byteLength(html)).toBeLessThan(90_000);
    expect(listed).toBe(mailExceptionCap);
    for (const part of [shown, text]) {
      expect(part.match(/DB-\d+\./g)).toHaveLength(listed);
      expect(part).toMatch(
        language === 'de'
          ? `${rest} weitere Abweichungen stehen nicht in dieser Mail; der Bericht enthält alle.`
          : `${rest} more exceptions are not listed in this mail; the report has them all.`,
      );
    }
    expect(subject).toContain(language === 'de' ? '5.000 fehlgeschlagen von 5.001' : '5,000 failed of 5,001');
  });
});

describe('a mail of 3,000 exceptions of hostile names', () => {
  const name = `${'"'.repeat(80)}\u202e${'<b>'.repeat(20)}`;

  it.each([
    ['of one cause', 1],
    ['of forty causes', 40],
    ['of a cause each', 3_000],
  ])('%s, has less than 90 KB', async (_what, causes) => {
    const bad = Array.from({ length: 3_000 }, (_, index) =>
      failedResource({
        resourceName: `${name}${index}`,
        owner: `${name}${index}`,
        compartmentName: name,
        lastFailure: {
          time: '2026-11-19T09:15:00.000Z',
          message: `ORA-${70_000 + (index % causes)}: ${name.slice(60)}`,
        },
      }),
    );
    const { html, text } = await mail('en', reportOf(bad));
    expect(Buffer.byteLength(html)).toBeLessThan(90_000);
    expect(html).toContain('3,000 of 3,000 resources need attention');
    for (const part of [html, text]) {
      expect(part).toContain('What to do:');
      expect(part).not.toContain('\u202e');
    }
    expect(html).not.toContain('<b><b>');
  });
});

describe('texts of events', () => {
  it('are no place of a template to the one who inlines the rules', async () => {
    const report = sampleReport({
      resources: ['{{a', 'b}}', '<%', '%>', 'JUICE_CODE_BLOCK_0_'].map((resourceName, index) =>
        failedResource({
          resourceName,
          owner: null,
          lastFailure: { time: '2026-11-19T09:15:00.000Z', message: `ORA-6000${index}` },
        }),
      ),
    });
    const { html } = await mail('en', report);
    const names = [...html.matchAll(/class="name"[^>]*>([^<]*)</g)].map(([, name]) => name);
    expect(names).toEqual(['&#123;&#123;a', 'b}}', '&lt;%', '%&gt;', 'JUICE_CODE_BLOCK_0_']);
    expect(html.match(/class="exception[^"]*" style="/g)).toHaveLength(5);
  });

  it('cut say how long they were', async () => {
    const report = reportOf([failedResource({ resourceName: '\u{1F468}'.repeat(40_000) })]);
    const { text } = await mail('de', report);
    expect(text).toContain(`* ${'\u{1F468}'.repeat(120)}… (40.000 Zeichen)\n`);
  });
});
