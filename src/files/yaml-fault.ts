/** Why a YAML text cannot be used as it is. */
export interface YamlFault {
  /** Keys that lead to the value; empty: the text as a whole, or not known. */
  readonly path: readonly (string | number)[];
  /** From 1. */
  readonly line: number;
  readonly words: string;
}

/** The same while the text is looked at: a position in it instead of a line. */
export interface PlacedFault {
  readonly path: readonly (string | number)[];
  readonly offset: number;
  readonly words: string;
}
