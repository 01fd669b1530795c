import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { packageRoot } from '../package-root.js';

/** This program, for what it archives. */
export async function readTool(): Promise<{ readonly name: string; readonly version: string }> {
  const text = await readFile(new URL('package.json', packageRoot), 'utf8');
  const { name, version }: { name: string; version: string } = JSON.parse(text);
  return { name, version };
}

/** Who runs it on this machine, for what it archives. */
export function localPrincipal(): string {
  try {
    return `local user ${userInfo().username}`;
  } catch {
    // Some containers have no entry in the password file.
    return `local user ${process.getuid?.() ?? 'unknown'}`;
  }
}
