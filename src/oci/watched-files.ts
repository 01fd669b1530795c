import { readRegularFile } from '../files/regular-file.js';

/** Small text files that may be replaced at any time, such as tokens: it knows what was last read from each. */
export class WatchedFiles {
  #texts = new Map<string, string>();

  /** Throws as `readRegularFile`. */
  async read(path: string): Promise<string> {
    const text = await textOf(path);
    this.#texts.set(path, text);
    return text;
  }

  /**
   * Whether one of them reads differently now. They are compared by content: in some file systems a file that is
   * replaced twice within a second keeps its time. A file that cannot be read at the moment is being replaced.
   */
  async haveChanged(): Promise<boolean> {
    for (const [path, text] of this.#texts) {
      const now = await textOf(path).catch(() => null);
      if (now !== null && now !== text) return true;
    }
    return false;
  }
}

async function textOf(path: string): Promise<string> {
  return (await readRegularFile(path)).toString('utf8');
}
