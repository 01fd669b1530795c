import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { loadConfiguration } from '../../src/config/load.js';
import type { Configuration } from '../../src/config/schema.js';
import { packageRoot } from '../../src/package-root.js';
import { mainHere } from './main-here.js';

const folder = new URL('deploy/', packageRoot);

export const deployText = (name: string): Promise<string> => readFile(new URL(name, folder), 'utf8');
export const deployPath = (name: string): string => fileURLToPath(new URL(name, folder));
export const deployNames = (below: string): Promise<readonly string[]> => readdir(new URL(below, folder));

/** A manifest of Kubernetes, as far as its tests look into it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [key: string]: unknown;
}

/** Every manifest, with the name of its file; `kustomization.yaml` is none. */
export async function kubernetesManifests(): Promise<readonly (readonly [string, Manifest])[]> {
  const names = (await deployNames('kubernetes')).filter((name) => name !== 'kustomization.yaml');
  const read = names.map(async (name) => {
    const documents = parseAllDocuments(await deployText(`kubernetes/${name}`), { uniqueKeys: true });
    return documents.map((each) => {
      if (each.errors.length > 0) throw new Error(`${name}: ${each.errors.join('; ')}`);
      return [name, each.toJS() as Manifest] as const;
    });
  });
  return (await Promise.all(read)).flat();
}

/** What the product's own loader makes of a configuration; variables stand for the secrets. */
export async function loadText(
  text: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Configuration> {
  const directory = await mkdtemp(join(tmpdir(), 'deployed-'));
  const path = join(directory, 'backup-report.yaml');
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    await writeFile(path, text);
    return (await loadConfiguration(path)).configuration;
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    await rm(directory, { recursive: true });
  }
}

/**
 * Why the command line itself refuses a command; null: it was understood, and got as far as its missing configuration.
 * `health`, which needs none, as far as the schedule that is not there.
 */
export async function refusalOf(args: readonly string[]): Promise<string | null> {
  const directory = await mkdtemp(join(tmpdir(), 'nothing-'));
  try {
    const { stdout, stderr } = await mainHere(args, directory);
    const isUnderstood = args[0] === 'health' ? /nothing answers/ : /backup-report\.yaml: it does not exist/;
    const said = stdout + stderr;
    return isUnderstood.test(said) ? null : said;
  } finally {
    await rm(directory, { recursive: true });
  }
}
