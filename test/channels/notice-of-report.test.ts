import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWebhookChannel } from '../../src/channels/webhook/webhook-channel.js';
import { type DeliveryPlan, type DeliveryPorts } from '../../src/day/delivery/delivery-context.js';
import { deliverReport } from '../../src/day/delivery/deliver-report.js';
import type { Superseding } from '../../src/model/manifest.js';
import { type Theme, openTheme } from '../../src/renderers/theme.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { ResourceCompliance } from '../../src/reports/backup-compliance/model/resource-compliance.js';
import { backupMail } from '../support/backup-renderers.js';
import { commitDay } from '../support/committed-day.js';
import { deliveredKind } from '../support/delivered-kind.js';
import { HttpListener } from '../support/http-listener.js';
import { english, languageOf } from '../support/judge-day.js';
import { type MemoryArchive, createMemoryArchive } from '../support/memory-archive.js';
import {
  failedResource,
  hostileNames,
  incompleteParts,
  reportOf as firstReportOf,
  sampleReport,
  sampleResource,
  sampleWaiver,
} from '../support/sample-report.js';
import { type SleeplessClock, sleeplessClock } from '../support/sleepless-clock.js';
import { englishTheme, makeTheme } from '../support/theme.js';

type Format = 'json' | 'slack' | 'teams';

const orders = failedResource({ resourceName: 'ORDERS', resourceId: 'ocid1.database.oc1.iad.orders' });
const fine = sampleResource({ resourceName: 'PAYROLL' });
const command =
  'oci db backup create --database-id ocid1.database.oc1.iad.orders --display-name manual-backup --region us-ashburn-1';
const console = 'https://cloud.oracle.com/search?q=ocid1.database.oc1.iad.orders&region=us-ashburn-1';
const many = Array.from({ length: 3000 }, (_, at) => failedResource({ resourceName: `DB${at}` }));

/** One that goes on from another: there is nothing that it cannot know. */
const reportOf = (resources: readonly ResourceCompliance[], over: Partial<DailyReport> = {}): DailyReport =>
  firstReportOf(resources, { previousReport: sampleReport().previousReport, ...over });

describe('what goes over the wire about a report', () => {
  let listener: HttpListener;
  let archive: MemoryArchive;
  let clock: SleeplessClock;

  beforeEach(async () => {
    listener = await HttpListener.start();
    archive = createMemoryArchive();
    clock = sleeplessClock(Date.parse('2026-11-20T06:00:00.000Z'));
  });

  afterEach(() => listener.close());

  /** The body that a channel of a plan posts for a revision. */
  async function posted(
    format: Format,
    report: DailyReport,
    {
      theme = englishTheme,
      revision = 1,
      supersedes = null,
      ...over
    }: Partial<DeliveryPlan<DailyReport>> & {
      theme?: Theme;
      revision?: number;
      supersedes?: Superseding | null;
    } = {},
  ): Promise<string> {
    const channel = createWebhookChannel({
      name: 'ops',
      when: over.name === 'trouble' ? 'trouble' : 'always',
      url: `http://${listener.host}/hook`,
      format,
      timeoutMs: 60_000,
    });
    const log = { info: () => undefined, warn: () => undefined };
    const ports: DeliveryPorts<DailyReport> = {
      mailer: null,
      mailRenderer: backupMail(theme),
      channels: [channel],
      archive,
      clock,
      log,
    };
    const prefix = await commitDay(archive, report, { revision, workbooks: [] });
    const plan = { kind: deliveredKind(), language: english, mail: null, ...over, name: 'daily-backup' };
    const delivered = { report, revision, prefix, supersedes, workbook: null, parts: [] };
    clock.advance(1000);
    await deliverReport(plan, delivered, ports);
    return listener.heard.at(-1)?.body ?? '';
  }

  async function slackParagraphs(
    report: DailyReport,
    over: Parameters<typeof posted>[2] = {},
  ): Promise<readonly string[][]> {
    return slackTexts(await posted('slack', report, over)).map(({ text }) => text.split('\n'));
  }

  /** Every text that a person reads in Slack: each with its type. */
  function slackTexts(body: string): readonly { readonly type: string; readonly text: string }[] {
    const { blocks } = JSON.parse(body) as { blocks: { text?: SlackText; elements?: SlackText[] }[] };
    return blocks.flatMap(({ text, elements = [] }) => [...(text ? [text] : []), ...elements]);
  }
  type SlackText = { readonly type: string; readonly text: string };

  it('names the resource that failed, why, its owner and what to do, and not the workbook or the path twice', async () => {
    const body = await posted('slack', reportOf([orders, fine]));
    expect(slackTexts(body).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^\[NON-COMPLIANT\] .*2026-11-19/),
      'daily-backup, 2026-11-19, revision 1',
      [
        'ORDERS failed: recovery area full.',
        'Codes: RMAN-03009, ORA-19809',
        'Owner: dba-oncall@example.com',
        'What to do: Free or enlarge the fast recovery area, then start a backup.',
        `Command: ${command}`,
        `Console: ${console.replace('&', '&amp;')}`,
      ].join('\n'),
      'memory:daily-backup/2026/11/19/r1/report.html',
    ]);
    expect(body).not.toMatch(/workbook|attached/i);
    expect(body.match(/report\.html/g)).toHaveLength(1);
  });

  it('gives programs the findings, worst first, with cause, owner and advice', async () => {
    const waived = failedResource({ resourceName: 'OLD', waiver: sampleWaiver });
    const report = reportOf([orders, ...many.slice(0, 20), waived, fine], { ...incompleteParts() });
    const document = JSON.parse(await posted('json', report)) as {
      findings: unknown[];
      statusReasons: unknown;
    };
    expect(document).toMatchObject({ schemaVersion: 1, exceptions: 21, statusReasons: report.statusReasons });
    expect(document.findings).toHaveLength(10);
    expect(document.findings[0]).toEqual({
      resourceId: 'ocid1.database.oc1.iad.orders',
      name: 'ORDERS',
      type: 'database',
      outcome: 'FAILED',
      compliance: 'NON_COMPLIANT',
      cause: { id: 'recovery-area-full', name: 'recovery area full', codes: ['RMAN-03009', 'ORA-19809'] },
      owner: 'dba-oncall@example.com',
      advice: 'Free or enlarge the fast recovery area, then start a backup.',
      console,
    });
  });

  it.each<Format>(['slack', 'teams'])(
    'says 3,000 exceptions of one cause in one paragraph of %s',
    async (format) => {
      const missed = sampleResource({
        resourceName: 'X',
        outcome: 'MISSED',
        compliance: 'NON_COMPLIANT',
        owner: null,
      });
      const body = await posted(format, reportOf([...many, missed]));
      expect(body).toContain('3,000 resources failed: recovery area full.');
      expect(body).toContain('These are DB0, DB1, DB2 and 2,997 others.');
      expect(body).toContain('X: no backup was started.');
      expect(body).toContain('Owner: nobody is named');
      expect(body.match(/What to do: /g)).toHaveLength(2);
      expect(Buffer.byteLength(body)).toBeLessThan(4000);
    },
  );

  it('counts what it does not name: other causes, and what is accepted for now', async () => {
    const causes = [
      'ORA-15041',
      'ORA-28365',
      'ORA-01017',
      'LimitExceeded',
      'ORA-00600',
      'ORA-01034',
      'ORA-19602',
    ];
    const resources = causes.map((message, at) =>
      failedResource({ resourceName: `N${at}`, lastFailure: { time: '2026-11-19T09:15:00.000Z', message } }),
    );
    const waived = failedResource({ resourceName: 'OLD', waiver: sampleWaiver });
    const texts = slackTexts(await posted('slack', reportOf([...resources, waived]))).map(({ text }) => text);
    expect(texts.at(-2)).toBe(
      '2 more resources need attention: the report has all.\n1 exception is accepted for now.',
    );
    expect(texts.join('\n')).not.toMatch(/N5|N6|OLD/);
  });

  it('says why a report is INCOMPLETE', async () => {
    const statusReasons = ['One.', 'Two.', 'Three.', 'Four.', 'Five.'];
    const body = await posted('teams', reportOf([fine], { ...incompleteParts(), statusReasons }));
    const lines = [...body.matchAll(/"text":"([^"]*)"/g)].map(([, text]) => text);
    expect(lines.slice(3, 8)).toEqual([
      'INCOMPLETE: the report does not know everything.',
      '- One.',
      '- Two.',
      '- Three.',
      '- 2 more reasons',
    ]);
  });

  it('says what it cannot know, that nothing is wrong, and what it replaces', async () => {
    expect((await slackParagraphs(reportOf([fine])))[1]).toEqual([
      'daily-backup, 2026-11-19, revision 1',
      expect.stringContaining('The one resource is compliant.'),
    ]);
    const supersedes = {
      revision: 2,
      manifestSha256: '',
      reason: 'Events came late.',
      changes: [],
      changesTotal: 0,
    };
    const [, lines] = await slackParagraphs(firstReportOf([orders]), { revision: 3, supersedes });
    expect(lines).toEqual([
      'daily-backup, 2026-11-19, revision 3',
      'Replaces revision 2: Events came late.',
      expect.stringMatching(/^Cold start: /),
    ]);
  });

  it('speaks German', async () => {
    const theme = await makeTheme('de');
    const body = await posted('slack', reportOf([orders, fine]), { theme, language: await languageOf('de') });
    expect(body).toContain('ORDERS fehlgeschlagen: Recovery Area voll.');
    expect(body).toContain('Verantwortlich: dba-oncall@example.com');
    expect(body).toContain('Was zu tun ist: ');
  });

  it.each([
    ['*x*', '*x*'],
    ['_y_', '_y_'],
    ['~z~ `code`', '~z~ `code`'],
    ['<!channel>', '&lt;!channel&gt;'],
    ['<https://evil.example|click>', '&lt;https://evil.example|click&gt;'],
    [':fire:', ':fire:'],
    ['> quoted', '&gt; quoted'],
  ])('gives the name %s no format in Slack', async (resourceName, shown) => {
    const message = `${resourceName} is odd`;
    const lastFailure = { time: '2026-11-19T09:15:00.000Z', message };
    const named = failedResource({ resourceName, owner: resourceName, lastFailure });
    const texts = slackTexts(await posted('slack', reportOf([named])));
    expect(texts.map(({ type }) => type)).toEqual(['plain_text', 'plain_text', 'plain_text', 'plain_text']);
    expect(texts[2]?.text).toContain(`${shown} failed: ${shown} is odd.`);
    expect(texts[2]?.text).toContain(`Owner: ${shown}`);
  });

  it.each<[Format, number]>([
    ['slack', 40_000],
    ['teams', 28_000],
    ['json', 100_000],
  ])('keeps to the limits of %s, whatever names and messages are', async (format, bytes) => {
    const resources = Object.values(hostileNames).flatMap((name) =>
      ['a', 'b', 'c'].map((end) =>
        failedResource({
          resourceName: `${end}${name}`,
          resourceId: `${end}${name}`,
          owner: `${name}${end}`,
          lastFailure: { time: '2026-11-19T09:15:00.000Z', message: `${'\u{1f4be}'.repeat(3000)}${name}` },
        }),
      ),
    );
    const statusReasons = Array.from({ length: 400 }, () => '\u{1f4be}'.repeat(5000));
    const report = reportOf(resources as ResourceCompliance[], { ...incompleteParts(), statusReasons });
    const body = await posted(format, report);
    expect(Buffer.byteLength(body)).toBeLessThan(bytes);
    expect(body).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|\\u0000|\\u001b|\\ud800/i);
    if (format !== 'slack') return;
    const { blocks } = JSON.parse(body) as { blocks: unknown[] };
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const { text } of slackTexts(body)) expect(text.length).toBeLessThanOrEqual(3000);
  });

  it.each<[Format, RegExp]>([
    [
      'slack',
      /"type":"mrkdwn","text":"<https:\/\/reports\.example\.com\/b\/daily-backup\/2026\/11\/19\/r1\/report\.html>"/,
    ],
    [
      'teams',
      /"Action\.OpenUrl","url":"https:\/\/reports\.example\.com\/b\/daily-backup\/2026\/11\/19\/r1\/report\.html"/,
    ],
    ['json', /"location":"https:\/\/reports\.example\.com\/b\/daily-backup\/2026\/11\/19\/r1\/report\.html"/],
  ])('links to the report in %s where the plan says where a browser finds it', async (format, link) => {
    const body = await posted(format, reportOf([orders]), { publicUrl: 'https://reports.example.com/b' });
    expect(body).toMatch(link);
    expect(body).not.toContain('memory:');
  });

  it('has no link to a console that the plan does not want', async () => {
    const theme = openTheme({ ...englishTheme.data, consoleUrl: null });
    expect(await posted('json', reportOf([orders]), { theme })).toContain('"console":null');
    expect(await posted('slack', reportOf([orders]), { theme, revision: 2 })).not.toContain(
      'cloud.oracle.com',
    );
  });

  it('says in an all clear what is good again', async () => {
    const good = reportOf([sampleResource({ resourceName: 'ORDERS', resourceId: orders.resourceId }), fine]);
    await posted('slack', reportOf([orders, fine], { ...incompleteParts() }), { name: 'trouble' });
    const body = await posted('slack', good, { name: 'trouble', revision: 2 });
    const texts = slackTexts(body).map(({ text }) => text);
    expect(texts[0]).toMatch(/^All clear: /);
    expect(texts.slice(1, 3)).toEqual([
      'Trouble had been reported for 2026-11-19 (revision 1). It stands no more.',
      'Good again: ORDERS.\nThe report is complete again.',
    ]);
  });
});
