import type { Definition, DefinitionSection } from '../../../renderers/view/definitions.js';
import type { Wording } from '../../../renderers/view/wording.js';
import { columnDefinitions } from '../../../renderers/xlsx/binding/column-definitions.js';
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
    section(
      'columns',
      columnDefinitions(createReportLists, wording, true),
      text('archive.definitions.columnsIntro'),
    ),
  ];
}

/** What these reports do not prove. */
export function backupLimits({ text }: Wording): readonly string[] {
  return ['restorable', 'untold'].map((limit) => text(`archive.limit.${limit}`));
}
