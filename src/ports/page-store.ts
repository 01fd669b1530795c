/**
 * Where pages about an archive are kept: never in the archive itself. `put` writes a whole page, over one of that name.
 * Throws Failure('storage').
 */
export interface PageStore {
  put(name: string, text: string, mediaType: string): Promise<void>;
  /** Where a person finds the page. */
  locate(name: string): string;
}
