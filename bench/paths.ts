import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
/** The built command. */
export const mainPath = join(projectRoot, 'dist', 'src', 'main.js');
/** What benches write and may read again. */
export const dataFolder = join(projectRoot, 'bench', 'data');

/** A compiled file of the bench. */
export function compiled(name: string): string {
  return join(projectRoot, 'dist', 'bench', name);
}
