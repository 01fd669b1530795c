import { type DefinitionSection, definitionWords } from '../../../renderers/view/definitions.js';
import type { Wording } from '../../../renderers/view/wording.js';
import { columnDefinitions } from '../../../renderers/xlsx/binding/column-definitions.js';
import { activityLists, activityResults } from '../model/activity.js';
import { activityTotalsSchema, collectionStates } from '../model/activity-report.js';
import { activityVerdicts } from '../model/standing.js';
import { createReportLists } from './workbook/activity-lists.js';

/** What these reports cannot show, whatever they say. */
const limitNames = ['wanted', 'untold', 'reads', 'inside'] as const;

/** The words of a report of activity, from the tables that it is made and shown by. */
export function activityDefinitions(wording: Wording): readonly DefinitionSection[] {
  const { text } = wording;
  const { section, coded, totals } = definitionWords('activity', wording);
  const lists = activityLists.map((list) => ({
    term: text(`activity.definitions.list.${list}`),
    code: list,
    means: text(`activity.list.${list}.intro`),
    formula: null,
  }));
  return [
    section('reportVerdicts', coded(activityVerdicts, 'verdict'), true),
    section('lists', lists, true),
    section('results', coded(activityResults, 'result')),
    section('collections', coded([...collectionStates, 'excluded'], 'collection'), true),
    section('totals', totals([...Object.keys(activityTotalsSchema.shape), 'lines'])),
    section('columns', columnDefinitions(createReportLists, wording)),
  ];
}

/** What these reports do not prove. */
export function activityLimits({ text }: Wording): readonly string[] {
  return limitNames.map((name) => text(`activity.definitions.limit.${name}`));
}
