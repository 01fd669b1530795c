import type { Wording } from './wording.js';

/** One word of the reports, and what it means. */
export interface Definition {
  readonly term: string;
  /** As files have it; null: it is in none. */
  readonly code: string | null;
  readonly means: string;
  /** null: it has none. */
  readonly formula: string | null;
}

/** Definitions of one sort: outcomes, controls, columns. */
export interface DefinitionSection {
  /** `outcomes` */
  readonly id: string;
  readonly title: string;
  readonly intro: string | null;
  readonly rows: readonly Definition[];
}

/** The sections of a kind whose words stand under `<area>.definitions` of the messages. */
export interface DefinitionWords {
  /** Its title is `<id>`, its introduction `<id>Intro`. */
  section(id: string, rows: readonly Definition[], hasIntro?: boolean): DefinitionSection;
  /** A code for each, which is called `<area>.<words>.<code>` and means `<words>Means.<code>`. */
  coded(codes: readonly string[], words: string): readonly Definition[];
  /** What is counted: `total.<name>`, `totalMeans.<name>`, and what it has to add up to, `totalFormula.<name>`. */
  totals(names: readonly string[]): readonly Definition[];
}

export function definitionWords(area: string, { text }: Wording): DefinitionWords {
  const own = (key: string): string => text(`${area}.definitions.${key}`);
  return {
    section: (id, rows, hasIntro = false) => ({
      id,
      title: own(id),
      intro: hasIntro ? own(`${id}Intro`) : null,
      rows,
    }),
    coded: (codes, words) =>
      codes.map((code) => ({
        term: text(`${area}.${words}.${code}`),
        code,
        means: own(`${words}Means.${code}`),
        formula: null,
      })),
    totals: (names) =>
      names.map((name) => ({
        term: own(`total.${name}`),
        code: null,
        means: own(`totalMeans.${name}`),
        formula: own(`totalFormula.${name}`),
      })),
  };
}
