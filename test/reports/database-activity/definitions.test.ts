import { describe, expect, it } from 'vitest';
import { activityLists, activityResults } from '../../../src/reports/database-activity/model/activity.js';
import {
  activityTotalsSchema,
  collectionStates,
} from '../../../src/reports/database-activity/model/activity-report.js';
import { activityVerdicts } from '../../../src/reports/database-activity/model/standing.js';
import { activitySampleDays } from '../../../src/reports/database-activity/sample/sample-days.js';
import { createReportLists } from '../../../src/reports/database-activity/views/workbook/activity-lists.js';
import { renderDefinitions } from '../../../src/wiring/wire-archive-pages.js';
import { databaseActivityWiring } from '../../../src/wiring/wire-database-activity.js';
import { makeTheme } from '../../support/theme.js';

/* What a package says of its words, against the tables that the program makes and shows reports of activity by. */

const languages = await Promise.all(
  ['en', 'de'].map(async (language) => {
    const { wording } = await makeTheme(language);
    return { language, wording, sections: databaseActivityWiring.definitionsOf(wording) };
  }),
);

describe.each(languages)(
  'the definitions of database-activity in $language',
  ({ language, wording, sections }) => {
    const rowsOf = (id: string) => sections.find((section) => section.id === id)?.rows ?? [];

    it.each<[section: string, codes: readonly string[]]>([
      ['reportVerdicts', activityVerdicts],
      ['lists', activityLists],
      ['results', activityResults],
      ['collections', [...collectionStates, 'excluded']],
    ])('have each of the %s with its code and what it means', (section, codes) => {
      expect(rowsOf(section).map(({ code }) => code)).toEqual(codes);
      expect(rowsOf(section).filter(({ means }) => means.length < 10)).toEqual([]);
    });

    it('have each total that report.json has, with what it adds up to', () => {
      const names = [...Object.keys(activityTotalsSchema.shape), 'lines'];
      expect(rowsOf('totals').map(({ term }) => term)).toEqual(
        names.map((name) => wording.text(`activity.definitions.total.${name}`)),
      );
      expect(rowsOf('totals').filter(({ formula }) => (formula ?? '').length < 5)).toEqual([]);
    });

    it('have each column of the workbook', () => {
      const branding = { company: null, logo: null, accent: null, footer: null };
      const { lists } = createReportLists(wording, branding, {
        file: null,
        revision: null,
        contentDigest: null,
      });
      const columns = lists.flatMap(({ items }) =>
        items.flatMap(({ name, fields }) => Object.keys(fields).map((field) => `${name}.${field}`)),
      );
      expect(rowsOf('columns').map(({ term }) => term)).toEqual([...new Set(columns)]);
    });

    it('say what the reports do not prove, and nothing of backups', async () => {
      const page = await renderDefinitions(await makeTheme(language), {
        kind: databaseActivityWiring,
        tool: 'oci-backup-reporter 0.0.0',
      } as never);
      const [, list = ''] = /aria-labelledby="limits">[^]*?<ul[^>]*>([^]*?)<\/ul>/.exec(page) ?? [];
      expect([...list.matchAll(/<li>/g)]).toHaveLength(8);
      expect(list).toContain(language === 'de' ? 'gewollt' : 'was wanted');
      expect(page).not.toMatch(
        language === 'de' ? /Wiederherstellungstest|handelt nicht von/ : /restore test|not about backups/,
      );
    });
  },
);

it('both languages explain the same words, each in its own', () => {
  const [english, german] = languages;
  for (const { id, rows } of english?.sections ?? []) {
    const others = german?.sections.find((section) => section.id === id)?.rows ?? [];
    expect(others).toHaveLength(rows.length);
    const same = rows.filter(({ means }, index) => means === others[index]?.means);
    expect(same.map(({ term }) => term)).toEqual([]);
  }
});

function sumOf(rows: readonly { readonly records: number }[]): number {
  return rows.reduce((sum, row) => sum + row.records, 0);
}

it.each(activitySampleDays())('their formulas hold for the sample day "$name"', ({ report, lines }) => {
  const { totals, targets, users, operations, lateDays } = report;
  const { records, succeeded, failed, unknown, privileged } = totals;
  expect([succeeded + failed + unknown, ...[targets, users, operations].map(sumOf), lines.length]).toEqual(
    Array.from({ length: 5 }, () => records),
  );
  expect(totals.failedLogins).toBeLessThanOrEqual(failed + unknown);
  expect(Math.max(totals.grants, totals.auditingOff)).toBeLessThanOrEqual(privileged);
  expect(Math.max(privileged, totals.drops)).toBeLessThanOrEqual(records);
  expect([totals.targets, totals.late]).toEqual([targets.length, sumOf(lateDays)]);
  expect(totals.withoutData).toBeLessThanOrEqual(totals.targets);
});
