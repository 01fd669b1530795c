import { describe, expect, it } from 'vitest';
import { createBackupWording } from '../../../../src/reports/backup-compliance/views/backup-wording.js';
import { namingWorkbook } from '../../../../src/reports/backup-compliance/views/page/edition-view.js';
import { exceptionCards } from '../../../../src/reports/backup-compliance/views/page/exception-list.js';
import { failedResource, reportOf, sampleResource } from '../../../support/sample-report.js';
import { englishTheme } from '../../../support/theme.js';

const report = reportOf([]);
const reportDay = { ...report.reportDay, most: 200 };
const wording = namingWorkbook({ report }, createBackupWording(englishTheme.wording));

function failures(count: number, owners: readonly (string | null)[] = ['dba@example.com']) {
  return Array.from({ length: count }, (_, index) =>
    failedResource({
      resourceName: `DB-${index}`,
      owner: owners[index % owners.length] ?? null,
      lastFailure: {
        time: `2026-11-19T09:${String(59 - (index % 60)).padStart(2, '0')}:00.000Z`,
        message: 'ORA-19809: limit exceeded for recovery files',
      },
    }),
  );
}

const missed = sampleResource({ resourceName: 'LOST', outcome: 'MISSED', compliance: 'NON_COMPLIANT' });

describe('the cards of the exceptions', () => {
  it.each([
    [5, ['resource', 'resource', 'resource', 'resource', 'resource']],
    [6, ['group']],
  ])('are, of %i resources of one cause, %j', (count, kinds) => {
    const cards = exceptionCards(failures(count), reportDay, wording);
    expect(cards.map(({ group }) => (group === null ? 'resource' : 'group'))).toEqual(kinds);
  });

  it('keep the order of the worst of each cause', () => {
    const [first, ...others] = failures(8);
    if (first === undefined) throw new Error('there are eight');
    const shown = exceptionCards([missed, first, ...others], reportDay, wording);
    expect(shown.map(({ resource, group }) => resource?.name ?? group?.title)).toEqual([
      'LOST',
      '8 resources: recovery area full',
    ]);
  });

  it('make 3,200 of one cause one card with owners, first time and the worst by name', () => {
    const [card, ...others] = exceptionCards(
      failures(3_200, ['c@example.com', 'a@example.com', null, 'b@example.com']),
      reportDay,
      wording,
    );
    expect(others).toEqual([]);
    expect(card?.group).toMatchObject({
      size: 3_200,
      title: '3,200 resources: recovery area full',
      codes: ['ORA-19809'],
      first: 'first failure 2026-11-19 04:00 EST',
      owners: 'a@example.com, b@example.com, c@example.com and 1 more',
      worst: 'DB-0, DB-1, DB-2 and 3,197 more',
      summary: 'Show the worst 100 of 3,200 resources',
      more: '3,100 more are in the list of all resources and in report.xlsx.',
    });
    expect(card?.group?.rows).toHaveLength(100);
    expect(card?.group?.rows[0]).toMatchObject({
      name: 'DB-0',
      age: { words: '45 h 48 min', limit: 'of 26 h', isBad: true },
    });
  });

  it('say the outcome where that is what is wrong, else the verdict', () => {
    const short = { ...failedResource(), outcome: 'SUCCEEDED' } as const;
    const cards = exceptionCards([failedResource(), short, missed], reportDay, wording);
    expect(cards.map(({ resource }) => resource?.state.words)).toEqual(['Failed', 'Non-compliant', 'Missed']);
  });

  it('say what is the case, not what was asked', () => {
    const [card] = exceptionCards([failedResource()], reportDay, wording);
    expect(card?.resource?.why.map(({ label }) => label)).toEqual([
      'Recovery point too old',
      'Backup did not succeed',
    ]);
  });
});
