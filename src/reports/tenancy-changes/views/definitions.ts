import { auditResults } from '../../../records/audit/audit-result.js';
import { changeActions } from '../../../records/audit/change-action.js';
import { type DefinitionSection, definitionWords } from '../../../renderers/view/definitions.js';
import type { Wording } from '../../../renderers/view/wording.js';
import { columnDefinitions } from '../../../renderers/xlsx/binding/column-definitions.js';
import { changeSchema } from '../model/change.js';
import { tenancyVerdicts } from '../model/standing.js';
import { createReportLists } from './workbook/tenancy-lists.js';

/** What is counted of a day, and what it has to add up to. */
const totalNames = [
  'changes',
  'lines',
  'removedProtection',
  'backupRelevant',
  'running',
  'unknownVerb',
  'reads',
  'firstSeen',
] as const;

/** What these reports cannot show, whatever they say. */
const limitNames = ['wanted', 'untold', 'reads', 'inside'] as const;

/** The words of a report of changes, from the tables that it is made and shown by. */
export function tenancyDefinitions(wording: Wording): readonly DefinitionSection[] {
  const { section, coded, totals } = definitionWords('tenancy', wording);
  const lineFields = Object.keys(changeSchema.shape).map((field) => ({
    term: field,
    code: null,
    means: wording.text(`tenancy.definitions.lineField.${field}`),
    formula: null,
  }));
  return [
    section('reportVerdicts', coded(tenancyVerdicts, 'verdict'), true),
    section('actions', coded(changeActions, 'action'), true),
    section('results', coded(auditResults, 'result')),
    section('totals', totals(totalNames)),
    section('lineFields', lineFields),
    section('columns', columnDefinitions(createReportLists, wording)),
  ];
}

/** What these reports do not prove. */
export function tenancyLimits({ text }: Wording): readonly string[] {
  return limitNames.map((name) => text(`tenancy.definitions.limit.${name}`));
}
