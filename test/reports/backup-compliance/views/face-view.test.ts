import { describe, expect, it } from 'vitest';
import { createBackupWording } from '../../../../src/reports/backup-compliance/views/backup-wording.js';
import { faceView } from '../../../../src/reports/backup-compliance/views/page/face-view.js';
import { failedResource, reportOf, sampleResource, sampleWaiver } from '../../../support/sample-report.js';
import { englishTheme, makeTheme } from '../../../support/theme.js';

const english = createBackupWording(englishTheme.wording);
const german = createBackupWording((await makeTheme('de')).wording);

const good = sampleResource();
const bad = failedResource({ resourceName: 'ORDERS' });
const waived = failedResource({ resourceName: 'CRM', waiver: sampleWaiver });
const unknown = sampleResource({ resourceName: 'HR', outcome: 'UNKNOWN', compliance: 'UNKNOWN' });
const notDue = sampleResource({ outcome: 'NOT_DUE', compliance: 'NOT_APPLICABLE' });
const incomplete = { status: 'INCOMPLETE', statusReasons: ['A source failed.'] } as const;

describe('the headline', () => {
  it.each([
    ['one of many', reportOf([bad, good, good]), '1 of 3 resources needs attention'],
    ['unknown counts', reportOf([bad, unknown, good]), '2 of 3 resources need attention'],
    ['waived does not', reportOf([bad, waived, good]), '1 of 3 resources needs attention'],
    ['not all is known', reportOf([bad, good], incomplete), 'At least 1 of 2 resources needs attention'],
    ['all waived', reportOf([waived, good]), 'No resource needs attention, 1 is accepted for now'],
    [
      'waived, not all known',
      reportOf([waived, good], incomplete),
      'No exceptions seen, but not everything is known',
    ],
    ['none seen', reportOf([good], incomplete), 'No exceptions seen, but not everything is known'],
    ['nothing seen', reportOf([]), 'Nothing was seen: there is no resource to judge'],
    ['nothing seen, incomplete', reportOf([], incomplete), 'Nothing was seen: there is no resource to judge'],
    ['nothing due', reportOf([notDue, notDue]), 'Nothing was due for any of 2 resources'],
    ['all well', reportOf([good, good]), 'All 2 resources are compliant'],
    ['the one is well', reportOf([good]), 'The one resource is compliant'],
    ['well where due', reportOf([good, good, notDue]), '2 resources are compliant, nothing was due for 1'],
  ])('with %s', (_, report, words) => {
    expect(faceView(report, english).headline).toBe(words);
  });

  it('speaks German', () => {
    expect(faceView(reportOf([bad, good]), german).headline).toBe(
      '1 von 2 Ressourcen braucht Aufmerksamkeit',
    );
    expect(faceView(reportOf([good], incomplete), german).headline).toBe(
      'Keine Abweichungen gesehen, aber nicht alles ist bekannt',
    );
  });
});

describe('the sentence below', () => {
  it.each([
    ['names the worst and its cause', reportOf([bad, good]), 'ORDERS failed: recovery area full.'],
    ['does not name who is waived', reportOf([waived, bad]), 'ORDERS failed: recovery area full.'],
    ['says what is not proven', reportOf([notDue]), 'This is no proof of a backup.'],
    ['is not there where all is well', reportOf([good]), null],
    ['is not there where all is waived', reportOf([waived]), null],
  ])('%s', (_, report, words) => {
    expect(faceView(report, english).worst).toBe(words);
  });
});

describe('the line of facts', () => {
  it('says from what the report is complete', () => {
    expect(faceView(reportOf([good]), english).read).toBe(
      'Complete: 1 source, 9 files, 48 records, all accounted for.',
    );
  });

  it('does not say complete of an INCOMPLETE report', () => {
    expect(faceView(reportOf([good], incomplete), english).read).toBe('Read: 1 source, 9 files, 48 records.');
  });

  it('does not say accounted for where a count is not the sum of its parts', () => {
    const report = reportOf([good]);
    const [source] = report.sources;
    if (source?.inputs === undefined) throw new Error('the sample has inputs');
    const records = { ...report.controlTotals, used: 39 };
    const inputs = { ...source.inputs, read: 6 };
    const wrong = [
      { ...report, totals: { ...report.totals, expected: 2 } },
      { ...report, controlTotals: records },
      { ...report, sources: [{ ...source, controlTotals: records }] },
      { ...report, sources: [{ ...source, inputs }] },
    ];
    for (const each of wrong) {
      expect(faceView(each, english)).toMatchObject({
        isBalanced: false,
        read: 'The counts of this report do not balance.',
      });
    }
  });

  it('counts inputs that are no files as that', () => {
    const report = reportOf([good]);
    const sources = report.sources.map((source) => ({ ...source, type: 'object-storage' }));
    expect(faceView({ ...report, sources }, english).read).toContain('9 inputs');
  });

  it('says 99.98 %, which is not all', () => {
    const fleet = Array.from({ length: 4_999 }, (_, index) => sampleResource({ resourceName: `R-${index}` }));
    const { previousReport } = reportOf([]);
    const report = reportOf([bad, ...fleet], {
      inventory: { type: 'csv', description: 'fleet.csv' },
      previousReport,
    });
    expect(faceView(report, english).compliant).toBe('99.98% compliant.');
    expect(faceView(reportOf([notDue]), english).compliant).toBeNull();
  });
});
