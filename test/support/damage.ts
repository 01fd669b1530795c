import { readFileSync, readdirSync, statSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Ways in which a file of an archive may be damaged. Each is told by words. */
export interface Damage {
  readonly how: string;
  readonly why: RegExp;
  /** @param other the same file of another day */
  readonly make: (path: string, other: string) => Promise<void>;
}

const otherBytes = /not the one that its manifest names/;

/** How a manifest is altered: its bytes are named nowhere before there is a later one. */
async function alterByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  const at = path.endsWith('manifest.json') ? bytes.indexOf('"revision"') + 1 : bytes.length >> 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

/** Of a file whose manifest is whole. */
export const damages: readonly Damage[] = [
  { how: 'is missing', why: /it is not there/, make: (path) => rm(path) },
  { how: 'is empty', why: otherBytes, make: (path) => writeFile(path, '') },
  {
    how: 'is truncated',
    why: otherBytes,
    make: async (path) => {
      const bytes = await readFile(path);
      await writeFile(path, bytes.subarray(0, bytes.length - 20));
    },
  },
  { how: 'has one altered byte', why: otherBytes, make: alterByte },
  { how: 'is not JSON', why: otherBytes, make: (path) => writeFile(path, 'no such thing') },
  {
    how: 'is of another day',
    why: otherBytes,
    make: async (path, other) => writeFile(path, await readFile(other)),
  },
  {
    how: 'is a folder',
    why: /it is a folder/,
    make: async (path) => {
      await rm(path);
      await mkdir(path);
    },
  },
  {
    how: 'is a folder with a file',
    why: /it is a folder/,
    make: async (path) => {
      await rm(path);
      await mkdir(path);
      await writeFile(join(path, 'x'), '');
    },
  },
  {
    how: 'is a symbolic link',
    why: /it is a symbolic link, and links within an archive are not followed/,
    make: async (path) => {
      await rename(path, `${path}-real`);
      await symlink(`${path}-real`, path);
    },
  },
  { how: 'may not be read', why: /the right to read it is missing/, make: (path) => chmod(path, 0o000) },
];

/** What a damaged manifest is told by. */
export const whyOfManifest: Readonly<Record<string, RegExp>> = {
  'is empty': /it is not JSON/,
  'is truncated': /it is not JSON/,
  'has one altered byte': /it is no manifest/,
  'is not JSON': /it is not JSON/,
  'is of another day': /it is the manifest of test, 2026-11-17, r1/,
};

/**
 * Every file below a folder with its content, to see that nothing was overwritten. Links and folders show as such, and what only the
 * administrator may read as that.
 */
export async function contentsOf(directory: string): Promise<ReadonlyMap<string, string>> {
  const contents = new Map<string, string>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const kind = entry.isSymbolicLink() ? 'link' : entry.isDirectory() ? 'folder' : null;
    contents.set(path.slice(directory.length + 1), kind ?? contentOf(path));
  }
  return contents;
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'base64');
  } catch {
    const { size, mode } = statSync(path);
    return `not to be read: ${size} bytes, mode ${mode.toString(8)}`;
  }
}
