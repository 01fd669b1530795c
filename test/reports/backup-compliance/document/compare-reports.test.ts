import { describe, expect, it } from 'vitest';
import {
  type ComparableReport,
  compareReports,
  parseComparable,
} from '../../../../src/reports/backup-compliance/document/compare-reports.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { english, languageOf } from '../../../support/judge-day.js';
import { sampleReport } from '../../../support/sample-report.js';

function archived(report: DailyReport): ComparableReport {
  const parsed = parseComparable(Buffer.from(JSON.stringify(report)));
  if (parsed === null) throw new Error('a report can be read back');
  return parsed;
}

const report = sampleReport();
const [first, second] = report.resources;
if (first === undefined || second === undefined) throw new Error('the sample has resources');

function changesFrom(before: DailyReport, now: DailyReport = report, language = english) {
  return compareReports(archived(before), now, language);
}

type IncidentState = 'open' | 'cleared' | null;

const german = await languageOf('de');

const expiredWaiver = (words: string) => ({ kind: 'waiver-expired', subject: 'w', words }) as const;

const withJobs = (total: number, failed: number) => ({
  ...report,
  jobTotals: {
    total,
    byStatus: {
      FAILED: failed,
      UNKNOWN: 0,
      CANCELED: 0,
      IN_PROGRESS: 0,
      SUCCEEDED_WITH_WARNINGS: 0,
      SUCCEEDED: 0,
    },
  },
});

describe('what a later revision says differently', () => {
  it('is never nothing: at least details differ', () => {
    expect(changesFrom(report)).toEqual([
      { kind: 'other', subject: 'details', words: 'what is told apart from the verdicts' },
    ]);
  });

  it('names the resource whose outcome turned, as it was and as it is', () => {
    const was = { ...first, outcome: 'MISSED', compliance: 'UNKNOWN' } as const;
    const now = { ...first, outcome: 'SUCCEEDED', compliance: 'COMPLIANT' } as const;
    const others = report.resources.slice(1);
    expect(
      changesFrom({ ...report, resources: [was, ...others] }, { ...report, resources: [now, ...others] }),
    ).toEqual([
      {
        kind: 'resource',
        subject: first.resourceName,
        words: 'Missed, Unknown → Succeeded, Compliant',
      },
    ]);
  });

  it('names who came and who left, the worst first', () => {
    const good = { ...first, resourceName: 'GOOD', outcome: 'SUCCEEDED', compliance: 'COMPLIANT' } as const;
    const bad = { ...second, resourceName: 'BAD', outcome: 'FAILED', compliance: 'NON_COMPLIANT' } as const;
    const before = { ...report, resources: [good] };
    const now = { ...report, resources: [bad] };
    expect(changesFrom(before, now)).toEqual([
      {
        kind: 'resource',
        subject: 'BAD',
        words: 'not in the earlier revision; Failed, Non-compliant in this one',
      },
      { kind: 'resource', subject: 'GOOD', words: 'had been Succeeded, Compliant; not in this revision' },
    ]);
  });

  it('lists resources by verdict, unknown before compliant before what is not judged, then by outcome and name', () => {
    const states = [
      ['f', 'SUCCEEDED', 'NOT_APPLICABLE'],
      ['e', 'SUCCEEDED', 'COMPLIANT'],
      ['d', 'IN_PROGRESS', 'COMPLIANT'],
      ['c', 'NOT_DUE', 'UNKNOWN'],
      ['b', 'MISSED', 'NON_COMPLIANT'],
      ['a2', 'FAILED', 'NON_COMPLIANT'],
      ['a1', 'FAILED', 'NON_COMPLIANT'],
    ] as const;
    const resources = states.map(([resourceName, outcome, compliance]) => ({
      ...first,
      resourceId: resourceName,
      resourceName,
      outcome,
      compliance,
    }));
    const changes = changesFrom({ ...report, resources: [] }, { ...report, resources });
    expect(changes.map(({ subject }) => subject)).toEqual(['a1', 'a2', 'b', 'c', 'f', 'd', 'e']);
  });

  it.each<[says: string, was: IncidentState, is: IncidentState, words: string | undefined]>([
    ['opened', null, 'open', 'incident opened'],
    ['opened again', 'cleared', 'open', 'incident opened'],
    ['cleared', 'open', 'cleared', 'incident cleared'],
    ['gone', 'open', null, 'incident no longer told of'],
    ['the same', 'open', 'open', undefined],
  ])('names an incident that is %s', (_says, was, is, words) => {
    const [incident] = report.incidents;
    if (incident === undefined) throw new Error('the sample has incidents');
    const having = (state: IncidentState) => ({
      ...report,
      incidents: state === null ? [] : [{ ...incident, state }],
    });
    const changes = changesFrom(having(was), having(is)).filter(({ kind }) => kind === 'incident');
    expect(changes.every(({ subject }) => subject.includes(incident.condition))).toBe(true);
    expect(changes.map((each) => each.words)).toEqual(words === undefined ? [] : [words]);
  });

  it('names the numbers of jobs that are not 0', () => {
    expect(changesFrom(withJobs(0, 0), withJobs(1, 1))).toEqual([
      { kind: 'jobs', subject: expect.any(String), words: expect.stringMatching(/^0 → 1 \(1 [^,]+\)$/) },
    ]);
  });

  it('names findings that came before those that are gone', () => {
    const [a, b, c] = ['a', 'b', 'c'].map(expiredWaiver);
    if (a === undefined || b === undefined || c === undefined) throw new Error('three findings are expected');
    const changes = changesFrom({ ...report, findings: [a, b] }, { ...report, findings: [b, c] });
    expect(changes.map(({ words }) => words)).toEqual(['c', 'no longer: a']);
  });

  it('names another reason for the same verdict', () => {
    const controls = {
      ...first.controls,
      duration: { ...first.controls.duration, reason: 'took 9 h' },
    };
    const now = { ...report, resources: [{ ...first, controls }, ...report.resources.slice(1)] };
    expect(changesFrom(report, now)).toEqual([
      { kind: 'resource', subject: first.resourceName, words: 'another reason: took 9 h' },
    ]);
  });

  it('names completeness first, then incidents, numbers of jobs and findings', () => {
    const before = {
      ...report,
      status: 'INCOMPLETE',
      incidents: [],
      jobTotals: { ...report.jobTotals, total: 1 },
      findings: [{ kind: 'waiver-expired', subject: 'w', words: 'the waiver has expired' }],
    } as const;
    const now = { ...report, status: 'COMPLETE', findings: [] } as const;
    const changes = changesFrom(before, now);
    expect(changes.map(({ kind }) => kind)).toEqual([
      'status',
      ...report.incidents.map(() => 'incident'),
      'jobs',
      'finding',
    ]);
    expect(changes[0]?.words).toBe('INCOMPLETE → COMPLETE');
    expect(changes.at(-1)?.words).toBe('no longer: the waiver has expired');
  });

  it('speaks the language of the plan', () => {
    expect(
      changesFrom({ ...report, resources: report.resources.slice(1) }, report, german)[0]?.words,
    ).toMatch(/^nicht in der früheren Revision; in dieser /);
  });

  it('cannot be told where the earlier report is none of this version', () => {
    expect(parseComparable(Buffer.from('{'))).toBeNull();
    expect(parseComparable(Buffer.from('{"schemaVersion":2}'))).toBeNull();
  });
});
