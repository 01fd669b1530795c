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
