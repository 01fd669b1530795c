import { describe, expect, it } from 'vitest';
import type { MailContent } from '../../src/ports/mail-renderer.js';
import { openTheme } from '../../src/renderers/theme.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { backupMail } from '../support/backup-renderers.js';
import { failuresOfOneCause, mailDays, mailOfDay, sampleSuperseding } from '../support/mail-days.js';
import { mailFacts, visibleLines } from '../support/mail-facts.js';
import { mailFleet } from '../support/mail-fleet.js';
import {
  failedResource,
  reportOf,
  sampleReport,
  sampleResource,
  sampleWaiver,
} from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';

type Over = Parameters<typeof mailOfDay>[1];

async function mail(report: DailyReport, over: Over = {}): Promise<MailContent> {
  const theme = report.language === 'en' ? englishTheme : await makeTheme(report.language);
  return backupMail(theme).renderMail(mailOfDay(report, over));
}

/** Both parts as somebody reads them. */
async function parts(report: DailyReport, over: Over = {}): Promise<readonly string[]> {
  const { html, text } = await mail(report, over);
  return [visibleLines(html).join('\n'), text];
}

/** Those that do not stand behind the ones before them. */
function misplaced(part: string, words: readonly string[]): readonly string[] {
  let from = 0;
  return words.filter((each) => {
    const at = part.indexOf(each, from);
    if (at < 0) return true;
    from = at + each.length;
    return false;
  });
}

const good = sampleResource();
const known = { previousReport: sampleReport().previousReport };
const link = {
  url: 'https://objects.example/p/o/report.xlsx',
  expiresMs: Date.parse('2026-11-27T12:00:00Z'),
};
const second = { revision: 2, supersedes: sampleSuperseding };

describe('text and HTML tell the same facts', () => {
  it.each(Object.entries(mailDays))('%s', async (_day, report) => {
    const { html, text } = mailFacts(await mail(report));
    expect(html.length).toBeGreaterThan(8);
    expect(html.filter((fact) => !text.includes(fact))).toEqual([]);
    expect(text.filter((fact) => !html.includes(fact))).toEqual([]);
  });

  it.each([
    ['revision', second],
    ['linked workbook', { attached: false, link }],
    ['workbook that lies beside the report', { attached: false }],
    ['report without address', { location: '/srv/reports/report.html' }],
  ] as const)('%s', async (_what, over) => {
    const { html, text } = mailFacts(await mail(mailFleet('en'), over));
    expect(html).toEqual(text);
  });
});

describe('the order of a mail', () => {
  const words = [
    'INCOMPLETE, NON-COMPLIANT · 2026-11-19 · daily-backup',
    'At least 3 of 12 resources need attention',
    '1 failed, 1 missed, 1 unknown, 1 accepted for now, 7 compliant, 1 not applicable. 2 new, 1 resolved since 2026-11-18.',
    'INCOMPLETE: this report does not know everything about its day',
    '1 record could not be read; 0 are tolerated.',
    'ORDERS',
    'database · prod-databases · Critical · dba-oncall@example.com',
    'Failed: recovery area full (ORA-19809) at 2026-11-19 04:15 EST in 2 attempts. Last successful backup 2026-11-18 02:12 EST, 45 h 48 min before the cut-off',
    'What to do: Free or enlarge the fast recovery area, then start a backup.',
    'vol-archive',
    'Missed: no backup was started. Last successful backup: none seen; at most 26 h allowed.',
    'HR',
    'https://archive.example.com/',
    'report.xlsx is attached',
    '1 accepted for now',
    'LEGACY_CRM: Failed, non-compliant',
    '1 waiver expires soon or has expired',
    '1 open incident',
    '2 new since 2026-11-18',
    '1 resolved since 2026-11-18',
    'Also',
    '12 expected = 7 compliant',
    '1,049 read = 1,000 used',
  ];

  it('is the same in both parts: verdict, exceptions, the rest, the sums', async () => {
    for (const part of await parts(mailFleet('en'))) expect(misplaced(part, words)).toEqual([]);
  });

  it('of a revision begins with what changed, two lines of it, and has the others below', async () => {
    for (const part of await parts(mailFleet('en'), second)) {
      expect(
        misplaced(part, [
          'REVISED: revision 2 replaces revision 1',
          '12 events more than before',
          'ORDERS: failed, non-compliant; was succeeded, compliant (0)',
          'vol-archive: failed, non-compliant; was succeeded, compliant (1)',
          '5 more changes stand below the exceptions.',
          'At least 3 of 12 resources need attention',
          'What to do:',
          'HR: failed, non-compliant; was succeeded, compliant (2)',
          'LEDGER: failed, non-compliant; was succeeded, compliant (3)',
          'totals: failed',
          'and 2 more',
        ]),
      ).toEqual([]);
    }
  });

  it('has three reasons for INCOMPLETE before the exceptions, and none is lost', async () => {
    const report = mailDays['INCOMPLETE for many reasons'] ?? sampleReport();
    for (const part of await parts(report)) {
      expect(
        misplaced(part, [
          'Source 2 is not complete',
          '9 more reasons stand below the exceptions.',
          'What to do:',
          'Source 3 is not complete',
          'Source 9 is not complete',
          '2 more reasons are not listed in this mail; the report has them all.',
        ]),
      ).toEqual([]);
    }
  });
});

describe('the headline', () => {
  const waived = failedResource({ waiver: sampleWaiver });
  const notDue = sampleResource({ outcome: 'NOT_DUE', compliance: 'NOT_APPLICABLE' });
  const incomplete = { status: 'INCOMPLETE', statusReasons: ['A source failed.'] } as const;

  it.each([
    ['1 of 2 resources needs attention', [failedResource(), good], {}],
    ['2 of 2 resources need attention', [failedResource(), failedResource()], {}],
    ['At least 1 of 1 resource needs attention', [failedResource()], incomplete],
    ['All 2 resources are compliant', [good, good], {}],
    ['The one resource is compliant', [good], {}],
    ['1 resource is compliant, nothing was due for 1', [good, notDue], {}],
    ['No resource needs attention, 1 is accepted for now', [waived, good], {}],
    ['No exceptions seen, but not everything is known', [waived, good], incomplete],
    ['No exceptions seen, but not everything is known', [good], incomplete],
    ['Nothing was due for the one resource', [notDue], {}],
    ['Nothing was seen: there is no resource to judge', [], {}],
  ])('%s', async (words, resources, over) => {
    const report = reportOf(resources, { ...known, ...over });
    const { html, text } = await mail(report);
    expect(/<h1[^>]*>([^<]*)</.exec(html)?.[1]).toBe(words);
    expect(text).toContain(`\n${words}\n`);
  });

  it.each([
    ['3 new since 2026-11-18.', 3, 0],
    ['1 resolved since 2026-11-18.', 0, 1],
    ['Nothing new since 2026-11-18.', 0, 0],
  ])('%s', async (words, newlyBad, resolved) => {
    const [turn] = sampleReport().followUp.newlyBad;
    if (turn === undefined) throw new Error('the sample has one');
    const turns = (number: number) => Array.from({ length: number }, () => turn);
    const followUp = { comparedWith: '2026-11-18', newlyBad: turns(newlyBad), resolved: turns(resolved) };
    for (const part of await parts(reportOf([good], { ...known, followUp }))) expect(part).toContain(words);
  });

  it('says of a day when all is well what its backups came to, and needs no list', async () => {
    const { html, text } = await mail(mailDays['all well'] ?? sampleReport());
    expect(visibleLines(html).join('\n')).toContain('48 succeeded. Nothing new since 2026-11-18.');
    expect(text).toContain('=== Exceptions (0) ===\nNone.\n');
    expect(html).not.toContain('class="exception');
  });

  it('says "none seen" where not everything is known, never that there is none', async () => {
    for (const part of await parts(mailDays['all well, INCOMPLETE'] ?? sampleReport())) {
      expect(part).toContain('Exceptions: none seen.');
      expect(part).not.toContain('None.');
    }
  });
});

const failing = (reason: string) =>
  ({ verdict: 'NON_COMPLIANT', reason, measured: null, threshold: null, demandedBy: null }) as const;
const message = (words: string) => ({ time: '2026-11-19T09:15:00.000Z', message: words });

describe('an exception', () => {
  it.each([
    ['the limit of its age', failedResource(), '45 h 48 min before the cut-off; at most 26 h allowed.'],
    [
      'what the service said where the cause is not known',
      failedResource({ lastFailure: message('Odd thing <7>.') }),
      'The service says: Odd thing <7>.',
    ],
    [
      'what the service said where no code tells it',
      failedResource({ lastFailure: message('The limit of volume backups was reached.') }),
      'The service says: The limit of volume backups was reached.',
    ],
    [
      'that the service said nothing',
      failedResource({ lastFailure: { time: '2026-11-19T09:15:00.000Z', message: null } }),
      'The service gave no reason.',
    ],
    [
      'a control that fails beside the backup',
      failedResource({ controls: { retention: failing('kept for 7 days, policy x demands 35 days') } }),
      'Kept for 7 days, policy x demands 35 days',
    ],
    [
      'a failure that is not the outcome of the day',
      sampleResource({ outcome: 'MISSED', compliance: 'NON_COMPLIANT', lastFailure: message('ORA-1') }),
      'Last failure 2026-11-19 04:15 EST: ORA-1',
    ],
    [
      'the cause by the control, where the backups went well',
      sampleResource({ compliance: 'NON_COMPLIANT', controls: { retention: failing('kept for 7 days') } }),
      'Non-compliant: retention too short',
    ],
    [
      'no cause that nobody knows',
      sampleResource({
        compliance: 'UNKNOWN',
        controls: { retention: { ...failing('its retention is not known'), verdict: 'UNKNOWN' } },
      }),
      'Unknown: Retention',
    ],
  ])('tells %s', async (_what, resource, words) => {
    for (const part of await parts(reportOf([resource], known))) expect(part).toContain(words);
  });

  it('names no control as if it were met', async () => {
    for (const part of await parts(sampleReport())) {
      expect(part).not.toMatch(/Backup succeeded:|No open incident:|Protection enabled:/);
    }
  });
});

describe('exceptions of one cause', () => {
  it.each([
    [4, 4, 0],
    [5, 0, 1],
  ])('%i of them are %i cards and %i groups', async (number, cards, groups) => {
    const { html } = await mail(reportOf(failuresOfOneCause(number), known));
    const titles = [...html.matchAll(/<h2 class="name"[^>]*>([^<]*)</g)].map(([, title = '']) => title);
    expect(titles.filter((title) => title.startsWith('DB-'))).toHaveLength(cards);
    expect(titles.filter((title) => title === `${number} resources`)).toHaveLength(groups);
  });

  it('are told once: number, owners, the first, the worst by name, the rest and what to do', async () => {
    for (const part of await parts(mailDays['one cause'] ?? sampleReport())) {
      expect(
        misplaced(part, [
          '3,200 of 3,248 resources need attention',
          '3,200 resources',
          'team-0@example.com, team-1@example.com, team-2@example.com and 6 more',
          'Failed: backup destination unreachable (RMAN-03009, ORA-19511), the first at 2026-11-19 04:10 EST.',
          'DB-0: database · prod-databases',
          'DB-4: database · prod-databases',
          'and 3,195 more; the report has them all.',
          'What to do: Check the network path',
        ]),
      ).toEqual([]);
      expect(part.match(/DB-\d+/g)).toHaveLength(5);
      expect(part).not.toContain('not listed in this mail');
    }
  });

  it('stand where the worst of them stands, and others between them alone', async () => {
    const alone = failedResource({ resourceName: 'ALONE', lastFailure: null });
    const [first, ...others] = failuresOfOneCause(6);
    if (first === undefined) throw new Error('there are six');
    for (const part of await parts(reportOf([first, alone, ...others], known))) {
      expect(misplaced(part, ['6 resources', 'DB-0', 'DB-4', 'ALONE'])).toEqual([]);
    }
  });
});

describe('a language that runs from right to left', () => {
  it('is told to the mail client, others are not', async () => {
    const { data } = englishTheme;
    const arabic = openTheme({ ...data, language: { ...data.language, tag: 'ar' } });
    const { html } = await backupMail(arabic).renderMail(mailOfDay(mailFleet('en')));
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html.match(/<table[^>]* dir="rtl"/g)).toHaveLength(2);
    expect((await mail(mailFleet('de'))).html).not.toContain('dir=');
  });
});
