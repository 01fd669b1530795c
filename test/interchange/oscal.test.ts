import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InterchangeDay } from '../../src/interchange/interchange-day.js';
import { type OscalRequest, assessmentResults } from '../../src/interchange/oscal/assessment-results.js';
import type { OscalFinding, Result } from '../../src/interchange/oscal/types.js';
import type { Framework } from '../../src/reports/backup-compliance/model/framework.js';
import { controlNames } from '../../src/reports/backup-compliance/model/verdict.js';
import {
  anyDays,
  askedDays,
  committedSchema,
  complaintsOf,
  missingDay,
  publishedOscal,
  reportedDay,
  resourceWith,
  streamed,
  textOf,
} from '../support/interchange-days.js';
import { incompleteParts, reportOf, sampleReport } from '../support/sample-report.js';

interface Document {
  readonly 'assessment-results': {
    readonly uuid: string;
    readonly metadata: { readonly 'last-modified': string };
    readonly 'import-ap': { readonly href: string };
    readonly 'back-matter'?: { readonly resources: readonly { readonly uuid: string }[] };
    readonly results: readonly Result[];
  };
}

const committed = await committedSchema('oscal-assessment-results');
const published = await publishedOscal();

const request: OscalRequest = {
  plan: 'daily-backup',
  from: '2026-11-01',
  to: '2026-11-06',
  assessmentPlan: null,
};

function written(days: readonly InterchangeDay[], asked = request): Promise<string> {
  return textOf(assessmentResults(streamed(days), asked));
}

async function documentOf(days: readonly InterchangeDay[], asked = request): Promise<Document> {
  return JSON.parse(await written(days, asked));
}

/** Ids of the controls that were reviewed. */
function idsOf(result: Result): readonly string[] {
  return result['reviewed-controls']['control-selections'].flatMap((each) =>
    each['include-controls'].map((control) => control['control-id']),
  );
}

async function onlyResult(day: InterchangeDay): Promise<Result> {
  const [result] = (await documentOf([day]))['assessment-results'].results;
  if (result === undefined) throw new Error('no result');
  return result;
}

function states(findings: readonly OscalFinding[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    findings.map(({ target }) => [target['target-id'], `${target.status.state} ${target.status.reason}`]),
  );
}

const schemas = published === null ? [committed] : [committed, published];

/** By the schema of this project, and by the published one where it is here. */
function faultsOf(document: unknown): readonly string[] {
  return schemas.flatMap((schema) => complaintsOf(schema, document));
}

const sp80053: Framework = {
  id: 'sp800-53',
  title: 'NIST SP 800-53 Revision 5',
  clauses: [
    {
      clause: 'CP-9',
      supports: [
        { by: 'backup-succeeded', checked: true, note: null },
        { by: 'recovery-point-age', checked: true, note: null },
      ],
    },
    { clause: 'CP-9(1)', supports: [{ by: 'restore-tested', checked: false, note: null }] },
    { clause: 'AU-9', supports: [{ by: 'archive', checked: false, note: null }] },
  ],
};

describe('OSCAL assessment results', () => {
  it('is valid for a report with every kind of resource and hostile names', async () => {
    const days = [
      reportedDay(0, sampleReport({ frameworks: [sp80053] })),
      reportedDay(1, reportOf([])),
      missingDay(2),
      reportedDay(3, sampleReport(incompleteParts())),
    ];
    expect(faultsOf(await documentOf(days))).toEqual([]);
  });

  it('is not valid with an empty list, a time without a zone or an unknown field', async () => {
    const document = await documentOf([reportedDay(0, sampleReport())]);
    const [result] = document['assessment-results'].results;
    for (const spoiled of [{ observations: [] }, { start: '2026-11-01T00:00:00' }, { verdict: 'good' }]) {
      const results = [{ ...result, ...spoiled }];
      const whole = { 'assessment-results': { ...document['assessment-results'], results } };
      const refusing = schemas.filter((schema) => complaintsOf(schema, whole).length > 0);
      expect(refusing).toEqual(schemas);
    }
  });

  it('counts what the report counts, and never satisfies what is not known', async () => {
    await fc.assert(
      fc.asyncProperty(anyDays, async (days) => {
        const document = await documentOf(days);
        expect(faultsOf(document)).toEqual([]);
        const { results } = document['assessment-results'];
        expect(results).toHaveLength(days.length);
        for (const [at, day] of days.entries()) {
          const result = results[at];
          if (result === undefined) throw new Error('no result');
          expect(danglingOf(result)).toEqual([]);
          expect(saidBy(result)).toEqual(expectedOf(day));
        }
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['all met', ['COMPLIANT', 'COMPLIANT'], 'COMPLETE', 'satisfied pass'],
    ['one unknown', ['COMPLIANT', 'UNKNOWN'], 'COMPLETE', 'not-satisfied other'],
    ['one failed', ['UNKNOWN', 'NON_COMPLIANT'], 'COMPLETE', 'not-satisfied fail'],
    ['all met, but INCOMPLETE', ['COMPLIANT', 'COMPLIANT'], 'INCOMPLETE', 'not-satisfied other'],
    ['nothing demanded', ['NOT_APPLICABLE', 'NOT_APPLICABLE'], 'COMPLETE', undefined],
  ] as const)('finds a control where %s', async (_name, given, status, expected) => {
    const resources = given.map((verdict, at) => resourceWith(`DB${at}`, { retention: verdict }));
    const { findings } = await onlyResult(reportedDay(0, reportOf(resources, { status })));
    expect(states(findings)['retention']).toBe(expected);
  });

  it('leaves what is waived not satisfied, with a remark', async () => {
    const waived = resourceWith('LEGACY', { retention: 'NON_COMPLIANT' }, true);
    const { findings, observations } = await onlyResult(reportedDay(0, reportOf([waived])));
    const finding = findings.find(({ target }) => target['target-id'] === 'retention');
    expect(finding?.target.status.state).toBe('not-satisfied');
    expect(finding?.remarks).toBe('Waivers hold for 1 of 1; they change no verdict.');
    expect(observations[1]?.remarks).toMatch(/^A waiver holds until 2026-12-31/);
  });

  it('says of a day without a report that nothing is satisfied, and why', async () => {
    const { findings, title, start, end } = await onlyResult(missingDay(2));
    expect(title).toBe('Backups of daily-backup on 2026-11-03: no report');
    expect([start, end]).toEqual(['2026-11-03T00:00:00.000Z', '2026-11-04T00:00:00.000Z']);
    expect(findings.map(({ target }) => target['target-id'])).toEqual(['backup-compliance', ...controlNames]);
    for (const { target } of findings) {
      expect(target.status).toEqual({
        state: 'not-satisfied',
        reason: 'other',
        remarks: 'The archive has no report of this day.',
      });
    }
  });

  it('names controls of SP 800-53 that a verdict supports, else its own', async () => {
    const resources = [
      resourceWith('DB', { 'backup-succeeded': 'COMPLIANT', 'recovery-point-age': 'UNKNOWN' }),
    ];
    const plain = await onlyResult(reportedDay(0, reportOf(resources)));
    const mapped = await onlyResult(reportedDay(0, reportOf(resources, { frameworks: [sp80053] })));
    expect(idsOf(plain)).toEqual(controlNames);
    expect(idsOf(mapped)).toEqual(['cp-9', 'cp-9.1']);
    // Nothing is demanded of restores: cp-9.1 has no finding; the archive has no verdict: au-9 is not there.
    expect(states(mapped.findings)).toMatchObject({ 'cp-9_smt': 'not-satisfied other' });
    expect(Object.keys(states(mapped.findings)).filter((id) => /^(cp|au)-/.test(id))).toEqual(['cp-9_smt']);
    expect(mapped.findings.at(-1)?.remarks).toContain('it does not assess all of it');
  });

  it('has the same bytes for the same days, and other identifiers for another revision', async () => {
    const day = reportedDay(0, sampleReport());
    expect(await written([day])).toBe(await written([day]));
    const revised = { ...day, revision: 2, manifestSha256: 'f'.repeat(64) };
    const [a, b] = [await onlyResult(day), await onlyResult(revised)];
    expect(a.uuid).not.toBe(b.uuid);
    expect(a.findings[1]?.uuid).not.toBe(b.findings[1]?.uuid);
    // A resource is the same on every day.
    expect(a['local-definitions']).toEqual(b['local-definitions']);
  });

  it('imports the assessment plan that is given, else its own resource', async () => {
    const days = [reportedDay(0, reportOf([]))];
    const own = (await documentOf(days))['assessment-results'];
    expect(own['import-ap'].href).toBe(`#${own['back-matter']?.resources[0]?.uuid}`);
    const given = await documentOf(days, { ...request, assessmentPlan: 'https://example.com/ap.json' });
    expect(given['assessment-results']['import-ap'].href).toBe('https://example.com/ap.json');
    expect(faultsOf(given)).toEqual([]);
  });

  it('writes each day before it asks for the next', async () => {
    const days = [0, 1, 2].map((number) => reportedDay(number, reportOf([])));
    const counts = await askedDays((each) => assessmentResults(each, request), days);
    expect(counts).toEqual([0, 1, 2, 3, 3]);
  });

  it('was last changed when the newest of its reports was made', async () => {
    const { metadata } = (
      await documentOf([
        reportedDay(0, reportOf([], { generatedAt: '2026-12-05T01:00:00.000Z' })),
        reportedDay(1, reportOf([], { generatedAt: '2026-11-03T01:00:00.000Z' })),
      ])
    )['assessment-results'];
    expect(metadata['last-modified']).toBe('2026-12-05T01:00:00.000Z');
  });
});

/** Identifiers that are referred to and are not there, or there twice. */
function danglingOf({ observations, findings, ...result }: Result): readonly string[] {
  const there = [
    ...observations.map(({ uuid }) => uuid),
    ...(result['local-definitions']?.['inventory-items'] ?? []).map(({ uuid }) => uuid),
  ];
  const related = findings
    .flatMap((each) => each['related-observations'])
    .map((each) => each['observation-uuid']);
  const subjects = observations.flatMap((each) => each.subjects ?? []).map((each) => each['subject-uuid']);
  return [
    ...[...related, ...subjects].filter((uuid) => !there.includes(uuid)),
    ...there.filter((uuid, at) => there.indexOf(uuid) !== at),
  ];
}

/** What a result says, in the numbers of a report. */
function saidBy({ observations, findings }: Result) {
  return {
    observedResources: observations.length - 1,
    findings: Object.fromEntries(
      findings.map(({ target, props = [] }) => {
        const counts = Object.fromEntries(props.map(({ name, value }) => [name, Number(value)]));
        return [target['target-id'], { state: target.status.state, ...counts }];
      }),
    ),
  };
}

/** The same from the report's own totals. */
function expectedOf(day: InterchangeDay): ReturnType<typeof saidBy> {
  if (day.state !== 'reported') {
    const ids = ['backup-compliance', ...controlNames];
    return {
      observedResources: 0,
      findings: Object.fromEntries(ids.map((id) => [id, { state: 'not-satisfied' }])),
    };
  }
  const { totals, controls, status } = day.report;
  const stateFor = (isMet: boolean) => (status === 'COMPLETE' && isMet ? 'satisfied' : 'not-satisfied');
  const bad = totals.nonCompliant + totals.unknown;
  const demanded = controls.filter(
    ({ byVerdict }) => byVerdict.COMPLIANT + byVerdict.NON_COMPLIANT + byVerdict.UNKNOWN > 0,
  );
  return {
    observedResources: bad,
    findings: {
      'backup-compliance': { state: stateFor(bad === 0 && totals.compliant > 0) },
      ...Object.fromEntries(
        demanded.map(({ control, byVerdict }) => [
          control,
          {
            state: stateFor(byVerdict.NON_COMPLIANT + byVerdict.UNKNOWN === 0),
            compliant: byVerdict.COMPLIANT,
            'non-compliant': byVerdict.NON_COMPLIANT,
            unknown: byVerdict.UNKNOWN,
            'not-applicable': byVerdict.NOT_APPLICABLE,
          },
        ]),
      ),
    },
  };
}
