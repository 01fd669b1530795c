import { type Fields, numberField, textField, timeField } from '../../../../renderers/xlsx/binding/field.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import type { BackupWording } from '../backup-wording.js';
import type { CauseGroup } from '../causes/cause-groups.js';
import { causeName, causeWords } from '../causes/cause-words.js';

/** Most names of one group: a cell of thousands would show none of them. */
const mostNames = 5;

/** Resources that need attention for one cause, one group a row. */
export function causeFields(wording: BackupWording): Fields<CauseGroup> {
  return {
    name: textField((row) => causeName(row.cause, wording)),
    codes: textField((row) => row.cause.codes.join('\n') || null),
    count: numberField((row) => row.resources.length),
    worst: textField((row) => worstNames(row.resources, wording)),
    owners: textField((row) => row.owners.join('\n') || null),
    firstTime: timeField((row) => row.firstTime),
    advice: textField(({ resources: [worst] }) =>
      worst === undefined ? null : causeWords(worst, wording).advice,
    ),
  };
}

/** The first names, one a line, and how many more there are. */
function worstNames(resources: readonly ResourceCompliance[], { text }: BackupWording): string {
  const names = resources.slice(0, mostNames).map(({ resourceName }) => resourceName);
  const rest = resources.length - names.length;
  return [...names, ...(rest === 0 ? [] : [text('workbook.moreNames', { number: rest })])].join('\n');
}
