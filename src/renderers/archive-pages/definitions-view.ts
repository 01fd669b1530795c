import { exitCodes } from '../../model/exit-codes.js';
import { dispositions } from '../../model/control-totals.js';
import type { Definition, DefinitionSection } from '../view/definitions.js';
import type { Wording } from '../view/wording.js';

/** What reports of no kind can show, whatever they say. */
const limits = ['time', 'author', 'sums', 'later'] as const;
const statuses = ['COMPLETE', 'INCOMPLETE'] as const;

/** What `definitions.html.hbs` may show. @param ofKind the words of the kind of report, and what it does not prove */
export function definitionsView(
  ofKind: { readonly sections: readonly DefinitionSection[]; readonly limits: readonly string[] },
  { tool }: { readonly tool: string },
  { text }: Wording,
): object {
  const section = (id: string, rows: readonly Definition[], intro: string | null): DefinitionSection => ({
    id,
    title: text(`archive.definitions.${id}`),
    intro,
    rows,
  });
  const ofStatus = statuses.map((status) => ({
    term: text(`page.status.${status}`),
    code: status,
    means: text(`archive.statusMeans.${status}`),
    formula: null,
  }));
  const ofRecords = dispositions.map((disposition) => ({
    term: text(`page.balance.${disposition}`),
    code: disposition,
    means: text(`archive.dispositionMeans.${disposition}`),
    formula: null,
  }));
  const exits = exitCodes.map((code) => ({
    term: String(code),
    code: null,
    means: text(`archive.exit.code${code}`),
    formula: null,
  }));
  const all = [
    section('statuses', ofStatus, null),
    ...ofKind.sections,
    section('dispositions', ofRecords, text('archive.definitions.dispositionsIntro')),
    section('exits', exits, text('archive.definitions.exitsIntro')),
  ];
  return {
    tool,
    limits: [...ofKind.limits, ...limits.map((limit) => text(`archive.limit.${limit}`))],
    sections: all.map((each) => ({
      ...each,
      hasCodes: each.rows.some(({ code }) => code !== null),
      hasFormulas: each.rows.some(({ formula }) => formula !== null),
    })),
  };
}
