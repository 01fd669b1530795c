import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../src/base/civil-dates.js';
import type { PulseDay, SourcePulse } from '../../../../src/model/pulse.js';
import {
  type SilenceInput,
  findSilence,
  goneSources,
} from '../../../../src/reports/backup-compliance/verdicts/find-silence.js';
import { controlTotals } from '../../../support/judging-parts.js';

const date = '2026-11-19';

/** Records of the days before, the last one yesterday, and of the day itself. */
const days = (before: readonly number[], today = 0): readonly PulseDay[] =>
  [...before, today].map((records, index) => ({
    date: addDays(date, index - before.length),
    records,
    comparable: index < before.length,
  }));

type Regions = Readonly<Record<string, readonly PulseDay[]>>;
const pulse = (all: readonly PulseDay[], regions: Regions = {}): SourcePulse => ({
  days: all,
  regions: Object.entries(regions).map(([region, those]) => ({
    region: region === 'none' ? null : region,
    days: those,
  })),
});

const source = (
  name: string,
  now: SourcePulse | undefined,
  complete = true,
): SilenceInput['sources'][number] => ({
  name,
  complete,
  ...(now === undefined ? {} : { pulse: now }),
  controlTotals: controlTotals({ read: 1, used: 1 }),
});

const due = (unheard: number, ...witnesses: (readonly [string, string | null])[]) => ({
  witnesses: witnesses.map(([name, region]) => ({ name, region })),
  due: unheard,
  notDue: 0,
  unheard,
});

const notDue = (number: number, ...witnesses: (readonly [string, string | null])[]) => ({
  ...due(0, ...witnesses),
  notDue: number,
});

const lively = days([1, 0, 1, 1]);
const quiet = pulse(days([]));
const input: SilenceInput = {
  sources: [source('a', quiet)],
  date,
  dues: [due(2, ['a', 'iad'])],
  before: new Map([['a', pulse(lively, { iad: lively })]]),
  isDayOver: true,
  expected: 5,
  earlier: null,
};
const silentA = { cause: 'silent', source: 'a', lastRecords: '2026-11-18', resources: 2 };

type Case = readonly [says: string, over: Partial<SilenceInput>, silences: readonly object[]];

describe('a silence', () => {
  it.each<Case>([
    ['is that of a lively source', {}, [silentA]],
    ['cannot be told before the day is over', { isDayOver: false }, []],
    ['is none where all that was due was heard of', { dues: [due(0, ['a', 'iad'])] }, []],
    [
      'counts what was due in all groups',
      { dues: [due(2, ['a', 'iad']), due(3, ['a', 'fra'])] },
      [{ ...silentA, resources: 5 }],
    ],
    [
      'counts a resource once that two regions of it told of',
      { dues: [due(2, ['a', 'iad'], ['a', 'fra'])] },
      [silentA],
    ],
    [
      'names the last day with records',
      { before: new Map([['a', pulse(days([1, 1, 1, 0, 0]))]]) },
      [{ ...silentA, lastRecords: '2026-11-16' }],
    ],
    [
      'is that of a source that has been silent for a year',
      { before: new Map([['a', pulse(days([1, 1, 1, ...Array.from({ length: 365 }, () => 0)]))]]) },
      [{ ...silentA, lastRecords: '2025-11-18' }],
    ],
    [
      'is none of a source that told on two of the 14 days up to its last records',
      { before: new Map([['a', pulse(days([1, 1, ...Array.from({ length: 12 }, () => 0), 1]))]]) },
      [],
    ],
    ['is none of a source that told on two days', { before: new Map([['a', pulse(days([1, 0, 1]))]]) }, []],
    ['is none of a source of which nothing is known', { before: new Map() }, []],
    ['is none of a source that could not be read to its end', { sources: [source('a', quiet, false)] }, []],
    ['is none of a source without a pulse', { sources: [source('a', undefined)] }, []],
    [
      'is none of a source that has records',
      { sources: [source('a', pulse(days([], 1), { iad: days([], 1) }))] },
      [],
    ],
    [
      'is none where another witness is not silent',
      {
        sources: [source('a', quiet), source('b', pulse(days([], 1), { iad: days([], 1) }))],
        dues: [due(2, ['a', 'iad'], ['b', 'iad'])],
      },
      [],
    ],
    [
      'is that of those that are still read, where another witness is gone',
      { dues: [due(2, ['gone', 'iad'], ['a', 'iad'])] },
      [silentA],
    ],
    [
      'is listed by source',
      {
        sources: [source('b', quiet), source('a', quiet)],
        dues: [due(1, ['b', 'iad']), due(2, ['a', 'iad'])],
        before: new Map([
          ['a', pulse(lively)],
          ['b', pulse(lively)],
        ]),
      },
      [silentA, { ...silentA, source: 'b', resources: 1 }],
    ],
  ])('%s', (_says, over, silences) => {
    expect(findSilence({ ...input, ...over })).toEqual(silences);
  });
});

const everyDay = (number: number, silent = 0, isCompared = false): readonly PulseDay[] =>
  days([...Array.from({ length: number }, () => 2), ...Array.from({ length: silent }, () => 0)]).map(
    (day) => ({ ...day, comparable: isCompared && day.comparable }),
  );

describe('a silence on a day when nothing is due', () => {
  const dues = [notDue(3, ['a', 'iad'])];
  const after = (before: readonly PulseDay[]) => ({ dues, before: new Map([['a', pulse(before)]]) });
  const silent = { ...silentA, resources: 0 };
  it.each<Case>([
    ['is that of a source that told every day for two weeks', after(everyDay(14)), [silent]],
    ['lasts until it tells something', after(everyDay(14, 200)), [{ ...silent, lastRecords: '2026-05-02' }]],
    ['is none of one that told every day for less', after(everyDay(13)), []],
    [
      'is none of one that left out a day of the two weeks',
      after([...everyDay(14).slice(0, 5), ...everyDay(14).slice(6)]),
      [],
    ],
    ['is none of one that tells of what is due alone', after(days([1, 0, 1, 0, 1])), []],
    [
      'is that of a lively one that was silent when something was due',
      after(everyDay(3, 1, true)),
      [{ ...silent, lastRecords: '2026-11-17' }],
    ],
    [
      'is none of a lively one that was silent only when nothing was due',
      after([...everyDay(3, 1, true).slice(0, 3), { date: '2026-11-18', records: 0, comparable: false }]),
      [],
    ],
    [
      'is none where another witness tells something',
      {
        ...after(everyDay(14)),
        sources: [source('a', quiet), source('b', pulse(days([], 1), { iad: days([], 1) }))],
        dues: [notDue(3, ['a', 'iad'], ['b', 'iad'])],
      },
      [],
    ],
    ['is none where nothing is known from it', { ...after(everyDay(14)), dues: [] }, []],
    [
      'counts what was due alone',
      { ...after(everyDay(14)), dues: [...dues, due(2, ['a', 'fra'])] },
      [silentA],
    ],
  ])('%s', (_says, over, silences) => {
    expect(findSilence({ ...input, ...over })).toEqual(silences);
  });
});

describe('a silence of one region', () => {
  const all = days([2, 2, 2, 2]);
  const today = (regions: Regions) => ({ sources: [source('a', pulse(days([], 1), regions))] });
  const known = (regions: Regions) => ({ before: new Map([['a', pulse(all, regions)]]) });
  const silentRegion = { ...silentA, region: 'iad' };
  const has = days([], 1);
  it.each<Case>([
    [
      'is told while others have records',
      { ...today({ fra: has }), ...known({ iad: lively, fra: all }) },
      [silentRegion],
    ],
    ['is none where it was quiet', { ...today({ fra: has }), ...known({ iad: days([1, 0, 1]) }) }, []],
    [
      'is none where its records may be those without a region',
      { ...today({ none: has }), ...known({ iad: lively }) },
      [],
    ],
    [
      'is told where records without a region came beside its own',
      { ...today({ none: has }), ...known({ iad: lively, none: all }) },
      [silentRegion],
    ],
    [
      'is none where those came on other days',
      { ...today({ none: has }), ...known({ iad: lively, none: days([1, 1, 1, 0]) }) },
      [],
    ],
    [
      'is told where those without a region have none today',
      { ...today({ none: days([], 0), fra: has }), ...known({ iad: lively }) },
      [silentRegion],
    ],
    [
      'of records without a region is none where they may be under one',
      { ...today({ fra: has }), ...known({ none: lively }), dues: [due(2, ['a', null])] },
      [],
    ],
    [
      'of records without a region is told beside those of one',
      { ...today({ fra: has }), ...known({ none: lively, fra: all }), dues: [due(2, ['a', null])] },
      [{ ...silentA, region: null }],
    ],
    [
      'is listed by region',
      {
        ...today({ fra: has }),
        ...known({ iad: lively, lhr: lively }),
        dues: [due(2, ['a', 'lhr']), due(2, ['a', 'iad'])],
      },
      [silentRegion, { ...silentA, region: 'lhr' }],
    ],
  ])('%s', (_says, over, silences) => {
    expect(findSilence({ ...input, ...over })).toEqual(silences);
  });
});

describe('where no history tells a silence', () => {
  const nothing = { ...source('a', quiet), controlTotals: controlTotals() };
  const fresh = { before: new Map<string, SourcePulse>(), dues: [due(2)] };
  const read = { cause: 'nothing-read', source: null, lastRecords: null, resources: 2 };
  const again = { ...read, cause: 'nothing-read-again' };
  const earlier = (of: SourcePulse | undefined, used = 0): Partial<SilenceInput> => ({
    earlier: {
      sources: [
        { ...source('a', of), type: 'file', request: '', windowStart: '', windowEnd: '', reasons: [] },
      ],
      controlTotals: controlTotals({ read: used, used }),
    },
  });
  const empty = { ...fresh, sources: [nothing] };
  it.each<Case>([
    ['nothing was read where something is due', empty, [read]],
    ['of several groups all is counted', { ...empty, dues: [due(2), due(3)] }, [{ ...read, resources: 5 }]],
    [
      'nothing was read, and nothing is known at all',
      { ...empty, dues: [], expected: 0 },
      [{ ...read, resources: 0 }],
    ],
    [
      'nothing was read, and nothing is due of what somebody told of',
      { ...empty, dues: [notDue(3, ['gone', 'iad'])] },
      [],
    ],
    [
      'nothing was read, and nobody ever told of what is due on another day',
      { ...empty, dues: [notDue(3)] },
      [{ ...read, resources: 0 }],
    ],
    ['something was read, of other days', { ...fresh, sources: [source('a', quiet)] }, []],
    ['something was read from another source', { ...fresh, sources: [nothing, source('b', quiet)] }, []],
    ['a source could not be read to its end', { ...fresh, sources: [{ ...nothing, complete: false }] }, []],
    [
      'one of two sources could not be read to its end',
      { ...fresh, sources: [nothing, { ...nothing, complete: false }] },
      [],
    ],
    [
      'the source had records before, on too few days to be called lively',
      { ...empty, before: new Map([['a', pulse(days([1]))]]) },
      [],
    ],
    [
      'the source had records before, on too few days, and none for 14 days',
      { ...empty, before: new Map([['a', pulse(days([1, ...Array.from({ length: 14 }, () => 0)]))]]) },
      [read],
    ],
    ['an earlier revision had records of the day', { ...fresh, ...earlier(pulse(days([], 1))) }, [again]],
    ['an earlier revision had records of other days', { ...fresh, ...earlier(pulse(days([1], 0)), 1) }, []],
    [
      'an earlier revision without pulses had records, and now nothing was read',
      { ...empty, ...earlier(undefined, 1) },
      [again],
    ],
    [
      'an earlier revision without pulses had records, and something was read',
      { ...fresh, ...earlier(undefined, 1) },
      [],
    ],
    ['an earlier revision without pulses had none, either', { ...empty, ...earlier(undefined) }, [read]],
    [
      'the day has records',
      { ...fresh, sources: [source('a', pulse(days([], 1)))], ...earlier(pulse(days([], 1))) },
      [],
    ],
  ])('%s', (_says, over, silences) => {
    expect(findSilence({ ...input, ...over })).toEqual(silences);
  });
});

const gone = (source_: string, resources: number) => ({ kind: 'source-gone', source: source_, resources });

describe('a source that is no more', () => {
  const before = new Map([
    ['a', pulse([])],
    ['old', pulse([])],
  ]);
  it.each([
    ['is told where a day before had it', before, [], [gone('old', 0)]],
    [
      'is told with what is due of it alone',
      before,
      [due(2, ['old', 'iad']), due(1, ['old', 'fra'])],
      [gone('old', 3)],
    ],
    ['is told where no pulse is known of it', new Map(), [due(2, ['older', 'iad'])], [gone('older', 2)]],
    [
      'counts a resource once, whose two regions told of it',
      before,
      [due(2, ['old', 'iad'], ['old', 'fra'])],
      [gone('old', 2)],
    ],
    [
      'does not count what another source knows',
      before,
      [due(2, ['old', 'iad'], ['a', 'iad'])],
      [gone('old', 0)],
    ],
    ['does not count what was heard of', before, [due(0, ['old', 'iad'])], [gone('old', 0)]],
    ['is listed by name', before, [due(1, ['ancient', 'iad'])], [gone('ancient', 1), gone('old', 0)]],
  ] as const)('%s', (_says, known, dues, findings) => {
    expect(goneSources({ ...input, before: known, dues })).toEqual(findings);
  });
});
