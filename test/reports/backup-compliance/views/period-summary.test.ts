import { expect, it } from 'vitest';
import { periodSummary } from '../../../../src/reports/backup-compliance/views/terminal/period-summary.js';
import { createMemoryArchive } from '../../../support/memory-archive.js';
import { archiveTable, makePeriod } from '../../../support/period-days.js';

it.each([
  ['+'.repeat(30), 'longest gap 0 days,'],
  [`${'+'.repeat(10)}M${'+'.repeat(19)}`, 'longest gap 1 day,'],
  [`${'+'.repeat(10)}MM${'+'.repeat(18)}`, 'longest gap 2 days,'],
])('a period of a resource whose days are %s says %s', async (letters, words) => {
  const table = { from: '2026-11-01', states: 'C'.repeat(30), resources: { a: letters } };
  const { report } = await makePeriod(await archiveTable(table, createMemoryArchive()), '2026-11');
  expect(periodSummary(report).join('\n')).toContain(words);
});
