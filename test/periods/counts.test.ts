import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/errors.js';
import { frameworkOf } from '../../src/reports/backup-compliance/rules/framework-table.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import { type DayTable, archiveTable, dayOfTable, makePeriod } from '../support/period-days.js';
import { commitDay } from '../support/committed-day.js';
import { sampleResource } from '../support/sample-report.js';

const week = '2026-11-01_2026-11-05';

/** Counts by hand: met, failed, missed, unknown, waived. */
interface Row {
  readonly rule: string;
  readonly states?: string;
  readonly resources: Readonly<Record<string, string>>;
  readonly counts: readonly [met: number, failed: number, missed: number, unknown: number, waived: number];
  readonly gap?: number;
  /** Recoveries, and the mean of their days. */
  readonly recovered?: readonly [number: number, meanDays: number | null];
}

const rows: readonly Row[] = [
  {
    rule: 'a verdict counts as its day judged it',
    resources: { a: '+FMU+' },
    counts: [2, 1, 1, 1, 0],
    gap: 3,
    recovered: [1, 3],
  },
  {
    rule: 'nothing demanded is not expected',
    resources: { a: 'NN+++' },
    counts: [3, 0, 0, 0, 0],
    gap: 0,
    recovered: [0, null],
  },
  {
    rule: 'waived is an of which, and no status',
    resources: { a: '+ww+F' },
    counts: [2, 3, 0, 0, 2],
    gap: 2,
    recovered: [1, 2],
  },
  {
    rule: 'what was met is not waived, whatever waiver holds',
    resources: { a: 'vvvvv' },
    counts: [5, 0, 0, 0, 0],
  },
  {
    rule: 'on an INCOMPLETE day failed and missed stay, all else is unknown',
    states: 'CCICC',
    resources: { a: '+++++', b: '++F++', c: '++M++', d: '++U++', e: '++N++' },
    counts: [20, 1, 1, 2, 0],
    gap: 1,
    recovered: [2, 1],
  },
  {
    rule: 'on a missing day the population before it is unknown',
    states: 'CC-CC',
    resources: { a: '++ ++', b: '+F F+' },
    counts: [6, 2, 0, 2, 0],
    gap: 3,
    recovered: [1, 3],
  },
  {
    rule: 'on missing days in a row it is that of the last report',
    states: 'C---C',
    resources: { a: '+   +', b: '+    ' },
    counts: [3, 0, 0, 6, 0],
    gap: 3,
  },
  {
    rule: 'a waiver is not applied where nobody judged',
    states: 'CC-CC',
    resources: { a: 'ww ww' },
    counts: [0, 4, 0, 1, 4],
    gap: 5,
  },
  {
    rule: 'what comes is expected from then on',
    states: 'CC-CC',
    resources: { a: '++ ++', b: '   ++' },
    counts: [6, 0, 0, 1, 0],
  },
  {
    rule: 'what left is expected no more',
    states: 'CCC-C',
    resources: { a: '+++ +', b: '++   ' },
    counts: [6, 0, 0, 1, 0],
  },
  {
    rule: 'what was terminated is not in the population of a missing day',
    states: 'CC-CC',
    resources: { a: '++ ++', b: '+T   ' },
    counts: [5, 0, 0, 1, 0],
  },
  {
    rule: 'a day without demand neither lengthens a gap nor ends it',
    resources: { a: 'FNNF+' },
    counts: [1, 2, 0, 0, 0],
    gap: 2,
    recovered: [1, 4],
  },
  {
    rule: 'unknown alone is nothing to recover from',
    resources: { a: '+UU++' },
    counts: [3, 0, 0, 2, 0],
    gap: 2,
    recovered: [0, null],
  },
  {
    rule: 'what is not met again has not recovered',
    resources: { a: '+FFFF' },
    counts: [1, 4, 0, 0, 0],
    gap: 4,
    recovered: [0, null],
  },
  {
    rule: 'the mean is over recoveries',
    resources: { a: 'F+++F', b: '+FFF+' },
    counts: [5, 5, 0, 0, 0],
    gap: 3,
    recovered: [2, 2],
  },
  {
    rule: 'a gap is of one resource',
    resources: { a: 'FF+++', b: '++FF+' },
    counts: [6, 4, 0, 0, 0],
    gap: 2,
    recovered: [2, 2],
  },
];

const teams = [
  { name: 'team a', match: { name: 'a' }, to: ['a@example.com'] },
  { name: 'team b', match: { name: 'b' }, to: ['b@example.com'] },
];

/** Another framework from the third day on. */
function frameworkUntil(date: string) {
  return { frameworks: [frameworkOf(date < '2026-11-03' ? 'soc2' : 'iso27001')] };
}

/** A resource to which one control applies. */
function applies(retention: string) {
  const { controls } = sampleResource({});
  const notApplicable = { ...controls['restore-tested'], verdict: 'NOT_APPLICABLE' as const };
  const each = Object.fromEntries(Object.keys(controls).map((name) => [name, notApplicable]));
  return {
    a: { controls: { ...each, retention: { ...controls.retention, verdict: retention } } as never },
  };
}

describe('counts of a period', () => {
  it.each(rows)('$rule', async ({ states = 'CCCCC', resources, counts, gap, recovered }) => {
    const archive = await archiveTable({ from: '2026-11-01', states, resources });

    const { totals, days, policies, resources: each } = (await makePeriod(archive, week)).report;

    const [met, failed, missed, unknown, waived] = counts;
    const expected = met + failed + missed + unknown;
    expect(totals).toMatchObject({ expected, met, failed, missed, unknown, waived });
    expect(totals.attainmentPercent).toBe((100 * met) / expected);
    expect(totals.longestGapDays).toBe(gap ?? totals.longestGapDays);
    const { recoveries, meanDaysToRecover } = totals;
    expect([recoveries, meanDaysToRecover]).toStrictEqual(recovered ?? [recoveries, meanDaysToRecover]);
    for (const parts of [days.map((day) => day.counts), policies, each]) {
      expect(parts.reduce((sum, part) => sum + part.expected, 0)).toBe(expected);
      expect(parts.reduce((sum, part) => sum + part.met, 0)).toBe(met);
      expect(parts.reduce((sum, part) => sum + part.waived, 0)).toBe(waived);
    }
  });

  it('takes the population before a period whose first days are missing', async () => {
    const table = { from: '2026-10-29', states: 'CC---CCC', resources: { a: '++   +++', b: '+F   ++ ' } };
    const { totals, days } = (await makePeriod(await archiveTable(table), week)).report;

    expect(totals).toMatchObject({ expected: 9, met: 5, unknown: 4 });
    expect(days.map(({ state }) => state)).toStrictEqual([
      'MISSING',
      'MISSING',
      'COMPLETE',
      'COMPLETE',
      'COMPLETE',
    ]);
  });

  it('expects nothing before the first report of an archive, and says that those days are missing', async () => {
    const table = { from: '2026-11-04', states: 'CC', resources: { a: '++' } };
    const { report } = await makePeriod(await archiveTable(table), week);

    expect(report.totals).toMatchObject({ expected: 2, met: 2, attainmentPercent: 100 });
    expect(report.status).toBe('INCOMPLETE');
    expect(report.statusReasons).toStrictEqual([
      '3 days have no report that can be used: 2026-11-01–2026-11-03. What was in the population before counts as unknown.',
    ]);
  });

  it('has no percentage where nothing was expected', async () => {
    const table = { from: '2026-11-01', states: 'CCCCC', resources: { a: 'NNNNN' } };
    const { totals } = (await makePeriod(await archiveTable(table), week)).report;

    expect(totals).toMatchObject({ expected: 0, attainmentPercent: null, targetState: null });
  });

  it('counts each resource by the policy and the owner of that day', async () => {
    const table: DayTable = {
      from: '2026-11-01',
      states: 'CCCCC',
      resources: { a: '+F+++' },
      day: () => ({}),
    };
    const archive = createMemoryArchive();
    for (let index = 0; index < 5; index += 1) {
      const [policy, owner] = index < 3 ? ['old', 'x@example.com'] : ['new', null];
      const facts = { a: { policy: policy ?? '', owner: owner ?? null } };
      await commitDay(archive, dayOfTable({ ...table, facts }, index), { workbooks: [] });
    }
    const { policies, owners } = (await makePeriod(archive, week)).report;

    expect(policies.map(({ policy, met, expected }) => [policy, met, expected])).toStrictEqual([
      ['new', 2, 2],
      ['old', 2, 3],
    ]);
    expect(owners.map(({ owner, met, expected }) => [owner, met, expected])).toStrictEqual([
      ['x@example.com', 2, 3],
      [null, 2, 2],
    ]);
  });

  it("counts the recipients' parts, and what is in none", async () => {
    const resources = { a: '+F ++', b: '++ +M', c: 'UU UU' };
    const table = { from: '2026-11-01', states: 'CC-CC', resources, recipients: () => teams };
    const { slices } = (await makePeriod(await archiveTable(table), week)).report;

    expect(
      slices.map(({ slice, met, failed, missed, unknown }) => [slice, met, failed, missed, unknown]),
    ).toStrictEqual([
      ['team a', 3, 1, 0, 1],
      ['team b', 3, 0, 1, 1],
      [null, 0, 0, 0, 5],
    ]);
  });

  it("takes the recipients' parts from the rules that each day was made by", async () => {
    const resources = { a: '++F++', b: '++F++' };
    const later = [{ name: 'all', match: {}, to: ['all@example.com'] }];
    const recipients = (date: string) => (date < '2026-11-03' ? teams : later);
    const table = { from: '2026-11-01', states: 'CCCCC', resources, recipients };
    const { slices } = (await makePeriod(await archiveTable(table), week)).report;

    expect(slices.map(({ slice, met, failed }) => [slice, met, failed])).toStrictEqual([
      ['all', 4, 2],
      ['team a', 2, 0],
      ['team b', 2, 0],
    ]);
  });

  it('counts each control, and what applied to nothing is left out', async () => {
    const archive = createMemoryArchive();
    for (const [index, retention] of ['COMPLIANT', 'NON_COMPLIANT', 'UNKNOWN', '-', 'COMPLIANT'].entries()) {
      if (retention === '-') continue;
      const table = {
        from: '2026-11-01',
        states: 'CCCCI',
        resources: { a: '+++++' },
        facts: applies(retention),
      };
      await commitDay(archive, dayOfTable(table, index), { workbooks: [] });
    }
    // By hand: met on day 1, not met on day 2, unknown on day 3, day 4 (no report) and day 5 (INCOMPLETE).
    expect((await makePeriod(archive, week)).report.controls).toStrictEqual([
      { control: 'retention', applicable: 5, met: 1, notMet: 1, unknown: 3 },
    ]);
  });

  it('has the frameworks of its last day with a report', async () => {
    const table = { from: '2026-11-01', states: 'CCCC-', resources: { a: '+++++' }, day: frameworkUntil };
    const { frameworks } = (await makePeriod(await archiveTable(table), week)).report;
    expect(frameworks?.map(({ id }) => id)).toStrictEqual(['iso27001']);
  });

  it('has no parts where no day archived the rules of any', async () => {
    const table = { from: '2026-11-01', states: 'CCCCC', resources: { a: '+++++' } };
    expect((await makePeriod(await archiveTable(table), week)).report.slices).toStrictEqual([]);
  });

  it('has the worst age of a recovery point, and on how many days none was known', async () => {
    const archive = createMemoryArchive();
    const ages = [3600, 90_000, null, 7200, 100];
    for (const [index, recoveryPointAgeSeconds] of ages.entries()) {
      const facts = { a: { recoveryPointAgeSeconds } };
      const table = { from: '2026-11-01', states: 'CCCCC', resources: { a: '+++++' }, facts };
      await commitDay(archive, dayOfTable(table, index), { workbooks: [] });
    }
    const { totals } = (await makePeriod(archive, week)).report;

    expect(totals).toMatchObject({ worstRecoveryPointAgeSeconds: 90_000, withoutRecoveryPoint: 1 });
  });

  it.each([
    { target: 80, state: 'reached' },
    { target: 80.001, state: 'missed' },
    { target: 100, state: 'missed' },
    { target: 0, state: 'reached' },
  ])('4 of 5 has $state the target of $target %', async ({ target, state }) => {
    const table = { from: '2026-11-01', states: 'CCCCC', resources: { a: '++F++' } };
    const targets = { plan: target, ofPolicy: new Map([['production-databases', 99.9]]) };
    const { totals, owners, policies } = (await makePeriod(await archiveTable(table), week, { targets }))
      .report;

    expect(totals).toMatchObject({ target, targetState: state });
    expect(owners[0]).toMatchObject({ target, targetState: state });
    expect(policies[0]).toMatchObject({
      policy: 'production-databases',
      target: 99.9,
      targetState: 'missed',
    });
  });

  it('refuses a period that is not over, and writes nothing', async () => {
    const archive = createMemoryArchive();
    const made = makePeriod(archive, '2026-11', { now: '2026-11-30T23:59:59Z' });

    await expect(made).rejects.toThrow(/2026-11 is not over: it ends at 2026-12-01T00:00:00/);
    await expect(made).rejects.toBeInstanceOf(Failure);
    expect(archive.keys()).toStrictEqual([]);
  });
});
