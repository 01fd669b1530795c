import { numberCell, textCell } from '../../../../renderers/view/counted-period/counted-cells.js';
import type { CountedTable } from '../../../../renderers/view/counted-period/counted-period.js';
import { shortText, timeWords } from '../../../../renderers/view/view-parts.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { Change } from '../../model/change.js';
import type { TenancyPeriod } from '../../period/period-report.js';
import { actionLabel, principalWords, resourceWords, resultLabel } from '../tenancy-words.js';

/** What a person has to look at: protection that was taken away, what touches backups, and who is new. */
export function listTables(report: TenancyPeriod, wording: Wording): readonly CountedTable[] {
  return [
    ...(['removals', 'backupChanges'] as const).map((list) => changeTable(list, report, wording)),
    firstSeenTable(report, wording),
  ];
}

function changeTable(
  list: 'removals' | 'backupChanges',
  report: TenancyPeriod,
  wording: Wording,
): CountedTable {
  const { text, language } = wording;
  const { total, changes } = report[list];
  return {
    id: list,
    title: text(`tenancy.list.${list}.title`, { number: language.integer(total) }),
    intro: text(`tenancy.list.${list}.intro`),
    columns: ['what', 'time', 'action', 'result', 'who'].map((head) => ({
      words: text(`tenancy.head.${head}`),
      isNumber: false,
    })),
    rows: changes.map((change) => ({
      name: shortText(`${change.eventName} · ${resourceWords(change, wording)}`),
      sub: placeOf(change),
      cells: [
        textCell(timeWords(change.endTime ?? change.time, report.period.timezone, '', wording)),
        textCell(actionLabel(change, wording).words),
        textCell(resultLabel(change, wording).words, resultTone(list, change, wording)),
        textCell(principalWords(change, wording)),
      ],
    })),
    none: list === 'removals' ? text('tenancy.period.noRemovals') : null,
    total,
    tone: list === 'removals' && total > 0 ? 'bad' : 'quiet',
  };
}

/** What took a backup away and succeeded is no quiet success. */
function resultTone(list: string, change: Change, wording: Wording) {
  const { tone } = resultLabel(change, wording);
  return list === 'removals' && tone === 'quiet' ? 'bad' : tone;
}

function placeOf({ service, compartmentName, compartmentId, region }: Change): string {
  const place = [service, compartmentName ?? compartmentId, region].filter(
    (each) => each !== null && each !== '',
  );
  return shortText(place.join(' · '), 200);
}

function firstSeenTable({ firstSeen, days }: TenancyPeriod, wording: Wording): CountedTable {
  const { text, language } = wording;
  const { total, unknownDays, principals } = firstSeen;
  return {
    id: 'first-seen',
    title: text('tenancy.firstSeen.title'),
    intro: text('tenancy.period.firstSeen', { number: total, unknown: unknownDays, days: days.length }),
    columns: [
      { words: text('tenancy.head.principals'), isNumber: false },
      { words: text('tenancy.head.firstDay'), isNumber: false },
      { words: text('tenancy.head.changes'), isNumber: true },
    ],
    rows: principals.map(({ date, id, name, changes }) => ({
      name: shortText(name ?? id),
      sub: name === null ? null : shortText(id),
      cells: [textCell(language.date(date)), numberCell(changes, wording)],
    })),
    none: text(unknownDays === 0 ? 'tenancy.period.nobodyNew' : 'tenancy.period.nobodyKnownNew'),
    total,
    tone: 'quiet',
  };
}
