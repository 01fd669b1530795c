import { isDeviceName } from '../base/device-name.js';

/*
 * Names of a package. A package is unpacked on machines that nobody knows, so a name that could leave the folder, or mean
 * something else there, is not packed at all.
 */

/** Letters that no system folds, joins or turns round. A dot or dash does not begin one: it hides, or is an option. */
const plainPart = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const longestPart = 120;
const longestName = 200;

/** Whether a relative name with `/` means the same file below any folder of any system. */
export function isPlainName(name: string): boolean {
  if (name.length > longestName) return false;
  return name
    .split('/')
    .every(
      (part) =>
        part.length <= longestPart && plainPart.test(part) && !part.endsWith('.') && !isDeviceName(part),
    );
}

/**
 * Takes names one after the other: false for one that is not plain, and for one that a system without capital letters
 * takes for another, or for a folder of another.
 */
export function createNameGuard(): (name: string) => boolean {
  const files = new Set<string>();
  const folders = new Map<string, string>();
  return (name) => {
    if (!isPlainName(name)) return false;
    const folded = name.toLowerCase();
    if (files.has(folded) || folders.has(folded)) return false;
    const above = foldersOf(name);
    const collides = above.some((folder) => {
      const known = folders.get(folder.toLowerCase());
      return files.has(folder.toLowerCase()) || (known !== undefined && known !== folder);
    });
    if (collides) return false;
    files.add(folded);
    for (const folder of above) folders.set(folder.toLowerCase(), folder);
    return true;
  };
}

/** `a`, `a/b` of `a/b/c` */
function foldersOf(name: string): readonly string[] {
  const parts = name.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}
