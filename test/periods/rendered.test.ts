import { beforeAll, describe, expect, it } from 'vitest';
import type { MailMessage } from '../../src/ports/delivery.js';
import { frameworkOf } from '../../src/reports/backup-compliance/rules/framework-table.js';
import { wirePeriodRenderers } from '../../src/wiring/wire-backup-compliance.js';
import { languageOf } from '../support/judge-day.js';
import { createMemoryArchive, type MemoryArchive } from '../support/memory-archive.js';
import { type DayTable, archiveTable, makePeriod, planName } from '../support/period-days.js';
import { hostileNames } from '../support/sample-report.js';
import { makeTheme } from '../support/theme.js';

const table: DayTable = {
  from: '2026-11-01',
  states: 'CCI-C',
  resources: { a: '+F+ +', b: '+M+ w', [hostileNames.script]: '+++ +', [hostileNames.formula]: '+++ +' },
  facts: { a: { lastRestoreTime: '2026-11-02T03:00:00.000Z' }, b: { owner: null } },
  day: () => ({
    frameworks: [frameworkOf('iso27001'), frameworkOf('soc2')],
    waivers: [
      {
        match: 'name LEGACY_*',
        reason: 'decommissioned',
        ticket: 'CHG-1',
        approvedBy: 'ciso@example.com',
        expires: '2026-12-31',
        daysLeft: 9,
        state: 'active',
        resources: [],
      },
    ],
  }),
};
const label = '2026-11-01_2026-11-05';

describe.each(['en', 'de'])('page, workbook and mail of a period in %s', (tag) => {
  let archive: MemoryArchive;
  let page = '';
  let faults = -1;
  const sent: MailMessage[] = [];

  beforeAll(async () => {
    archive = createMemoryArchive();
    await archiveTable(table, archive);
    const renderers = wirePeriodRenderers(await makeTheme(tag));
    const targets = { plan: 99.5, ofPolicy: new Map<string, number>() };
    const plan = { language: await languageOf(tag) };
    const made = await makePeriod(archive, label, { sent, targets, plan, ports: renderers });
    faults = made.templateFaults.length;
    page = Buffer.from((await archive.read(`${planName}/periods/${label}/r1/report.html`)) ?? []).toString();
  });

  // By hand. Day 1: 4 met. Day 2: 2 met, 1 failed, 1 missed. Day 3, INCOMPLETE: 4 unknown. Day 4, missing: 4 unknown. Day 5: 3 met, 1 failed and waived.
  it('says the attainment, the balance and the target on its face', () => {
    const says =
      tag === 'en'
        ? [
            '45.0% attained: 9 of 20',
            '20 expected = 9 met + 2 failed + 1 missed + 8 unknown; 1 of them waived',
            'target 99.5% missed',
          ]
        : ['45,0 % erreicht: 9 von 20', 'davon 1 vorerst akzeptiert', 'Ziel 99,5 % verfehlt'];
    for (const words of says)
      expect(page.replaceAll('\u00A0', ' ').replaceAll('&#x3D;', '=')).toContain(words);
  });

  it('names the days that are missing and INCOMPLETE, above the tables', () => {
    const face = page.slice(page.indexOf('<main>'), page.indexOf('id="owners"'));
    expect(face).toContain(tag === 'en' ? '1 day has no report that can be used: 2026-11-04' : '04.11.2026');
    expect(page).toMatch(/class="of-day tone-unknown" title="[^"]*(?:no report|kein Bericht)/);
    expect(page).toMatch(/tone-warn[^>]*>|tone-bad/);
  });

  it('has the appendix of frameworks, with the counts of the period', () => {
    const appendix = page.slice(page.indexOf('id="frameworks"'), page.indexOf('id="how"'));
    expect(appendix.match(/<h3>/g)).toHaveLength(2);
    expect(appendix).toContain('<bdi>A.8.13</bdi>');
    expect(appendix.replaceAll('\u00A0', ' ')).toContain(
      tag === 'en'
        ? '12 of 20 resource-days met, 8 unknown'
        : '12 von 20 Ressourcentagen erfüllt, 8 unbekannt',
    );
    expect(appendix).toContain(tag === 'en' ? 'Not checked: nobody' : 'Nicht geprüft: Diese Zeile');
    expect(appendix).toContain(tag === 'en' ? 'that is for an auditor to judge' : 'ist Sache der Prüfung');
  });

  it('is made without a fault of a template', () => expect(faults).toBe(0));

  it('runs no script, and shows what is in names as text', () => {
    expect(page).toContain('script-src &#x27;none&#x27;');
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('[object');
    expect(page).toContain('<b>5</b><span>3/4</span>');
  });

  it('is mailed with its workbook, its subject and a plain text', () => {
    const [mail] = sent;
    const subject = mail?.subject.replaceAll('\u00A0', ' ');
    expect(subject).toBe(
      tag === 'en'
        ? '[INCOMPLETE] Backups 2026-11-01 to 2026-11-05: 45.0% (9 of 20), target 99.5% missed'
        : '[UNVOLLSTÄNDIG] Backups 01.11.2026 bis 05.11.2026: 45,0 % (9 von 20), Ziel 99,5 % verfehlt',
    );
    expect(mail?.attachments.map(({ filename }) => filename)).toStrictEqual([
      `${planName}-${label}-report.xlsx`,
    ]);
    expect(mail?.text).toContain(tag === 'en' ? 'Attainment by team' : 'Erfüllung nach Team');
    expect(Buffer.byteLength(mail?.html ?? '')).toBeLessThan(90_000);
  });
});
