import { describe, expect, it } from '@jest/globals';

import {
  formatAge,
  formatCount,
  formatDuration,
  formatInteger,
  formatPercent,
  formatTime,
  formatDaysLeft,
  dateBefore,
  outcomeLabels,
  outcomeMarks,
  reportVerdictLabel,
} from '../../src/renderers/labels.js';
import { outcomes } from '../../src/model/resource-compliance.js';
import { verdictWords } from '../../src/model/report-verdict.js';
import { failedResource, reportOf, sampleResource, sampleWaiver } from '../support/sample-report.js';

const good = sampleResource();
const unknown = sampleResource({ resourceName: 'U', outcome: 'UNKNOWN', compliance: 'UNKNOWN' });
const notDue = sampleResource({ resourceName: 'N', outcome: 'NOT_DUE', compliance: 'NOT_APPLICABLE' });
const incomplete = { status: 'INCOMPLETE', statusReasons: ['A source failed.'] } as const;

const waived = failedResource({ resourceName: 'W', waiver: sampleWaiver });
const waivedUnknown = { ...unknown, waiver: sampleWaiver };

describe('the verdict on a day', () => {
  it.each([
    ['all compliant', reportOf([good]), 'COMPLIANT', 'good'],
    ['all compliant, some not applicable', reportOf([good, notDue]), 'COMPLIANT', 'good'],
    ['all compliant but incomplete', reportOf([good], incomplete), 'INCOMPLETE', 'warn'],
    ['one unknown', reportOf([unknown, good]), 'UNKNOWN', 'unknown'],
    ['nothing seen', reportOf([]), 'UNKNOWN', 'unknown'],
    ['nothing judged', reportOf([notDue]), 'UNKNOWN', 'unknown'],
    ['one non-compliant', reportOf([failedResource(), unknown, good]), 'NON-COMPLIANT', 'bad'],
    ['non-compliant and incomplete', reportOf([failedResource()], incomplete), 'NON-COMPLIANT', 'bad'],
    ['all that is bad waived', reportOf([waived, waivedUnknown, good]), 'WAIVED', 'warn'],
    ['all waived', reportOf([waived]), 'WAIVED', 'warn'],
    ['one waived and one not', reportOf([waived, failedResource(), good]), 'NON-COMPLIANT', 'bad'],
    ['one waived and one unknown', reportOf([waived, unknown, good]), 'NON-COMPLIANT', 'bad'],
    ['one unknown waived and one not', reportOf([waivedUnknown, unknown, good]), 'UNKNOWN', 'unknown'],
    ['a waiver on what is compliant', reportOf([{ ...good, waiver: sampleWaiver }]), 'COMPLIANT', 'good'],
  ])('with %s', (_, report, words, tone) => {
    expect(reportVerdictLabel(report)).toEqual({ words, tone });
  });

  it.each([
    [reportOf([good]), 'COMPLIANT'],
    [reportOf([good], incomplete), 'INCOMPLETE'],
    [reportOf([], incomplete), 'INCOMPLETE, UNKNOWN'],
    [reportOf([waived, good], incomplete), 'INCOMPLETE, WAIVED'],
    [reportOf([failedResource(), good], incomplete), 'INCOMPLETE, NON-COMPLIANT'],
  ])('says what it does not know first: %#', (report, words) => {
    expect(verdictWords(report)).toBe(words);
  });
});

describe('outcome labels', () => {
  it('are green for a plain success only', () => {
    expect(outcomes.filter((outcome) => outcomeLabels[outcome].tone === 'good')).toEqual(['SUCCEEDED']);
  });
});

describe('outcome marks', () => {
  it('are one letter each, and no two the same', () => {
    const marks = outcomes.map((outcome) => outcomeMarks[outcome]);
    expect(marks.join('')).toHaveLength(outcomes.length);
    expect(new Set(marks).size).toBe(outcomes.length);
  });
});

describe('formatting', () => {
  it.each([
    ['2026-11-19T07:10:00.000Z', 'America/New_York', '2026-11-19 02:10 EST'],
    ['2026-11-01T05:30:00.000Z', 'America/New_York', '2026-11-01 01:30 EDT'],
    ['2026-11-01T06:30:00.000Z', 'America/New_York', '2026-11-01 01:30 EST'],
    ['2026-07-01T00:00:00Z', 'Asia/Kolkata', '2026-07-01 05:30 GMT+5:30'],
    ['2026-07-01T00:00:00Z', 'UTC', '2026-07-01 00:00 UTC'],
    ['yesterday', 'UTC', 'yesterday'],
  ])('%s in %s is %s', (iso, zone, words) => {
    expect(formatTime(iso, zone)).toBe(words);
  });

  it('rounds durations and ages down', () => {
    expect([0, 59.9, 60, 3599, 3600, 25_500, 180_000].map((s) => formatDuration(s))).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '59 min',
      '1 h 00 min',
      '7 h 05 min',
      '50 h 00 min',
    ]);
    expect([164_880, 172_800, 270_000].map((s) => formatAge(s))).toEqual([
      '45 h 48 min',
      '2 d 00 h',
      '3 d 03 h',
    ]);
  });

  it('separates thousands and counts in words', () => {
    expect([0, 999, 1000, 1_234_567].map((n) => formatInteger(n))).toEqual([
      '0',
      '999',
      '1,000',
      '1,234,567',
    ]);
    expect([formatCount(1, 'record'), formatCount(2000, 'record')]).toEqual(['1 record', '2,000 records']);
  });

  it('counts days to a date and back from one', () => {
    expect([42, 1, 0, -1, -30].map((days) => formatDaysLeft(days))).toEqual([
      '42 days left',
      '1 day left',
      'its last day',
      'expired 1 day ago',
      'expired 30 days ago',
    ]);
    expect([0, 1, 19].map((days) => dateBefore('2026-03-01', days))).toEqual([
      '2026-03-01',
      '2026-02-28',
      '2026-02-10',
    ]);
    expect(dateBefore('no date', 2)).toBe('2 days before');
  });

  it('never turns nothing judged into a percentage', () => {
    expect([formatPercent(null), formatPercent(0), formatPercent(99.9), formatPercent(100)]).toEqual([
      'nothing judged',
      '0.0%',
      '99.9%',
      '100.0%',
    ]);
  });
});
