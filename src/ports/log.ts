/** One line per stage, with counts. Messages are static; whatever varies is in the fields. Secrets never go into it. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}
