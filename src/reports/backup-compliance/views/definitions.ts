import type { Definition, DefinitionSection } from '../../../renderers/view/definitions.js';
import type { Wording } from '../../../renderers/view/wording.js';
import type { ListItem } from '../../../renderers/xlsx/binding/report-lists.js';
import { jobStatuses } from '../model/backup-job.js';
import { jobLineFields } from '../model/jobs-file.js';
import { reportVerdicts } from '../model/report-verdict.js';
import { controlNames, outcomes, verdicts } from '../model/verdict.js';
import { createReportLists } from './workbook/report-lists.js';

/** What `totals` of report.json has to add up to. */
const totalNames = ['expected', 'compliant', 'percent', 'records'] as const;

/** The words of a compliance report, from the tables that it is judged and shown by. */
export function backupDefinitions(wording: Wording): readonly DefinitionSection[] {
  const { text } = wording;
  const section = (
    id: string,
    rows: readonly Definition[],
    intro: string | null = null,
  ): DefinitionSection => ({ id, title: text(`archive.definitions.${id}`), intro, rows });
  const coded = (codes: readonly string[], words: string, means: string): readonly Definition[] =>
    codes.map((code) => ({
      term: text(`${words}.${code}`),
      code,
      means: text(`${means}.${code}`),
      formula: null,
    }));
  const controls = controlNames.map((control) => ({
    term: text(`control.${control}.words`),
    code: control,
    means: text(`control.${control}.asks`),
    formula: text(`archive.controlFormula.${control}`),
  }));
  const totals = totalNames.map((name) => ({
    term: text(`archive.total.${name}`),
    code: null,
    means: text(`archive.totalMeans.${name}`),
    formula: text(`archive.totalFormula.${name}`),
  }));
  const jobFields = jobLineFields.map((field) => ({
    term: field,
    code: null,
    means: text(`archive.jobField.${field}`),
    formula: null,
  }));
  return [
    section(
      'outcomes',
      coded(outcomes, 'outcome', 'archive.outcomeMeans'),
      text('archive.definitions.outcomesIntro'),
    ),
    section('verdicts', coded(verdicts, 'verdict', 'archive.verdictMeans')),
    section('controls', controls, text('archive.definitions.controlsIntro')),
    section('totals', totals),
    section('reportVerdicts', coded(reportVerdicts, 'reportVerdict', 'archive.reportVerdictMeans')),
    section('jobStatuses', coded(jobStatuses, 'jobStatus', 'archive.jobStatusMeans')),
    section('jobFields', jobFields),
    section('columns', columnsOf(wording), text('archive.definitions.columnsIntro')),
  ];
}

/** What these reports do not prove. */
export function backupLimits({ text }: Wording): readonly string[] {
  return ['restorable', 'untold'].map((limit) => text(`archive.limit.${limit}`));
}

/** Every field that a workbook can show, as its sheet of provenance names it. */
function columnsOf(wording: Wording): readonly Definition[] {
  const branding = { company: null, logo: null, accent: null, footer: null };
  const edition = { file: null, revision: null, contentDigest: null };
  const { globals, lists } = createReportLists(wording, branding, edition);
  const items = [...globals, ...lists.flatMap((list) => list.items.slice(0, 1))];
  const rows = new Map<string, Definition>();
  for (const item of items) for (const row of fieldsOf(item, wording)) rows.set(row.term, row);
  return [...rows.values()];
}

function fieldsOf({ name, fields }: ListItem, { text }: Wording): readonly Definition[] {
  return Object.entries(fields).map(([key, { kind, meaning = `workbook.means.${name}.${key}` }]) => ({
    term: `${name}.${key}`,
    code: text(`workbook.kind.${kind}`),
    means: text(meaning),
    formula: null,
  }));
}
