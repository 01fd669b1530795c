import { describe, expect, it } from 'vitest';
import { verdictWords } from '../../src/reports/backup-compliance/model/report-verdict.js';
import { outcomes } from '../../src/reports/backup-compliance/model/verdict.js';
import { createBackupWording } from '../../src/reports/backup-compliance/views/backup-wording.js';
import { provenanceView } from '../../src/reports/backup-compliance/views/page/provenance-view.js';
import {
  failedResource,
  reportOf,
  sampleReport,
  sampleResource,
  sampleWaiver,
} from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';

const wording = createBackupWording(englishTheme.wording);
const german = createBackupWording((await makeTheme('de')).wording);

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
    ['nothing was due', reportOf([notDue]), 'UNKNOWN', 'unknown'],
    ['one non-compliant', reportOf([failedResource(), unknown, good]), 'NON-COMPLIANT', 'bad'],
    ['non-compliant and incomplete', reportOf([failedResource()], incomplete), 'NON-COMPLIANT', 'bad'],
    ['all that is bad waived', reportOf([waived, waivedUnknown, good]), 'WAIVED', 'warn'],
    ['all waived', reportOf([waived]), 'WAIVED', 'warn'],
    ['one waived and one not', reportOf([waived, failedResource(), good]), 'NON-COMPLIANT', 'bad'],
    ['one waived and one unknown', reportOf([waived, unknown, good]), 'NON-COMPLIANT', 'bad'],
    ['one unknown waived and one not', reportOf([waivedUnknown, unknown, good]), 'UNKNOWN', 'unknown'],
    ['a waiver on what is compliant', reportOf([{ ...good, waiver: sampleWaiver }]), 'COMPLIANT', 'good'],
  ])('with %s', (_, report, words, tone) => {
    expect(wording.reportVerdict(report)).toEqual({ words, tone });
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

describe.each([wording, german])('labels of outcomes, language %#', (words) => {
  it('are green for a plain success only', () => {
    expect(outcomes.filter((outcome) => words.outcome(outcome).tone === 'good')).toEqual(['SUCCEEDED']);
  });

  it('have a mark of one letter each, and no two the same', () => {
    const marks = outcomes.map((outcome) => words.outcomeMark(outcome));
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
    ['2026-07-01T00:00Z', 'UTC', '2026-07-01 00:00 UTC'],
    ['2026-07-01T02:00:00+02:00', 'UTC', '2026-07-01 00:00 UTC'],
    ['2016-12-31T23:59:60Z', 'UTC', '2016-12-31 23:59 UTC'],
    ['2026-02-30T00:00:00Z', 'UTC', '2026-02-30T00:00:00Z'],
    ['2026-02-29', 'UTC', '2026-02-29'],
    ['1795143857', 'UTC', '1795143857'],
    ['2026-07-01T00:00:00', 'UTC', '2026-07-01T00:00:00'],
    ['yesterday', 'UTC', 'yesterday'],
    ['', 'UTC', ''],
  ])('%s in %s is %s', (iso, zone, words) => {
    expect(wording.time(iso, zone)).toBe(words);
  });

  it('writes times as the language does', () => {
    expect(german.time('2026-11-19T07:10:00.000Z', 'Europe/Berlin')).toBe('19.11.2026 08:10 MEZ');
  });

  it.each([
    ['2026-11-19', 1, '2026-11-18'],
    ['2026-03-01', 1, '2026-02-28'],
    ['2028-03-01', 1, '2028-02-29'],
    ['2026-01-01', 14, '2025-12-18'],
    ['2026-11-19', 0, '2026-11-19'],
  ])('%s less %s days is %s', (date, days, words) => {
    expect(wording.dateBefore(date, days)).toBe(words);
  });

  it.each(['2026-02-30', 'yesterday', '', '2026-11-19T00:00:00Z'])('no date before %s', (date) => {
    expect(wording.dateBefore(date, 3)).toBe(wording.text('wording.daysBefore', { days: 3 }));
  });

  it('rounds durations down', () => {
    expect([0, 59.9, 60, 7199, 7200, 25_500, 172_800].map((seconds) => wording.duration(seconds))).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '119 min',
      '2 h',
      '7 h 5 min',
      '2 d',
    ]);
  });

  it('counts days to a date and back from one', () => {
    expect([42, 1, 0, -1, -30].map((days) => wording.daysLeft(days))).toEqual([
      '42 days after the report day',
      '1 day after the report day',
      'the report day is its last',
      'expired 1 day before the report day',
      'expired 30 days before the report day',
    ]);
    expect([0, 1, 19].map((days) => wording.dateBefore('2026-03-01', days))).toEqual([
      '2026-03-01',
      '2026-02-28',
      '2026-02-10',
    ]);
    expect(wording.dateBefore('no date', 2)).toBe('2 days before');
  });

  it('never turns nothing was due into a percentage', () => {
    expect([null, 0, 99.9, 100].map((percent) => wording.percent(percent))).toEqual([
      'nothing was due',
      '0.0%',
      '99.9%',
      '100.0%',
    ]);
  });
});

describe('keys that were passed over beside events', () => {
  const keys = Array.from({ length: 12 }, (_, index) => ({ key: `k${index + 10}`, count: 1_000 + index }));
  const shown = (separator: string): string =>
    keys
      .slice(0, 10)
      .map(({ key, count }) => `${key} (1${separator}${String(count).slice(1)})`)
      .join(', ');
  it.each([
    [wording, `Passed over beside events: ${shown(',')} and 2,026 more`],
    [german, `Neben Ereignissen übergangen: ${shown('.')} und 2.026 weitere`],
  ])('are told with their counts, the first ten by name', (words, expected) => {
    const [source] = sampleReport().sources;
    if (source === undefined) throw new Error('the sample has a source');
    const report = { ...sampleReport(), sources: [{ ...source, passedOver: { keys, others: 5 } }, source] };
    const passedOver = provenanceView(report, words).sources.map((each) => each.passedOver);
    expect(passedOver).toEqual([expected, null]);
  });
});
