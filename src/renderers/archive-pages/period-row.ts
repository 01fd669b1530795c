import { plainLine } from '../../base/text-safety.js';
import type { ArchiveCoverage } from '../../model/archive-coverage.js';
import type { PeriodCoverage } from '../../model/period-coverage.js';
import { shortText } from '../view/view-parts.js';
import type { Label, Wording } from '../view/wording.js';

interface LinkedFile {
  readonly name: string;
  /** null: no browser finds it. */
  readonly href: string | null;
}

interface ArchiveOfPeriods {
  readonly coverage: Pick<ArchiveCoverage, 'plan' | 'timezone'>;
  readonly damage: readonly { readonly key: string; readonly words: string }[];
  hrefOf(key: string): string | null;
}

/** A period in `index.html`. */
export function periodRow(
  { coverage, hrefOf, damage }: ArchiveOfPeriods,
  { period, unfinished, revision, status, generatedAt, hasFrameworks, damage: own }: PeriodCoverage,
  wording: Wording,
): object {
  const { text, language } = wording;
  const { label, type, from, to } = period;
  const prefix = `${coverage.plan}/periods/${label}/`;
  const fileOf = (name: string): string | null =>
    revision === null ? null : hrefOf(`${prefix}r${revision}/${name}`);
  const files: readonly LinkedFile[] = [
    ...['report.xlsx', 'report.json', 'manifest.json'].map((name) => ({ name, href: fileOf(name) })),
    ...(hasFrameworks ? [appendixOf(fileOf('report.html'), wording)] : []),
  ];
  const damaged = damage.filter(({ key }) => key.startsWith(prefix));
  return {
    name: type === 'days' ? `${language.date(from)} – ${language.date(to)}` : label,
    page: fileOf('report.html'),
    state: stateOf(damaged.length + own.length > 0 ? 'damaged' : status, wording),
    beside: [
      ...damaged.map(({ key, words }) => `${plainLine(key.slice(prefix.length))}: ${words}`),
      ...(unfinished.length === 0
        ? []
        : [text('archive.leftUnfinished', { numbers: unfinished.map((each) => `r${each}`).join(', ') })]),
    ],
    revision: revision === null ? null : text('archive.revision', { number: revision }),
    generatedAt: generatedAt === null ? null : shortText(wording.time(generatedAt, coverage.timezone)),
    files: files.filter(({ href }) => href !== null),
  };
}

/** The appendix of frameworks of a page. */
export function appendixOf(page: string | null, { text }: Wording): LinkedFile {
  return { name: text('archive.frameworks'), href: page && `${page}#frameworks` };
}

function stateOf(state: PeriodCoverage['status'] | 'damaged', { text }: Wording): Label {
  // What it counts may be bad all the same.
  if (state === 'COMPLETE') return { tone: 'info', words: text('archive.periods.complete') };
  if (state === 'INCOMPLETE') return { tone: 'warn', words: text('archive.periods.incomplete') };
  if (state === null) return { tone: 'warn', words: text('archive.periods.unfinished') };
  return { tone: 'bad', words: text('archive.periods.damaged') };
}
