import { readFileSync } from 'node:fs';
import { packageRoot } from '../package-root.js';

/** `oci-backup-reporter 0.1.0` */
export function toolVersion(): string {
  const text = readFileSync(new URL('package.json', packageRoot), 'utf8');
  const { name, version }: { name: string; version: string } = JSON.parse(text);
  return `${name} ${version}`;
}
