import { expect, it } from 'vitest';
import { createWording } from '../../../../src/renderers/view/wording.js';
import { createBackupWording } from '../../../../src/reports/backup-compliance/views/backup-wording.js';
import { provenanceView } from '../../../../src/reports/backup-compliance/views/page/provenance-view.js';
import { english, judgeDays } from '../../../support/judge-day.js';
import { backupOn, dateOf, sourceOf, unrelatedOn } from '../../../support/pulse-estate.js';

const wording = createBackupWording(createWording(english));

it('a source that fell silent is not shown as complete; the others are', async () => {
  const days = [1, 2, 3, 4];
  const reports = await judgeDays(days.map(dateOf), (date) => {
    const day = days.find((each) => dateOf(each) === date) ?? 0;
    const told = day < 4 ? [backupOn(day, 'erp')] : [];
    return { sources: [sourceOf('silenced', told), sourceOf('steady', [unrelatedOn(day)])] };
  });
  const badges = reports.map(({ report }) =>
    provenanceView(report, wording).sources.map(({ name, completeness }) => [name, completeness.words]),
  );
  const complete = [
    ['silenced', 'Complete'],
    ['steady', 'Complete'],
  ];
  expect(badges).toEqual([
    complete,
    complete,
    complete,
    [
      ['silenced', 'Silent'],
      ['steady', 'Complete'],
    ],
  ]);
});
