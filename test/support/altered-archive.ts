import type { Archive } from '../../src/ports/archive.js';

/** What somebody made of the files of an archive, by key: other bytes, or null for one that is gone. */
export type Alterations = ReadonlyMap<string, Uint8Array | null>;

/** The archive as somebody left it who may write to it. */
export function alteredArchive(archive: Archive, altered: Alterations): Archive {
  return {
    ...archive,
    read: async (key) => (altered.has(key) ? (altered.get(key) ?? null) : archive.read(key)),
    async list(prefix) {
      const listed = await archive.list(prefix);
      const there = new Set(listed.map(({ key }) => key));
      const added = [...altered.keys()].filter((key) => key.startsWith(prefix) && !there.has(key));
      return [...listed, ...added.map((key) => ({ key, bytes: 1, modifiedMs: 0 }))]
        .filter(({ key }) => altered.get(key) !== null)
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    },
  };
}
