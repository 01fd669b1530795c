import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { type ParsedMail, simpleParser } from 'mailparser';
import { run } from '../../../../src/cli/run.js';
import type { Manifest } from '../../../../src/model/manifest.js';
import type { Renderer } from '../../../../src/ports/renderer.js';
import {
  routeResources,
  sliceReport,
} from '../../../../src/reports/backup-compliance/document/slice-report.js';
import type {
  DailyReport,
  ReportTotals,
} from '../../../../src/reports/backup-compliance/model/daily-report.js';
import type { RecipientRule } from '../../../../src/reports/backup-compliance/model/policy.js';
import { noRules, openRuleBook } from '../../../../src/reports/backup-compliance/rules/rule-book.js';
import { wirePlan } from '../../../../src/wiring/wire-plan.js';
import { type CliResult, Project, defaultConfiguration, jsonOf, ndjson } from '../../../support/cli.js';
import { type JudgedReport, fixedInventory, judge } from '../../../support/judge-day.js';
import { backupOf, databaseNamed } from '../../../support/named-databases.js';
import { conditionEvent, databaseEvent } from '../../../support/raw-event.js';
import { policyRule, waiverRule } from '../../../support/rules.js';
import { captured } from '../../../support/run-here.js';
import { themeHere } from '../../../support/theme-here.js';

const today = '2026-11-19';

const team: RecipientRule = {
  name: 'Database Team',
  match: { name: ['DB_*'] },
  to: ['dba@example.com', 'lead@example.com'],
};
const owners: RecipientRule = { name: 'owners', match: { owner: ['*'] }, to: 'owner' };

/** Two of the team, two of ann, one of bob, one of somebody without an address, one of nobody. */
const estate = [
  databaseNamed('DB_1', { owner: 'ann@example.com' }),
  databaseNamed('DB_2'),
  databaseNamed('ANN_1', { owner: 'ann@example.com' }),
  databaseNamed('ANN_2', { owner: 'ann@example.com' }),
  databaseNamed('BOB_1', { owner: 'bob@example.com' }),
  databaseNamed('ROOM_1', { owner: 'room 12' }),
  databaseNamed('NOBODY_1'),
];
const events = [
  backupOf('DB_1'),
  backupOf('ANN_1', { state: 'FAILED' }),
  backupOf('BOB_1'),
  backupOf('NOBODY_1'),
];

/** What a slice leaves out where it is not its own: an incident, and an attempt that runs. */
const sideEvents = [
  conditionEvent('critical', 'A.BACKUP_FAILURE', `${today}T05:00:00Z`),
  databaseEvent('begin', `${today}T23:50:00Z`, {
    details: { databaseId: 'ocid1.database.oc1.iad.bob_1', dbUniqueName: 'BOB_1' },
  }),
];

function judgedFor(recipients: readonly RecipientRule[]): Promise<JudgedReport> {
  return judge([...events, ...sideEvents], today, {
    rules: { recipients, waivers: [waiverRule({ match: { name: ['ANN_2'] } })], policies: [policyRule()] },
    inventory: fixedInventory(estate),
  });
}

/** The slices of a judged report by name. */
function slicesOf(
  { report, jobs }: JudgedReport,
  recipients: readonly RecipientRule[],
): Map<string, DailyReport> {
  const { slices } = routeResources(report.resources, openRuleBook({ ...noRules, recipients }));
  return new Map(
    slices.map((slice) => [
      slice.name,
      sliceReport(
        report,
        slice,
        jobs.filter(({ resourceId }) => slice.resourceIds.has(resourceId)),
      ),
    ]),
  );
}

function namesIn(report: DailyReport | undefined): string[] {
  return (report?.resources ?? []).map(({ resourceName }) => resourceName).sort();
}

describe('recipients', () => {
  it('by team have the resources that match, in one slice', async () => {
    const judged = await judgedFor([team]);
    const slices = slicesOf(judged, [team]);
    expect([...slices.keys()]).toEqual(['Database Team']);
    expect(namesIn(slices.get('Database Team'))).toEqual(['DB_1', 'DB_2']);
    expect(judged.report.routing).toEqual({
      slices: [{ name: 'Database Team', resources: 2 }],
      unrouted: 5,
    });
  });

  it('by owner have one slice each, where the owner is a mail address', async () => {
    const judged = await judgedFor([owners]);
    const slices = slicesOf(judged, [owners]);
    expect([...slices].map(([name, slice]) => [name, namesIn(slice)])).toEqual([
      ['ann@example.com', ['ANN_1', 'ANN_2', 'DB_1']],
      ['bob@example.com', ['BOB_1']],
    ]);
    expect(judged.report.routing?.unrouted).toBe(3);
  });

  it('of the first rule that matches have the resource, and no others', async () => {
    const judged = await judgedFor([team, owners]);
    expect(judged.report.routing).toEqual({
      slices: [
        { name: 'Database Team', resources: 2 },
        { name: 'ann@example.com', resources: 2 },
        { name: 'bob@example.com', resources: 1 },
      ],
      unrouted: 2,
    });
  });

  it('of a team that has nothing are told so, and the rule is a finding', async () => {
    const nothing = { ...team, name: 'volumes', match: { resourceType: ['volume'] } };
    const judged = await judgedFor([nothing]);
    expect(slicesOf(judged, [nothing]).get('volumes')?.totals.expected).toBe(0);
    expect(judged.report.findings).toContainEqual({
      kind: 'recipients-match-nothing',
      subject: 'volumes',
      words: 'the recipients rule volumes matches no resource (type volume): correct its match or remove it',
    });
  });

  it('that are not configured are no routing at all', async () => {
    expect((await judgedFor([])).report.routing).toBeNull();
  });
});

describe('a slice', () => {
  let judged: JudgedReport;
  let slice: DailyReport;

  beforeAll(async () => {
    judged = await judgedFor([owners]);
    const ann = slicesOf(judged, [owners]).get('ann@example.com');
    if (ann === undefined) throw new Error('ann has no slice');
    slice = ann;
  });

  it('says that it is one, and of how much', () => {
    expect(judged.report.slice).toBeNull();
    expect(slice.slice).toEqual({ name: 'ann@example.com', resources: 3, ofResources: 7 });
  });

  it('has its own totals, controls, jobs and waivers', () => {
    expect(slice.totals).toMatchObject({
      expected: 3,
      compliant: 1,
      nonCompliant: 2,
      waived: 1,
      waivedBad: 1,
    });
    expect(slice.jobTotals).toMatchObject({ total: 2, byStatus: { SUCCEEDED: 1, FAILED: 1 } });
    const { date } = slice.reportDay;
    expect(slice.trend).toMatchObject([{ date, status: slice.status, totals: slice.totals }]);
    expect(slice.trend[0]?.jobs?.map(({ byStatus }) => byStatus.SUCCEEDED + byStatus.FAILED)).toEqual([2]);
    const verdicts = slice.controls.map(({ byVerdict }) => Object.values(byVerdict).reduce((a, b) => a + b));
    expect(new Set(verdicts)).toEqual(new Set([3]));
    expect(slice.policies.map(({ name, resources }) => [name, resources])).toEqual([
      ['production-databases', 3],
    ]);
    expect(slice.waivers.map(({ resources }) => resources.map(({ resourceName }) => resourceName))).toEqual([
      ['ANN_2'],
    ]);
  });

  it('has nothing of what belongs to others', () => {
    const text = JSON.stringify({ ...slice, sources: [] });
    for (const other of ['BOB_1', 'DB_2', 'NOBODY_1', 'ROOM_1', 'bob@example.com', 'erpprd']) {
      expect(text.toLowerCase()).not.toContain(other.toLowerCase());
    }
  });

  it('has status, sources and control totals of the whole', () => {
    for (const key of [
      'status',
      'statusReasons',
      'sources',
      'controlTotals',
      'reportDay',
      'generatedAt',
    ] as const) {
      expect(slice[key]).toEqual(judged.report[key]);
    }
  });
});

function sumOf(totals: readonly ReportTotals[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const each of totals) {
    const { byOutcome, expected, compliant, nonCompliant, unknown, notApplicable, waived, waivedBad } = each;
    const counts = {
      ...byOutcome,
      expected,
      compliant,
      nonCompliant,
      unknown,
      notApplicable,
      waived,
      waivedBad,
    };
    for (const [name, number] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + number;
  }
  return sum;
}

describe('slices together', () => {
  it('are the whole where everything is routed, count by count', async () => {
    const rest = { ...team, name: 'the rest', match: { name: ['*'] } };
    const recipients = [{ ...owners, match: { owner: ['ann@*', 'bob@*'] } }, rest];
    const judged = await judgedFor(recipients);
    const slices = [...slicesOf(judged, recipients).values()];
    expect(judged.report.routing?.unrouted).toBe(0);
    expect(sumOf(slices.map(({ totals }) => totals))).toEqual(sumOf([judged.report.totals]));
  });

  it('and what nobody gets are the whole, whatever the rules; no resource is in two', async () => {
    const { report } = await judgedFor([]);
    const rule = fc.record({
      name: fc.constantFrom('one', 'two', 'Two!', 'ann@example.com'),
      match: fc.record({ name: fc.array(fc.constantFrom('DB_*', '*_1', 'ANN*', '*'), { minLength: 1 }) }),
      to: fc.constantFrom<RecipientRule['to']>('owner', ['x@example.com']),
    });
    const rules = fc.uniqueArray(rule, { selector: ({ name }) => name, maxLength: 4 });
    fc.assert(
      fc.property(rules, (recipients) => {
        const routing = routeResources(report.resources, openRuleBook({ ...noRules, recipients }));
        const ids = routing.slices.flatMap(({ resourceIds }) => [...resourceIds]);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length + routing.unrouted).toBe(report.totals.expected);
        const slugs = routing.slices.map(({ slug }) => slug);
        expect(new Set(slugs).size).toBe(slugs.length);
      }),
      { numRuns: 200 },
    );
  });
});

const recipientsSection = `inventory: { type: file, path: ./inventory.csv }
recipients:
  - { name: Database Team, match: { name: "DB_*" }, to: [dba@example.com, lead@example.com] }
  - { name: owners, match: { owner: "*" }, to: owner }
`;

const inventory = `resourceId,resourceType,resourceName,owner
${estate.map(({ resourceId, resourceName, owner }) => `${resourceId},database,${resourceName},${owner ?? ''}\n`).join('')}`;

function idOfMail(slug: string): string {
  return `<daily.${today}.r1${slug}@example.com>`;
}

function recipientsOf({ to }: ParsedMail): string[] {
  return [to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));
}

/** `run --json` whose page and workbooks are the names of their resources: each slice has another one. */
function runWithNames(directory: string): Promise<CliResult> {
  const options = {
    config: join(directory, 'backup-report.yaml'),
    date: today,
    json: true,
    logLevel: 'silent',
  };
  return captured((output) =>
    run(options, output, async (loaded, log) => {
      const { ports, ...wired } = await wirePlan(loaded, log, themeHere);
      return { ...wired, ports: { ...ports, renderers: ports.renderers.map(namesOnly) } };
    }),
  );
}

function namesOnly({ name, mediaType }: Renderer): Renderer {
  return {
    name,
    mediaType,
    render: ({ report }, path) => writeFile(path, namesIn(report as DailyReport).join('\n')),
  };
}

describe('mails of a run', () => {
  let made: Project;
  let first: CliResult;
  let again: CliResult;
  /** By Message-ID. */
  const mails = new Map<string, ParsedMail>();

  beforeAll(async () => {
    const files = { 'events/a.ndjson': ndjson(events), 'inventory.csv': inventory };
    process.env['SOURCE_DATE_EPOCH'] = '1795600000';
    made = await Project.create(files, defaultConfiguration + recipientsSection);
    first = await runWithNames(made.directory);
    for (const name of await made.list('outbox')) {
      const mail = await simpleParser(await made.read(`outbox/${name}`));
      mails.set(mail.messageId ?? '', mail);
    }
    again = await runWithNames(made.directory);
  });

  afterAll(() => made.remove());

  const mailOf = (slug: string): ParsedMail => {
    const mail = mails.get(idOfMail(slug));
    if (mail === undefined) throw new Error(`no mail ${idOfMail(slug)} among ${[...mails.keys()].join(' ')}`);
    return mail;
  };

  it('are one for the whole and one for each slice, each with its own Message-ID', () => {
    expect(first.code).toBe(0);
    expect([...mails].map(([id, mail]) => [id, recipientsOf(mail)]).sort()).toEqual([
      [idOfMail('.ann-example-com'), ['ann@example.com']],
      [idOfMail('.bob-example-com'), ['bob@example.com']],
      [idOfMail('.database-team'), ['dba@example.com', 'lead@example.com']],
      [idOfMail(''), ['ops@example.com']],
    ]);
  });

  it('name the slice in the subject', () => {
    expect(mailOf('').subject).not.toMatch(/ann@|Database Team/);
    expect(mailOf('.ann-example-com').subject).toContain('ann@example.com');
    expect(mailOf('.ann-example-com').subject).toMatch(/1 failed.* of 2/);
    expect(mailOf('.database-team').subject).toContain('Database Team');
  });

  it('tell of the slice’s resources only', () => {
    const { text = '', html } = mailOf('.ann-example-com');
    for (const body of [text, String(html)]) {
      expect(body).toContain('ANN_1');
      expect(body).not.toMatch(/BOB_1|DB_2|NOBODY_1/);
    }
    expect(mailOf('').text).toContain('DB_2');
  });

  it('have the slice’s own workbook attached, which stands in the archive and the manifest', async () => {
    const revision = await made.revision(today);
    const inManifest = jsonOf<Manifest>(revision, 'manifest.json').artefacts.map(({ name }) => name);
    const workbooks = ['', '.ann-example-com', '.bob-example-com', '.database-team'].map((slug) => {
      const name = slug === '' ? 'report.xlsx' : `slice-${slug.slice(1)}.xlsx`;
      const archived = revision.get(name) ?? Buffer.alloc(0);
      const [attachment, ...others] = mailOf(slug).attachments.filter(({ related }) => !related);
      expect(others).toEqual([]);
      expect(attachment?.content.equals(archived)).toBe(true);
      expect(inManifest).toContain(name);
      return archived.toString('base64');
    });
    expect(new Set(workbooks).size).toBe(4);
  });

  it('are in the answer of the command', () => {
    const answer: { sliceDeliveries: { name: string; kind: string }[] } = JSON.parse(first.stdout);
    expect(answer.sliceDeliveries.map(({ name, kind }) => [name, kind])).toEqual([
      ['Database Team', 'delivered'],
      ['ann@example.com', 'delivered'],
      ['bob@example.com', 'delivered'],
    ]);
  });

  it('are not sent a second time by a rerun', async () => {
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({
      kind: 'unchanged',
      delivery: { kind: 'already-delivered' },
    });
    expect(await made.list('outbox')).toHaveLength(4);
    expect(await made.list(`reports/daily/${today.replaceAll('-', '/')}`)).toEqual(['r1']);
  });
});
