import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../package-root.js';

/**
 * The first line of a configuration, by which editors find its JSON Schema. In a clone, or where the package is installed below
 * the file, its path is relative, so that the line is the same on each machine; otherwise it is the URL of the package's own file.
 *
 * @param path of the configuration, absolute
 */
export function schemaLine(path: string): string {
  const schema = new URL('schema/config.schema.json', packageRoot);
  const shown = relative(dirname(path), fileURLToPath(schema)).split(sep).join('/');
  const isBelow = !/^(?:\.\.(?:\/|$)|[a-z]:|\/)/i.test(shown) && !/\s/.test(shown);
  return `# yaml-language-server: $schema=${isBelow ? `./${shown}` : schema.href}\n`;
}
