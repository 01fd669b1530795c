import { damageInWords } from '../day/evidence/damage-in-words.js';
import type { DrawnSample } from '../export/sample-jobs.js';
import type { SubjectTable } from '../export/subject-table.js';
import type { ArchiveCoverage } from '../model/archive-coverage.js';
import type { ArchiveDamage } from '../model/archive-damage.js';
import type { PeriodCoverage } from '../model/period-coverage.js';
import { coverageTotals } from '../model/archive-coverage.js';
import { renderArchivePage, renderArchiveText } from '../renderers/archive-pages/archive-page.js';
import { definitionsView } from '../renderers/archive-pages/definitions-view.js';
import { type ArchiveIndex, indexData, indexView } from '../renderers/archive-pages/index-view.js';
import type { Theme } from '../renderers/theme.js';
import type { WirableKind } from './wirable-kind.js';

/** What the pages about an archive are made of. */
export interface ArchivePagesInput extends Pick<
  ArchiveIndex,
  'leftOut' | 'hrefOf' | 'ofPackage' | 'tool' | 'periods' | 'attestations'
> {
  readonly coverage: ArchiveCoverage;
  readonly subjects: SubjectTable;
  readonly damage: readonly ArchiveDamage[];
  /** Of the reports. */
  readonly kind: WirableKind;
}

/** `index.html` */
export function renderIndex(theme: Theme, input: ArchivePagesInput): Promise<string> {
  const { coverage, subjects, damage } = input;
  const { wording } = theme;
  const index: ArchiveIndex = {
    ...input,
    rows: subjects.rows(coverage.days.map(({ date }) => date)),
    outcomes: input.kind.indexedOutcomes(wording),
    damage: worded(damage, theme),
  };
  const view = indexView(index, wording);
  const data = indexData(index, wording);
  return renderArchivePage(theme, { template: 'index.html.hbs', script: 'index.js', view, data });
}

/** `definitions.html` */
export function renderDefinitions(
  theme: Theme,
  { kind, tool }: Pick<ArchivePagesInput, 'kind' | 'tool'>,
): Promise<string> {
  const { wording } = theme;
  const ofKind = { sections: kind.definitionsOf(wording), limits: kind.limitsOf?.(wording) ?? [] };
  const view = definitionsView(ofKind, { tool }, wording);
  return renderArchivePage(theme, { template: 'definitions.html.hbs', script: null, view, data: null });
}

export interface GuideInput {
  readonly coverage: ArchiveCoverage;
  readonly periods: readonly PeriodCoverage[];
  readonly attestations: number;
  readonly damage: readonly ArchiveDamage[];
  readonly leftOut: readonly string[];
  readonly linesFile: string;
  readonly files: number;
  readonly signatures: number;
  readonly keys: number;
  /** Name of the package. */
  readonly file: string;
  readonly folder: string;
  readonly isZip: boolean;
  /** null: none was drawn. */
  readonly sample: DrawnSample | null;
}

/** `GUIDE.txt` */
export function renderGuide(theme: Theme, input: GuideInput): Promise<string> {
  const { coverage, periods, damage, file, folder, isZip, sample } = input;
  const { date } = theme.wording.language;
  return renderArchiveText(theme, 'guide.txt.hbs', {
    ...input,
    plan: coverage.plan,
    from: date(coverage.from),
    to: date(coverage.to),
    /** As a command takes them. */
    range: { from: coverage.from, to: coverage.to },
    totals: coverageTotals(coverage.days),
    damage: worded(damage, theme),
    periods: periods.map(({ period }) => period.label).join(', '),
    unpack: isZip ? `unzip -q ${file}` : `tar -xzf ${file}`,
    folder,
    sample: sample && { drawn: sample.jobs.length, population: sample.population },
  });
}

/** `sample/METHOD.txt` */
export function renderMethod(
  theme: Theme,
  sample: DrawnSample,
  { coverage, linesFile }: Pick<GuideInput, 'coverage' | 'linesFile'>,
): Promise<string> {
  const { language } = theme.wording;
  const drawnFrom = new Set(sample.files.map(({ date }) => date));
  const without = coverage.days.filter(({ date }) => !drawnFrom.has(date));
  return renderArchiveText(theme, 'sample.txt.hbs', {
    plan: coverage.plan,
    from: language.date(coverage.from),
    to: language.date(coverage.to),
    linesFile,
    population: sample.population,
    drawn: sample.jobs.length,
    size: sample.size,
    seed: sample.seed,
    without:
      without.length === 0
        ? language.text('archive.sample.noDays')
        : without.map(({ date }) => language.date(date)).join(', '),
  });
}

function worded(damage: readonly ArchiveDamage[], { wording }: Theme): ArchiveIndex['damage'] {
  return damage.map((each) => ({ key: each.key, words: damageInWords(each, wording.language) }));
}
