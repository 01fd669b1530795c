import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { dispositions } from '../../src/model/control-totals.js';
import { exitCodes } from '../../src/model/exit-codes.js';
import { reasonTable } from '../../src/model/reasons/reason-table.js';
import { templateReasons } from '../../src/model/reasons/template-reasons.js';
import { textReasons } from '../../src/model/reasons/text-reasons.js';
import { workbookReasons } from '../../src/model/reasons/workbook-reasons.js';
import { severities } from '../../src/model/severity.js';
import { packageRoot } from '../../src/package-root.js';
import { auditResults } from '../../src/records/audit/audit-result.js';
import { changeActions } from '../../src/records/audit/change-action.js';
import { pageColumnMeanings } from '../../src/reference/page-column-meanings.js';
import { columnsOfPage } from '../../src/reference/page-columns.js';
import { jobStatuses } from '../../src/reports/backup-compliance/model/backup-job.js';
import { dailyReportSchema } from '../../src/reports/backup-compliance/model/daily-report.js';
import { jobLineFields } from '../../src/reports/backup-compliance/model/jobs-file.js';
import { controlNames, outcomes, verdicts } from '../../src/reports/backup-compliance/model/verdict.js';
import { activityReportSchema } from '../../src/reports/database-activity/model/activity-report.js';
import { tenancyReportSchema } from '../../src/reports/tenancy-changes/model/tenancy-report.js';
import { shippedKinds } from '../../src/wiring/report-kinds.js';
import { themeHere } from '../support/theme-here.js';

const readText = (path: string): Promise<string> => readFile(new URL(path, packageRoot), 'utf8');
const page = await readText('docs/report-reference.md');

/** The chapter of that title. */
function chapter(title: string): string {
  const [, below] = page.split(`\n## ${title}\n`);
  if (below === undefined) throw new Error(`docs/report-reference.md has no chapter ${title}`);
  return below.split(/^## /m)[0] ?? '';
}

/** What stands in the cells of tables, without marks. */
function cellsOf(text: string): ReadonlySet<string> {
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return new Set(
    rows.flatMap((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('`', ''))),
  );
}

const missing = (wanted: readonly string[], text: string): readonly string[] => {
  const cells = cellsOf(text);
  return wanted.filter((each) => !cells.has(each));
};

describe('docs/report-reference.md', () => {
  it('has a chapter for each kind of report', () => {
    const titles = [...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(['Every report', ...shippedKinds.names, 'Reasons for INCOMPLETE']);
  });

  it.each([
    ['Every report', [...dispositions, ...severities, ...exitCodes.map(String), 'COMPLETE', 'INCOMPLETE']],
    ['backup-compliance', [...outcomes, ...verdicts, ...controlNames, ...jobStatuses, ...jobLineFields]],
    ['tenancy-changes', [...changeActions, ...auditResults]],
  ])('has each word that the code knows: %s', (title, words) => {
    expect(missing(words, chapter(title))).toEqual([]);
  });

  it('would lack one that is new', () => {
    expect(missing(['NEW_OUTCOME'], chapter('backup-compliance'))).toEqual(['NEW_OUTCOME']);
  });

  it.each(shippedKinds.names)(
    'has every definition, field and column of the workbook of %s',
    async (name) => {
      const theme = await themeHere({ language: 'en', branding: {} } as Parameters<typeof themeHere>[0], '/');
      const kind = await shippedKinds.load(name);
      const sections = kind?.definitionsOf(theme.wording) ?? [];
      const terms = sections.flatMap(({ rows }) =>
        rows.map(({ term }) => term.replaceAll('|', String.raw`\|`)),
      );
      expect(missing(terms, chapter(name))).toEqual([]);
      expect(terms.length).toBeGreaterThan(40);
    },
  );

  it.each([
    ['backup-compliance', dailyReportSchema],
    ['tenancy-changes', tenancyReportSchema],
    ['database-activity', activityReportSchema],
  ])('has every field of report.json of %s', (name, schema) => {
    expect(missing(Object.keys(schema.shape), chapter(name))).toEqual([]);
  });

  it('has every reason of sources, inputs and records', () => {
    // Those are about templates and texts of people: a report is not INCOMPLETE by them.
    const others = new Set(Object.keys({ ...templateReasons, ...textReasons, ...workbookReasons }));
    const reasons = Object.keys(reasonTable).filter((code) => !others.has(code));
    const rows = chapter('Reasons for INCOMPLETE').match(/^\| (?!reason |-)/gm) ?? [];
    expect(rows).toHaveLength(reasons.length);
  });
});

describe('the columns of pages', () => {
  it('have a meaning each, and no meaning is of none', async () => {
    const names = ['report', 'tenancy-changes', 'database-activity'];
    const templates = await Promise.all(names.map((name) => readText(`templates/${name}.html.hbs`)));
    const there = new Set(templates.flatMap(columnsOfPage));
    expect(Object.keys(pageColumnMeanings).toSorted()).toEqual([...there].toSorted());
  });
});
