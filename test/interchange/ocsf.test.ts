import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InterchangeDay } from '../../src/interchange/interchange-day.js';
import { complianceFindings } from '../../src/interchange/ocsf/compliance-findings.js';
import type { ComplianceFinding } from '../../src/interchange/ocsf/types.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { Verdict } from '../../src/reports/backup-compliance/model/verdict.js';
import {
  anyDays,
  askedDays,
  committedSchema,
  complaintsOf,
  missingDay,
  reportedDay,
  resourceWith,
  streamed,
  textOf,
} from '../support/interchange-days.js';
import { incompleteParts, reportOf, sampleReport } from '../support/sample-report.js';

const schema = await committedSchema('ocsf-compliance-finding');

async function eventsOf(
  days: readonly InterchangeDay[],
  before: readonly InterchangeDay[] = [],
): Promise<readonly ComplianceFinding[]> {
  const text = await textOf(complianceFindings(streamed(days), streamed(before)));
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function ofControl(events: readonly ComplianceFinding[], control: string): readonly ComplianceFinding[] {
  return events.filter(({ compliance }) => compliance.control === control);
}

function shown({ activity_name, compliance, status }: ComplianceFinding): string {
  return `${activity_name} ${compliance.status} ${status}`;
}

const letters: Readonly<Record<string, Verdict>> = {
  C: 'COMPLIANT',
  N: 'NON_COMPLIANT',
  U: 'UNKNOWN',
  A: 'NOT_APPLICABLE',
};

/** One day of one resource for each letter; `-`: no report; `.`: the resource is not there; `?`: nor is it, INCOMPLETE. */
function daysOf(story: string): readonly InterchangeDay[] {
  return [...story].map((letter, number) => {
    if (letter === '-') return missingDay(number);
    const verdict = letters[letter];
    const resources = verdict === undefined ? [] : [resourceWith('DB', { retention: verdict })];
    return reportedDay(number, reportOf(resources, { status: letter === '?' ? 'INCOMPLETE' : 'COMPLETE' }));
  });
}

describe('OCSF Compliance Findings', () => {
  it('are valid for a report with every kind of resource and hostile names', async () => {
    const days = [
      reportedDay(0, sampleReport()),
      missingDay(1),
      reportedDay(2, sampleReport(incompleteParts())),
    ];
    const events = await eventsOf(days);
    expect(events.length).toBeGreaterThan(100);
    expect(events.flatMap((event) => complaintsOf(schema, event))).toEqual([]);
  });

  it('are not valid with what the class does not have', async () => {
    const [event] = await eventsOf([reportedDay(0, sampleReport())]);
    expect(complaintsOf(schema, { ...event, class_uid: 2001 })).toHaveLength(1);
    expect(complaintsOf(schema, { ...event, resources: [] })).toHaveLength(1);
    expect(complaintsOf(schema, { ...event, resource: {} })).toHaveLength(1);
  });

  it('are one for each resource and control that is demanded, and pass only what is known to be met', async () => {
    await fc.assert(
      fc.asyncProperty(anyDays, async (days) => {
        const events = await eventsOf(days);
        expect(events.flatMap((event) => complaintsOf(schema, event))).toEqual([]);
        for (const day of days) {
          const ofDay = events.filter(({ time }) => time === day.cutOffMs);
          const ids = ofDay.map(({ metadata }) => metadata.uid);
          expect(new Set(ids).size).toBe(ids.length);
          expect(countsOf(ofDay)).toEqual(expectedOf(day));
        }
      }),
      { numRuns: 12 },
    );
  });

  it.each([
    ['C', ['Create Pass Resolved']],
    ['CC', ['Create Pass Resolved', 'Update Pass Resolved']],
    ['CNNC', ['Create Pass Resolved', 'Create Fail New', 'Update Fail In Progress', 'Close Pass Resolved']],
    ['NU', ['Create Fail New', 'Update Warning In Progress']],
    ['NA', ['Create Fail New', 'Close Not judged Resolved']],
    ['N.', ['Create Fail New', 'Close Not judged Resolved']],
    ['N?C', ['Create Fail New', 'Close Pass Resolved']],
    ['N?.', ['Create Fail New', 'Close Not judged Resolved']],
    ['N-N', ['Create Fail New', 'Update Fail In Progress']],
    [`N${'-'.repeat(13)}N`, ['Create Fail New', 'Update Fail In Progress']],
    [`N${'-'.repeat(14)}N`, ['Create Fail New', 'Create Fail New']],
    ['C.', ['Create Pass Resolved']],
    ['.N', ['Create Fail New']],
  ])('follow a finding through %s', async (story, expected) => {
    expect(ofControl(await eventsOf(daysOf(story)), 'retention').map(shown)).toEqual(expected);
  });

  it('say of each day whether its report saw everything', async () => {
    const events = ofControl(await eventsOf(daysOf('C?-C')), 'report-complete');
    expect(events.map(shown)).toEqual([
      'Create Pass Resolved',
      'Create Warning New',
      'Update Warning In Progress',
      'Close Pass Resolved',
    ]);
    expect(events[2]?.status_detail).toBe('The archive has no report of this day.');
    expect(new Set(events.map(({ finding_info }) => finding_info.uid)).size).toBe(1);
  });

  it('are the same for a range as for its days one by one', async () => {
    await fc.assert(
      fc.asyncProperty(anyDays, async (days) => {
        const whole = await eventsOf(days);
        const single: ComplianceFinding[] = [];
        for (const [at, day] of days.entries()) {
          single.push(...(await eventsOf([day], daysBefore(days.slice(0, at)))));
        }
        expect(single).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  it('are written for each day before the next is asked for', async () => {
    const counts = await askedDays((each) => complianceFindings(each, streamed([])), daysOf('CNC'));
    expect(counts).toEqual([1, 2, 3]);
  });

  it('keep the identifier of a finding over days, and give each event its own', async () => {
    const events = ofControl(await eventsOf(daysOf('NNN')), 'retention');
    expect(new Set(events.map(({ finding_info }) => finding_info.uid)).size).toBe(1);
    expect(new Set(events.map(({ metadata }) => metadata.uid)).size).toBe(3);
  });

  it.each([
    ['critical', 'NON_COMPLIANT', [5, 'Critical']],
    ['high', 'UNKNOWN', [4, 'High']],
    ['medium', 'NON_COMPLIANT', [3, 'Medium']],
    ['low', 'UNKNOWN', [2, 'Low']],
    ['critical', 'COMPLIANT', [1, 'Informational']],
  ] as const)(
    'have the severity of the policy where they are bad: %s, %s',
    async (severity, verdict, expected) => {
      const resource = { ...resourceWith('DB', { retention: verdict }), severity };
      const [event] = ofControl(await eventsOf([reportedDay(0, reportOf([resource]))]), 'retention');
      expect([event?.severity_id, event?.severity]).toEqual(expected);
    },
  );

  it('suppress what is waived, and never pass it', async () => {
    const waived = resourceWith('DB', { retention: 'NON_COMPLIANT', duration: 'COMPLIANT' }, true);
    const events = await eventsOf([reportedDay(0, reportOf([waived]))]);
    const [event] = ofControl(events, 'retention');
    expect(shown(event as ComplianceFinding)).toBe('Create Fail Suppressed');
    expect(event?.status_detail).toMatch(/Waived until 2026-12-31 by ciso@example.com/);
    expect(ofControl(events, 'duration').map(shown)).toEqual(['Create Pass Resolved']);
  });

  it('name the frameworks of the report as standards, and clauses as requirements', async () => {
    const frameworks: DailyReport['frameworks'] = [
      {
        id: 'iso27001',
        title: 'ISO/IEC 27001:2022',
        clauses: [{ clause: 'A.8.13', supports: [{ by: 'retention', checked: true, note: null }] }],
      },
    ];
    const resources = [resourceWith('DB', { retention: 'COMPLIANT', duration: 'COMPLIANT' })];
    const events = await eventsOf([reportedDay(0, reportOf(resources, { frameworks }))]);
    expect(ofControl(events, 'retention')[0]?.compliance).toMatchObject({
      standards: ['ISO/IEC 27001:2022'],
      requirements: ['iso27001 A.8.13', 'policy production-databases'],
    });
    expect(ofControl(events, 'duration')[0]?.compliance).toMatchObject({
      standards: ['report plan daily-backup'],
    });
  });
});

/** As they are read back from an archive: from the last COMPLETE report on. */
function daysBefore(days: readonly InterchangeDay[]): readonly InterchangeDay[] {
  const complete = days.findLastIndex((day) => day.state === 'reported' && day.report.status === 'COMPLETE');
  const from = complete === -1 ? days.findIndex(({ state }) => state === 'reported') : complete;
  return from === -1 ? [] : days.slice(from);
}

/** How many events of a day pass, warn and fail, by control; those that only close what is gone are not counted. */
function countsOf(events: readonly ComplianceFinding[]): Readonly<Record<string, readonly number[]>> {
  const counts: Record<string, number[]> = {};
  for (const { compliance } of events) {
    if (compliance.status_id === 99) continue;
    const three = (counts[compliance.control] ??= [0, 0, 0]);
    three[compliance.status_id - 1] = (three[compliance.status_id - 1] ?? 0) + 1;
  }
  return counts;
}

/** The same from the report's own totals. */
function expectedOf(day: InterchangeDay): ReturnType<typeof countsOf> {
  if (day.state !== 'reported') return { 'report-complete': [0, 1, 0] };
  const isComplete = day.report.status === 'COMPLETE';
  const ofControls = day.report.controls.map(({ control, byVerdict }): [string, readonly number[]] => {
    const { COMPLIANT, NON_COMPLIANT, UNKNOWN } = byVerdict;
    return [
      control,
      isComplete ? [COMPLIANT, UNKNOWN, NON_COMPLIANT] : [0, COMPLIANT + UNKNOWN, NON_COMPLIANT],
    ];
  });
  return {
    'report-complete': isComplete ? [1, 0, 0] : [0, 1, 0],
    ...Object.fromEntries(ofControls.filter(([, counts]) => counts.some((each) => each > 0))),
  };
}
