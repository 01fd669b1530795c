import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Digest of the files of rooms: of their paths and contents. It changes with any of them, and with nothing else.
 *
 * @param root folder that the rooms are relative to
 * @param rooms folders, whole, and files; one that is not there counts as empty
 */
export async function digestOfRooms(root: string, rooms: readonly string[]): Promise<string> {
  const paths = new Set<string>();
  for (const room of rooms) for (const path of await filesOf(root, room)) paths.add(path);
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) {
    const content = createHash('sha256').update(await readFile(join(root, path)));
    hash.update(`${path}\n${content.digest('hex')}\n`);
  }
  return hash.digest('hex');
}

async function filesOf(root: string, room: string): Promise<string[]> {
  const found = await stat(join(root, room)).catch(() => null);
  if (found === null) return [];
  if (found.isFile()) return [room];
  const entries = await readdir(join(root, room), { recursive: true, withFileTypes: true });
  const base = join(root, '/');
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(base.length).replaceAll('\\', '/'));
}
