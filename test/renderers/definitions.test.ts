import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/model/exit-codes.js';
import { dispositions } from '../../src/model/control-totals.js';
import { jobStatuses } from '../../src/reports/backup-compliance/model/backup-job.js';
import { jobLineFields } from '../../src/reports/backup-compliance/model/jobs-file.js';
import { reportVerdicts } from '../../src/reports/backup-compliance/model/report-verdict.js';
import { controlNames, outcomes, verdicts } from '../../src/reports/backup-compliance/model/verdict.js';
import { createReportLists } from '../../src/reports/backup-compliance/views/workbook/report-lists.js';
import type { Wording } from '../../src/renderers/view/wording.js';
import { renderDefinitions } from '../../src/wiring/wire-archive-pages.js';
import { backupCompliance } from '../../src/wiring/wire-backup-compliance.js';
import { themeHere } from '../support/theme-here.js';

/* What a package says of its words, against the tables that the program judges and shows by. */

interface Row {
  readonly term: string;
  readonly cells: readonly string[];
}

const plainText = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .trim();

/** The rows of each section of a page, by the id of its heading. */
function sectionsOf(page: string): ReadonlyMap<string, readonly Row[]> {
  const sections = new Map<string, readonly Row[]>();
  for (const [, id = '', body = ''] of page.matchAll(
    /<section aria-labelledby="(\w+)">([^]*?)<\/section>/g,
  )) {
    const rows = [...body.matchAll(/<tr role="row">\s*<th scope="row"[^]*?<\/tr>/g)].map(([row]) => {
      const [term = '', ...cells] = [...row.matchAll(/<t[hd] [^>]*>([^]*?)<\/t[hd]>/g)].map(([, cell = '']) =>
        plainText(cell),
      );
      return { term, cells };
    });
    sections.set(id, rows);
  }
  return sections;
}

async function pageIn(language: string) {
  const theme = await themeHere({ language, templates: undefined, branding: {} } as never, '.');
  return {
    theme,
    page: await renderDefinitions(theme, {
      kind: backupCompliance,
      tool: 'oci-backup-reporter 0.0.0',
    } as never),
  };
}

/** Every list of the workbook, and the fields of its items. */
function workbookFields(wording: Wording): readonly string[] {
  const branding = { company: null, logo: null, accent: null, footer: null };
  const edition = { file: null, revision: null, contentDigest: null };
  const { globals, lists } = createReportLists(wording, branding, edition);
  return [...globals, ...lists.flatMap(({ items }) => items.slice(0, 1))].flatMap(({ name, fields }) =>
    Object.keys(fields).map((field) => `${name}.${field}`),
  );
}

const languages = await Promise.all(
  ['en', 'de'].map(async (language) => ({ language, ...(await pageIn(language)) })),
);

describe.each(languages)('the definitions in $language', ({ language, theme, page }) => {
  const sections = sectionsOf(page);

  it.each<[section: string, codes: readonly string[]]>([
    ['outcomes', outcomes],
    ['verdicts', verdicts],
    ['controls', controlNames],
    ['reportVerdicts', reportVerdicts],
    ['jobStatuses', jobStatuses],
    ['statuses', ['COMPLETE', 'INCOMPLETE']],
    ['dispositions', dispositions],
  ])('have each of the %s with its code and what it means', (section, codes) => {
    const rows = sections.get(section) ?? [];
    expect(rows.map(({ cells: [code] }) => code)).toEqual(codes);
    for (const { term, cells } of rows) {
      const [code = '', means = '', ...formula] = cells;
      expect([term, means, ...formula].every((text) => text !== '' && !text.includes(`.${code}`))).toBe(true);
      expect(means).not.toBe(code);
    }
  });

  it('have a formula of each control and each total', () => {
    for (const section of ['controls', 'totals']) {
      const rows = sections.get(section) ?? [];
      expect(rows.map(({ cells }) => cells.at(-1)).filter((formula) => (formula ?? '').length < 10)).toEqual(
        [],
      );
      expect(rows.length).toBeGreaterThan(3);
    }
  });

  it('have each field of the file of jobs, each column of the workbook and each exit code', () => {
    const termsOf = (section: string) => (sections.get(section) ?? []).map(({ term }) => term);
    expect(termsOf('jobFields')).toEqual(jobLineFields);
    expect(termsOf('columns').toSorted()).toEqual([...new Set(workbookFields(theme.wording))].toSorted());
    expect(termsOf('exits')).toEqual(exitCodes.map(String));
    const silent = [...sections.values()]
      .flat()
      .filter(({ cells }) => !cells.some((cell) => /\w{3}/.test(cell)));
    expect(silent).toEqual([]);
  });

  it('say what the reports do not prove, and that in their language', () => {
    const [, list = ''] = /aria-labelledby="limits">[^]*?<ul[^>]*>([^]*?)<\/ul>/.exec(page) ?? [];
    const limits = [...list.matchAll(/<li>([^]*?)<\/li>/g)].map(([, words = '']) => plainText(words));
    expect(limits).toHaveLength(6);
    expect(limits.join(' ')).toMatch(language === 'de' ? /Wiederherstell/ : /restore test/);
    expect(page).toContain(`<html lang="${language}"`);
  });
});

it('both have the same words to explain, in words of their own', () => {
  const [english, german] = languages.map(({ page }) => sectionsOf(page));
  for (const [id, rows] of english ?? []) {
    const others = german?.get(id) ?? [];
    expect(others).toHaveLength(rows.length);
    const same = rows.filter(({ cells }, index) => cells.at(-1) === others[index]?.cells.at(-1));
    const isWorded = !['totals', 'controls'].includes(id);
    expect(isWorded ? same.map(({ term }) => term) : []).toEqual([]);
  }
});
