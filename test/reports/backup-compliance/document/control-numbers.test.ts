import { describe, expect, it } from 'vitest';
import { controlNumbers } from '../../../../src/reports/backup-compliance/document/control-numbers.js';
import { measuredInWords } from '../../../../src/reports/backup-compliance/document/sentences/measured-words.js';
import type { PolicyRule } from '../../../../src/reports/backup-compliance/model/policy.js';
import { resourceFields } from '../../../../src/reports/backup-compliance/views/workbook/resource-fields.js';
import { english, judge, languageOf } from '../../../support/judge-day.js';
import { databaseEvent } from '../../../support/raw-event.js';
import { englishTheme } from '../../../support/theme.js';
import { createBackupWording } from '../../../../src/reports/backup-compliance/views/backup-wording.js';

const hourMs = 3_600_000;
const date = '2026-11-19';
const german = await languageOf('de');

describe('what a control measured and is held against', () => {
  it.each([
    ['an age', { ageMs: 93_600_500, limitMs: 93_600_000 }, 93_600.5, 93_600],
    ['the longest of durations', { longestMs: 40_000, limitMs: 43_200_000 }, 40, 43_200],
    ['a retention in days', { days: 30, limitMs: 1 }, 2_592_000, 0.001],
    ['a restore', { lastRestore: { ageMs: 1000 }, limitMs: 2000 }, 1, 2],
    ['a deletion', { ageMs: 1000, retentionMs: 2000 }, 1, 2],
    ['a retention that is not known', { days: null }, null, null],
    ['no restore', { lastRestore: null, limitMs: 2000 }, null, 2],
    ['no length of time', {}, null, null],
  ])('is in unrounded seconds: %s', (_words, judged, measuredSeconds, thresholdSeconds) => {
    expect(controlNumbers(judged)).toEqual({ measuredSeconds, thresholdSeconds });
  });
});

describe('a demand that is not met', () => {
  const limitMs = 26 * hourMs;
  it.each([
    [limitMs + 40_000, limitMs, false, '1 d 2 h 40 s', '1 d 2 h'],
    [limitMs + 1, limitMs, false, '1 d 2 h 0.001 s', '1 d 2 h'],
    [49.75 * hourMs, 49.5 * hourMs, false, '2 d 1 h 45 min', '2 d 1 h 30 min'],
    [27 * hourMs, limitMs, false, '27 h', '26 h'],
    // Met: as rounded as everywhere.
    [limitMs - 1, limitMs, true, '25 h 59 min', '26 h'],
    [49.25 * hourMs, 49.5 * hourMs, true, '2 d 1 h', '2 d 1 h'],
  ])('does not show as met: %d of %d ms', (measuredMs, limit, isMet, measured, threshold) => {
    const both = measuredInWords({ measuredMs, limitMs: limit, isMet }, english);
    expect(both).toEqual({ measured, threshold });
  });

  it('has a decimal comma in German', () => {
    const { measured } = measuredInWords({ measuredMs: limitMs + 500, limitMs, isMet: false }, german);
    expect(measured).toBe('1 d 2 h 0,5 s');
  });
});

describe('a report', () => {
  const policy = (maxAgeMs: number): PolicyRule => ({
    name: 'strict',
    match: {},
    isDefault: false,
    cadence: { weekdays: [1, 2, 3, 4, 5, 6, 7], monthDays: [], words: 'daily' },
    maxAgeMs,
    maxDurationMs: 12 * hourMs,
    minRetentionMs: null,
    maxRestoreAgeMs: null,
    severity: 'medium',
    owner: null,
  });
  const wording = createBackupWording(englishTheme.wording);
  const share = resourceFields(wording)['ageOfLimit'];

  it.each([
    // 25 h and 59.5 s old at the cut-off; 0.1 once said that this is 100.5 % of 25 h, and compliant.
    [26 * hourMs, 'COMPLIANT', 90_059.5 / 93_600],
    [90_059_500, 'COMPLIANT', 1],
    [25 * hourMs, 'NON_COMPLIANT', 1.01],
    [20 * hourMs, 'NON_COMPLIANT', 90_059.5 / 72_000],
  ])('tells the share of the limit by its verdict: %d ms, %s', async (maxAgeMs, verdict, expected) => {
    const backup = databaseEvent('end', '2026-11-18T22:59:00.500Z');
    const { report } = await judge([backup], date, { rules: { policies: [policy(maxAgeMs)] } });
    const [resource] = report.resources;
    const control = resource?.controls['recovery-point-age'];
    expect(control).toMatchObject({
      verdict,
      measuredSeconds: 90_059.5,
      thresholdSeconds: maxAgeMs / 1000,
    });
    expect(resource && share?.value(resource)).toBeCloseTo(expected, 12);
  });

  it('of version 0.1 has no numbers, and no share', async () => {
    const { report } = await judge([databaseEvent('end', `${date}T02:00:00Z`)], date);
    const [resource] = report.resources;
    if (resource === undefined) throw new Error('a resource is expected');
    const { measuredSeconds: _, thresholdSeconds: __, ...old } = resource.controls['recovery-point-age'];
    const archived = { ...resource, controls: { ...resource.controls, 'recovery-point-age': old } };
    expect(share?.value(archived)).toBeNull();
  });

  it('has its percentage unrounded', async () => {
    const names = ['a', 'b', 'c'];
    const records = names.map((name) =>
      databaseEvent('end', `${date}T02:00:00Z`, {
        resourceId: `ocid1.dbbackup.oc1.iad.${name}`,
        details: {
          databaseId: `ocid1.database.oc1.iad.${name}`,
          dbUniqueName: name,
          lifecycleState: name === 'c' ? 'FAILED' : 'ACTIVE',
        },
      }),
    );
    const { report } = await judge(records, date);
    expect(report.totals.compliancePercent).toBe(200 / 3);
    expect(wording.percent(report.totals.compliancePercent)).toBe('66.67%');
  });
});
