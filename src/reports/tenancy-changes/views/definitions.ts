import type { Definition, DefinitionSection } from '../../../renderers/view/definitions.js';
import type { Wording } from '../../../renderers/view/wording.js';
import { auditResults } from '../../../records/audit/audit-result.js';
import { changeActions } from '../../../records/audit/change-action.js';
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
  const { text } = wording;
  const section = (id: string, rows: readonly Definition[], hasIntro = false): DefinitionSection => ({
    id,
    title: text(`tenancy.definitions.${id}`),
    intro: hasIntro ? text(`tenancy.definitions.${id}Intro`) : null,
    rows,
  });
  const coded = (codes: readonly string[], words: string): readonly Definition[] =>
    codes.map((code) => ({
      term: text(`tenancy.${words}.${code}`),
      code,
      means: text(`tenancy.definitions.${words}Means.${code}`),
      formula: null,
    }));
  const totals = totalNames.map((name) => ({
    term: text(`tenancy.definitions.total.${name}`),
    code: null,
    means: text(`tenancy.definitions.totalMeans.${name}`),
    formula: text(`tenancy.definitions.totalFormula.${name}`),
  }));
  const lineFields = Object.keys(changeSchema.shape).map((field) => ({
    term: field,
    code: null,
    means: text(`tenancy.definitions.lineField.${field}`),
    formula: null,
  }));
  return [
    section('reportVerdicts', coded(tenancyVerdicts, 'verdict'), true),
    section('actions', coded(changeActions, 'action'), true),
    section('results', coded(auditResults, 'result')),
    section('totals', totals),
    section('lineFields', lineFields),
    section('columns', columnsOf(wording)),
  ];
}

/** What these reports do not prove. */
export function tenancyLimits({ text }: Wording): readonly string[] {
  return limitNames.map((name) => text(`tenancy.definitions.limit.${name}`));
}

/** Every column of the sheets of the workbook. */
function columnsOf(wording: Wording): readonly Definition[] {
  const branding = { company: null, logo: null, accent: null, footer: null };
  const edition = { file: null, revision: null, contentDigest: null };
  const { lists } = createReportLists(wording, branding, edition);
  const rows = new Map<string, Definition>();
  for (const { name, fields } of lists.flatMap(({ items }) => items.slice(0, 1))) {
    for (const [key, { kind, meaning = '' }] of Object.entries(fields)) {
      const term = `${name}.${key}`;
      rows.set(term, {
        term,
        code: wording.text(`workbook.kind.${kind}`),
        means: wording.text(meaning),
        formula: null,
      });
    }
  }
  return [...rows.values()];
}
