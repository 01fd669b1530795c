import { describe, expect, it } from 'vitest';
import { auditResults } from '../../../src/records/audit/audit-result.js';
import { changeActions } from '../../../src/records/audit/change-action.js';
import { changeSchema } from '../../../src/reports/tenancy-changes/model/change.js';
import { tenancyVerdicts } from '../../../src/reports/tenancy-changes/model/standing.js';
import { totalsSchema } from '../../../src/reports/tenancy-changes/model/tenancy-report.js';
import { createReportLists } from '../../../src/reports/tenancy-changes/views/workbook/tenancy-lists.js';
import { renderDefinitions } from '../../../src/wiring/wire-archive-pages.js';
import { tenancyChangesWiring } from '../../../src/wiring/wire-tenancy-changes.js';
import { makeTheme } from '../../support/theme.js';

/* What a package says of its words, against the tables that the program makes and shows reports of changes by. */

const languages = await Promise.all(
  ['en', 'de'].map(async (language) => {
    const { wording } = await makeTheme(language);
    return { language, wording, sections: tenancyChangesWiring.definitionsOf(wording) };
  }),
);

describe.each(languages)(
  'the definitions of tenancy-changes in $language',
  ({ language, wording, sections }) => {
    const rowsOf = (id: string) => sections.find((section) => section.id === id)?.rows ?? [];

    it.each<[section: string, codes: readonly string[]]>([
      ['reportVerdicts', tenancyVerdicts],
      ['actions', changeActions],
      ['results', auditResults],
    ])('have each of the %s with its code and what it means', (section, codes) => {
      expect(rowsOf(section).map(({ code }) => code)).toEqual(codes);
    });

    it('have each field of a line, and each total that report.json has', () => {
      expect(rowsOf('lineFields').map(({ term }) => term)).toEqual(Object.keys(changeSchema.shape));
      const named = Object.keys(totalsSchema.shape).filter((name) => !/^(?:by[A-Z]|done)/.test(name));
      const terms = new Set(rowsOf('totals').map(({ term }) => term));
      const missing = named.filter((name) => !terms.has(wording.text(`tenancy.definitions.total.${name}`)));
      expect(missing).toEqual([]);
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

    it('say what the reports do not prove, and nothing of backups that succeeded', async () => {
      const page = await renderDefinitions(await makeTheme(language), {
        kind: tenancyChangesWiring,
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
