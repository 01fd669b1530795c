import { describe, expect, it } from 'vitest';
import type { MailContent } from '../../src/ports/mail-renderer.js';
import { mailExceptionCap } from '../../src/renderers/email/mail-renderer.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { backupMail } from '../support/backup-renderers.js';
import {
  failedResource,
  incompleteParts,
  reportOf,
  sampleReport,
  sampleResource,
  sampleSlice,
  sampleWaiver,
} from '../support/sample-report.js';
import { englishTheme } from '../support/theme.js';
import { isWholeBreadth } from '../support/share-of.js';

const renderer = backupMail(englishTheme);
const location = 'https://objectstorage.example.com/n/x/b/reports/o/daily-backup/2026/11/19/r1/report.html';

async function mail(
  report: DailyReport,
  options: { location?: string; attached?: boolean } = {},
): Promise<MailContent> {
  return renderer.renderMail({ report, revision: 1, location, attached: false, ...options });
}

const good = sampleResource();
const missed = sampleResource({ outcome: 'MISSED', compliance: 'NON_COMPLIANT' });
const late = sampleResource({ outcome: 'LATE', compliance: 'NON_COMPLIANT' });
const unknown = sampleResource({ outcome: 'UNKNOWN', compliance: 'UNKNOWN' });
const notDue = sampleResource({ outcome: 'NOT_DUE', compliance: 'NOT_APPLICABLE' });
const shortRetention = sampleResource({ compliance: 'NON_COMPLIANT' });
const waived = failedResource({ waiver: sampleWaiver });
const waivedUnknown = { ...unknown, waiver: sampleWaiver };
const slice = { name: 'database team', resources: 12, ofResources: 412 };
const incomplete = { status: 'INCOMPLETE', statusReasons: ['A source failed.'] } as const;

describe('subject', () => {
  it.each([
    [
      '[NON-COMPLIANT] Backup report 2026-11-19: 3 failed, 1 missed of 412',
      reportOf([...repeat(3, failedResource()), missed, ...repeat(408, good)]),
    ],
    ['[COMPLIANT] Backup report 2026-11-19: 412 of 412 compliant', reportOf(repeat(412, good))],
    ['[COMPLIANT] Backup report 2026-11-19: 1 of 2 compliant, 1 not applicable', reportOf([good, notDue])],
    [
      '[NON-COMPLIANT] Backup report 2026-11-19: 1 of 2 compliant, 1 non-compliant',
      reportOf([shortRetention, good]),
    ],
    [
      '[NON-COMPLIANT] Backup report 2026-11-19: 1 failed, 2 other exceptions of 4',
      reportOf([failedResource(), shortRetention, shortRetention, good]),
    ],
    [
      '[NON-COMPLIANT] Backup report 2026-11-19: 1 failed, 1 missed, 1 unknown, 1 late of 1,004',
      reportOf([failedResource(), missed, unknown, late, ...repeat(1000, good)]),
    ],
    ['[UNKNOWN] Backup report 2026-11-19: 1 unknown of 2', reportOf([unknown, good])],
    ['[UNKNOWN] Backup report 2026-11-19: nothing seen', reportOf([])],
    ['[UNKNOWN] Backup report 2026-11-19: nothing was due for 1 resource', reportOf([notDue])],
    ['[UNKNOWN] Backup report 2026-11-19: nothing was due for 2 resources', reportOf(repeat(2, notDue))],
    ['[INCOMPLETE] Backup report 2026-11-19: 1 of 1 compliant', reportOf([good], incomplete)],
    [
      '[INCOMPLETE, NON-COMPLIANT] Backup report 2026-11-19: 1 failed of 1',
      reportOf([failedResource()], incomplete),
    ],
    ['[INCOMPLETE, UNKNOWN] Backup report 2026-11-19: nothing seen', reportOf([], incomplete)],
    [
      '[WAIVED] Backup report 2026-11-19: 2 accepted for now of 412',
      reportOf([waived, waivedUnknown, ...repeat(410, good)]),
    ],
    [
      '[NON-COMPLIANT] Backup report 2026-11-19: 3 failed, 1 missed, 2 accepted for now of 412',
      reportOf([...repeat(3, failedResource()), missed, waived, waivedUnknown, ...repeat(406, good)]),
    ],
    [
      '[NON-COMPLIANT] Backup report 2026-11-19: 1 of 3 compliant, 1 non-compliant, 1 accepted for now',
      reportOf([shortRetention, waived, good]),
    ],
    [
      '[INCOMPLETE, WAIVED] Backup report 2026-11-19: 1 accepted for now of 2',
      reportOf([waived, good], incomplete),
    ],
    ['[COMPLIANT] Backup report 2026-11-19: 1 of 1 compliant', reportOf([{ ...good, waiver: sampleWaiver }])],
    [
      '[NON-COMPLIANT] Backup report 2026-11-19, database team: 1 failed of 12',
      reportOf([failedResource(), ...repeat(11, good)], { slice }),
    ],
    [
      '[COMPLIANT] Backup report 2026-11-19, a␍␊Bcc: x[U+202E]: 1 of 1 compliant',
      reportOf([good], { slice: { ...slice, name: 'a\r\nBcc: x\u202e' } }),
    ],
  ])('%s', async (subject, report) => {
    expect((await mail(report)).subject).toBe(subject);
  });

  it('stays one line whatever the report day is called', async () => {
    const report = sampleReport();
    const { subject } = await mail({
      ...report,
      reportDay: { ...report.reportDay, date: 'x\r\nBcc: y@example.com' },
    });
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

describe('mail', () => {
  it('is the same for the same report', async () => {
    expect(await mail(sampleReport(incompleteParts()))).toEqual(await mail(sampleReport(incompleteParts())));
  });

  it('tells the same in text and in HTML', async () => {
    const { html, text } = await mail(sampleReport(incompleteParts()));
    const shown = decode(html);
    for (const fact of [
      'At least 5 of 13 resources need attention',
      '2 failed, 1 missed, 1 unknown, 1 late, 1 accepted for now, 6 compliant, 1 not applicable.',
      '13 expected = 6 compliant + 5 non-compliant + 1 unknown + 1 not applicable',
      'Waivers hold for 1 resource, 1 non-compliant or unknown; verdicts stay as they are.',
      '2 new, 2 resolved since 2026-11-18.',
      'Since 2026-11-17, 3 bad days in a row.',
      'Failed, non-compliant, since 2026-11-07, 12 bad days in a row; accepted until 2026-12-31 (42 days after the report day), CHG-1234, approved by ciso@example.com: decommissioned at the end of the year',
      'Look in the console how the attempt ended.',
      'Left the population after 4 bad days since 2026-11-14: It was terminated.',
      'Compliant after 1 bad day since 2026-11-18: A backup succeeded at 2026-11-19 02:10 EST.',
      '1 waiver expires soon or has expired',
      'Waiver expired: The waiver CHG-1100 expired on 2026-11-16',
      '49 read = 40 used + 4 duplicate + 2 outside + 2 ignored + 1 rejected',
      '2026-11-18 02:12 EST, 45 h 48 min before the cut-off',
      'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE, backup failure, open since 2026-11-19 04:16 EST',
      '<script>alert("name")</script>',
      'no owner named',
      '1 event type is not in the catalogue of this version.',
      '1 resource is not in the inventory.',
      location,
      'report.xlsx is not attached',
      'oci-backup-reporter 0.1.0',
    ]) {
      expect(text).toContain(fact);
      expect(shown).toContain(fact);
    }
  });

  it('has the findings of an exception whole, with the rule to copy, and no age beside a success that is gone', async () => {
    const rule = `exclude: [{ match: { resourceId: "${'x'.repeat(300)}" } }]`;
    const gone = { count: 1, newest: '2026-11-16T07:00:00.000Z', oldest: '2026-11-16T07:00:00.000Z' };
    const { text } = await mail(reportOf([failedResource({ findings: [rule], recoveryPoints: gone })]));
    expect(text).toContain(rule);
    expect(text).toContain(
      'deleted or expired since; the newest that is left: 45 h 48 min before the cut-off',
    );
  });

  it('says in both parts that it is a slice, and of what', async () => {
    const { html, text } = await mail(sampleSlice());
    for (const part of [decode(html), text]) {
      expect(part).toContain("Slice 'database team': 8 of 13 resources");
    }
  });

  it('has no section for what there is nothing of', async () => {
    const { text } = await mail(reportOf([good]));
    expect(text).not.toMatch(/Waive|New since|Resolved|Findings|Since|Also/);
  });

  it('tells of waivers before other findings', async () => {
    const { findings } = sampleReport();
    const { text } = await mail(reportOf([good], { findings: findings.toReversed() }));
    const found = ['Waiver matches nothing', 'Waiver expired', 'Policy matches nothing'].map((words) =>
      text.indexOf(words),
    );
    expect(Math.min(...found)).toBeGreaterThan(0);
    expect(Math.max(found[0] ?? 0, found[1] ?? 0)).toBeLessThan(found[2] ?? 0);
  });

  it('lists five lines of each list and counts the others', async () => {
    const { followUp, findings } = sampleReport();
    const [turn] = followUp.newlyBad;
    const [finding] = findings;
    if (turn === undefined || finding === undefined) throw new Error('the sample has both');
    const { text } = await mail(
      reportOf(repeat(12, { ...waived, resourceName: 'WAIVED-ONE' }), {
        followUp: { comparedWith: '2026-11-18', newlyBad: repeat(13, turn), resolved: repeat(14, turn) },
        findings: repeat(15, finding),
      }),
    );
    expect(text.match(/WAIVED-ONE/g)).toHaveLength(5);
    for (const rest of [
      '7 more resources that are accepted for now',
      '8 more new exceptions',
      '9 more resolved resources',
      '10 more waivers',
    ])
      expect(text).toContain(`${rest} are not listed in this mail; the report has them all.`);
  });

  it('lets no name write markup, turn the line or break it', async () => {
    const { html, text } = await mail(
      reportOf([
        failedResource({ resourceName: 'a\u202Eb\r\n\u001b[2J<a href="x">', owner: '</td><script>' }),
        failedResource({ resourceName: '{{label}} {{{__proto__}}}' }),
      ]),
    );
    expect(html).not.toMatch(/<script|<a href="x"|\u202e/i);
    expect(html).toContain('a[U+202E]b␍␊␛[2J&lt;a href&#x3D;&quot;x&quot;&gt;');
    expect(decode(html)).toContain('{{label}} {{{__proto__}}}');
    expect(text).toContain('* a[U+202E]b␍␊␛[2J<a href="x">\n');
    expect(text).toContain('* {{label}} {{{__proto__}}}\n');
    expect(text).not.toMatch(/[^\n\P{Cc}]/u);
  });

  it('links only to an https address', async () => {
    expect((await mail(sampleReport())).html).toContain(`<a href="${location}"`);
    for (const place of [
      '/srv/reports/report.html',
      'javascript:alert(1)',
      'https://x.example/\u202e',
      'http://x y',
    ]) {
      const { html } = await mail(sampleReport(), { location: place });
      const addresses = [...html.matchAll(/href="([^"]*)/g)].map(([, address = '']) => address);
      expect(addresses.filter((each) => !each.startsWith('https://cloud.oracle.com/'))).toEqual([]);
      expect(html).not.toContain('Open the report');
    }
  });

  it('says whether the workbook is attached', async () => {
    const { html, text } = await mail(sampleReport(), { attached: true });
    expect(html).toContain('report.xlsx is attached');
    expect(text).toContain('report.xlsx is attached');
  });

  it('lists the worst and counts the others', async () => {
    const bad = causesOf(250).map((cause, i) => failedResource({ ...cause, resourceName: `BAD-${i}.` }));
    const { html, text } = await mail(reportOf(bad));
    for (const part of [html.slice(html.indexOf('<table')), text]) {
      expect(part.match(/BAD-\d+\./g)).toHaveLength(mailExceptionCap);
      expect(part).toContain('BAD-0.');
      expect(part).toContain('210 more exceptions are not listed in this mail; the report has them all.');
    }
  });

  it('stays under 90 KB when every text is as long and as hostile as can be', async () => {
    const worst = `${'"'.repeat(100)}${'\u202e'.repeat(isWholeBreadth ? 40_000 : 8_000)}`;
    const reasons = Array.from({ length: 500 }, () => worst);
    const control = {
      verdict: 'NON_COMPLIANT',
      reason: worst,
      measured: worst,
      threshold: worst,
      demandedBy: worst,
    } as const;
    const bad = causesOf(300).map((cause) => {
      const resource = failedResource({
        resourceName: worst,
        resourceType: worst,
        compartmentName: worst,
        owner: worst,
        lastFailure: { time: worst, message: `${cause.lastFailure.message} ${worst}` },
        lastSuccessTime: worst,
        findings: reasons,
        openIncident: { condition: worst, since: worst },
        badSince: worst,
      });
      return {
        ...resource,
        controls: { ...resource.controls, 'recovery-point-age': control, duration: control },
      };
    });
    const base = sampleReport();
    const incident = base.incidents[0];
    if (incident === undefined) throw new Error('the sample has an incident');
    const worstTurn = {
      resourceId: worst,
      resourceType: worst,
      resourceName: worst,
      owner: worst,
      outcome: null,
      compliance: null,
      badSince: worst,
      badDays: 2,
      words: worst,
    };
    const worstWaiver = { ...sampleWaiver, reason: worst, ticket: worst, approvedBy: worst, expires: worst };
    const worstWaived = repeat(50, { ...failedResource({ resourceName: worst }), waiver: worstWaiver });
    const report = reportOf([...bad, ...worstWaived], {
      ...incompleteParts(),
      slice: { name: worst, resources: 1, ofResources: 2 },
      followUp: {
        comparedWith: worst,
        newlyBad: repeat(50, worstTurn),
        resolved: repeat(50, worstTurn),
      },
      findings: repeat(50, { kind: 'memory', subject: worst, words: worst }),
      plan: worst,
      statusReasons: reasons,
      tool: { name: worst, version: worst },
      incidents: Array.from({ length: 99 }, () => ({
        ...incident,
        resourceName: worst,
        condition: worst,
        openedAt: worst,
      })),
    });
    const { html, text } = await mail(report, { location: worst });
    expect(Buffer.byteLength(html)).toBeLessThan(90_000);
    expect(html).toContain('What to do:');
    expect(html).toMatch(/\d+ more exceptions are not listed in this mail/);
    expect(text).toMatch(/\d+ more exceptions are not listed in this mail/);
    expect(html).toContain('490 more reasons are not listed in this mail');
    expect(html).toMatch(/\d+ more open incidents are not listed in this mail/);
  });

  it('says that nothing was seen, with nothing green', async () => {
    const { html, text } = await mail(reportOf([]));
    expect(text).toContain('None could be found, because nothing was seen.');
    expect(html).toContain('Nothing was seen');
    expect(html.slice(html.indexOf('<body'))).not.toMatch(/#17693d|#14683a|#e2f3e9/);
  });

  it('is green when everything was seen and nothing is wrong', async () => {
    const { html, text } = await mail(reportOf([good]));
    expect(html).toContain('border-top:5px solid #17693d');
    expect(text).toContain('=== Exceptions (0) ===\nNone.\n');
  });
});

/** Failures that each have a cause of their own, so that none are told together. */
function causesOf(number: number) {
  return Array.from({ length: number }, (_, index) => ({
    lastFailure: { time: '2026-11-19T09:15:00.000Z', message: `ORA-${60_000 + index}: reason ${index}` },
  }));
}

function repeat<Item>(times: number, item: Item): readonly Item[] {
  return Array.from({ length: times }, () => item);
}

function decode(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x3D;', '=')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#123;', '{')
    .replaceAll('&amp;', '&');
}
