import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorCode } from '../errors.js';

/**
 * Who was refused, and whose the file or folder is: of a mount into a container, the numbers of the two often differ, and
 * nothing else shows it. Null: nothing was refused, or the system has no such numbers.
 *
 * @param error a thrown value; its causes are looked through
 */
export function refusedRight(error: unknown): string | null {
  const path = refusedPath(error);
  const user = process.geteuid?.();
  if (path === null || user === undefined) return null;
  const found = nearest(path);
  if (found === null) return null;
  const { place, uid, gid, mode } = found;
  return (
    `This process is user ${user} of group ${process.getegid?.()}; ${place} belongs to user ${uid} of group ${gid} and has ` +
    `the mode ${(mode & 0o7777).toString(8)}. In a container: run it as --user ${uid}:${gid}, or chown the folder to ${user}.`
  );
}

function refusedPath(error: unknown): string | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    const isRefused = ['EACCES', 'EPERM'].includes(systemErrorCode(each) ?? '');
    if (isRefused && 'path' in each && typeof each.path === 'string') return each.path;
  }
  return null;
}

interface Found {
  readonly place: string;
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** What of the path is there and can be looked at. */
function nearest(path: string): Found | null {
  try {
    return { place: path, ...statSync(path) };
  } catch {
    const above = dirname(path);
    return above === path ? null : nearest(above);
  }
}
